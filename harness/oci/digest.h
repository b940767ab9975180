// Content digests: `algorithm:encoded`, computed with OpenSSL, kept as text so that illegal ones can be sent too.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace referee::oci {

enum class Algorithm { kSha256, kSha512 };

/// The name in digests: "sha256" or "sha512".
std::string_view name(Algorithm algorithm);

/// A digest as the wire carries it. Equality is equality of the text.
class Digest {
 public:
  /// The digest of the bytes; image-spec descriptor.md, "Digests".
  static Digest of(std::string_view bytes, Algorithm algorithm = Algorithm::kSha256);

  /// The text if it is a digest by the grammar of image-spec descriptor.md, "Digests", and, for the registered
  /// algorithms sha256 and sha512, has the right number of lower-case hex digits; nothing otherwise.
  static std::optional<Digest> parse(std::string_view text);

  /// The text as it is, legal or not: for requests that are wrong on purpose.
  static Digest verbatim(std::string text) { return Digest(std::move(text)); }

  const std::string& text() const { return text_; }
  /// The part before the first colon; the whole text if there is none.
  std::string_view algorithm() const;
  /// The part after the first colon; empty if there is none.
  std::string_view encoded() const;
  /// Whether the bytes have this digest, under its own algorithm; nothing if the algorithm cannot be computed here.
  std::optional<bool> matches(std::string_view bytes) const;

  auto operator<=>(const Digest&) const = default;

 private:
  explicit Digest(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// Lower-case hex digits of the SHA-256 of the bytes, without a prefix.
std::string sha256_hex(std::string_view bytes);

}  // namespace referee::oci
