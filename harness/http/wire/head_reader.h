// The head of a response, read from its raw lines, so that what a client library passes over is seen.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "harness/http/message.h"
#include "harness/http/transport.h"

namespace referee::http {

/// Takes the lines one by one. Interim responses (1xx) are read and forgotten; trailers are not kept.
class HeadReader {
 public:
  /// How many lines a head may have, status lines, folded lines and interim responses counted.
  static constexpr std::size_t kMostLines = 1000;

  /// More bytes of header lines than `limit`, over all interim responses too, are kTooLarge; so are more lines than
  /// kMostLines.
  explicit HeadReader(std::size_t limit) : limit_(limit) {}

  /// Takes one line as it came; false if reading should stop, because of the fault.
  bool take(std::string_view line);

  bool started() const { return bytes_ > 0; }
  bool complete() const { return complete_; }
  const std::optional<TransportFault>& fault() const { return fault_; }

  int status() const { return status_; }
  const std::string& reason() const { return reason_; }
  const Headers& headers() const { return headers_; }
  /// The length that the head announces; nothing if it announces none.
  std::optional<std::size_t> content_length() const { return content_length_; }

 private:
  bool fail(FaultKind kind, const std::string& message);
  bool take_status_line(std::string_view line);
  bool take_field(std::string_view line);
  bool finish();

  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::size_t lines_ = 0;
  bool complete_ = false;
  std::optional<TransportFault> fault_;
  int status_ = 0;
  std::string reason_;
  Headers headers_;
  std::optional<std::size_t> content_length_;
};

}  // namespace referee::http
