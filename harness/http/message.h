// HTTP messages as the judge sends and sees them (RFC 9110): header lines keep their order, case and number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace referee::http {

struct HeaderLine {
  std::string name;
  std::string value;  // without surrounding white space
  bool operator==(const HeaderLine&) const = default;
};

/// The memory that lines take in bytes, not only their text: thousands of short ones cost more than they say.
std::size_t size_of(const std::vector<HeaderLine>& lines);

/// Header lines in the order of the wire. Names are compared without regard to case.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<HeaderLine> lines) : lines_(lines) {}
  explicit Headers(std::vector<HeaderLine> lines) : lines_(std::move(lines)) {}

  void add(std::string name, std::string value);
  /// Replaces all lines of that name by one.
  void set(std::string name, std::string value);
  void remove(std::string_view name);
  /// Adds text to the value of the last line, of which there must be one.
  void extend_last(std::string_view text) { lines_.back().value += text; }
  /// The first value of that name.
  std::optional<std::string> get(std::string_view name) const;
  /// The values of all lines of that name, in order.
  std::vector<std::string> all(std::string_view name) const;
  bool has(std::string_view name) const { return get(name).has_value(); }
  const std::vector<HeaderLine>& lines() const { return lines_; }

 private:
  std::vector<HeaderLine> lines_;
};

/// Whether two names are the same apart from the case of ASCII letters.
bool same_name(std::string_view a, std::string_view b);

struct Request {
  std::string method;
  std::string url;  // absolute, exactly as sent: nothing is normalised
  Headers headers = {};
  std::string body = {};
};

struct Response {
  int status = 0;
  std::string reason;
  Headers headers;
  std::string body;
  bool truncated = false;      // the body was longer than the cap: `body` is its beginning
  std::string url;             // the request's, after redirects the last one's
  std::string method;          // the request's
  std::uint64_t sequence = 0;  // of its exchange among those of the run; 0 where they are not counted
};

}  // namespace referee::http
