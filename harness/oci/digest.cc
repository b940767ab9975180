#include "harness/oci/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace referee::oci {
namespace {

// Fetched once: EVP_sha256() and EVP_sha512() have the library look for the function at each use.
const EVP_MD* function_of(Algorithm algorithm) {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static const EVP_MD* const sha512 = EVP_MD_fetch(nullptr, "SHA512", nullptr);
  return algorithm == Algorithm::kSha256 ? sha256 : sha512;
}

std::string hex_of(std::string_view bytes, Algorithm algorithm) {
  const EVP_MD* const function = function_of(algorithm);
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (function == nullptr || EVP_Digest(bytes.data(), bytes.size(), sum, &size, function, nullptr) != 1) {
    throw std::runtime_error("OpenSSL could not compute a digest");
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(size * 2);
  for (unsigned int i = 0; i < size; ++i) {
    hex += kDigits[sum[i] >> 4];
    hex += kDigits[sum[i] & 15];
  }
  return hex;
}

bool is_lower_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_separator(char c) { return c == '+' || c == '.' || c == '_' || c == '-'; }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool is_encoded(char c) { return is_lower_alnum(c) || (c >= 'A' && c <= 'Z') || c == '=' || c == '_' || c == '-'; }

// algorithm ::= component (separator component)*
bool is_algorithm(std::string_view text) {
  bool after_component = false;
  for (const char c : text) {
    if (is_lower_alnum(c)) {
      after_component = true;
    } else if (is_separator(c) && after_component) {
      after_component = false;
    } else {
      return false;
    }
  }
  return after_component;
}

}  // namespace

std::string_view name(Algorithm algorithm) { return algorithm == Algorithm::kSha256 ? "sha256" : "sha512"; }

Digest Digest::of(std::string_view bytes, Algorithm algorithm) {
  return Digest(std::string(name(algorithm)) + ":" + hex_of(bytes, algorithm));
}

std::optional<Digest> Digest::parse(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto algorithm = text.substr(0, colon);
  const auto encoded = text.substr(colon + 1);
  if (!is_algorithm(algorithm) || encoded.empty() || !std::ranges::all_of(encoded, is_encoded)) return std::nullopt;
  const std::size_t digits = algorithm == "sha256" ? 64 : algorithm == "sha512" ? 128 : 0;
  if (digits != 0 && (encoded.size() != digits || !std::ranges::all_of(encoded, is_hex))) return std::nullopt;
  return Digest(std::string(text));
}

std::string_view Digest::algorithm() const { return std::string_view(text_).substr(0, text_.find(':')); }

std::string_view Digest::encoded() const {
  const auto colon = text_.find(':');
  return colon == std::string::npos ? std::string_view() : std::string_view(text_).substr(colon + 1);
}

std::optional<bool> Digest::matches(std::string_view bytes) const {
  if (algorithm() == "sha256") return *this == of(bytes, Algorithm::kSha256);
  if (algorithm() == "sha512") return *this == of(bytes, Algorithm::kSha512);
  return std::nullopt;
}

std::string sha256_hex(std::string_view bytes) { return hex_of(bytes, Algorithm::kSha256); }

}  // namespace referee::oci
