#include "harness/http/wire/head_reader.h"

#include <fmt/format.h>

#include <charconv>

#include "harness/http/syntax/lexer.h"

namespace referee::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

bool HeadReader::fail(FaultKind kind, const std::string& message) {
  fault_.emplace(kind, message);
  return false;
}

bool HeadReader::take(std::string_view line) {
  if (complete_) return true;
  bytes_ += line.size();
  if (bytes_ > limit_) return fail(FaultKind::kTooLarge, fmt::format("more than {} bytes of header lines", limit_));
  if (++lines_ > kMostLines) return fail(FaultKind::kTooLarge, fmt::format("more than {} header lines", kMostLines));
  line = without_line_end(line);
  if (status_ == 0) return take_status_line(line);
  if (line.empty()) return finish();
  return take_field(line);
}

// HTTP-version SP 3DIGIT SP [reason]; RFC 9112, section 4.
bool HeadReader::take_status_line(std::string_view line) {
  const auto blank = line.find(' ');
  const auto rest = blank == std::string_view::npos ? std::string_view() : line.substr(blank + 1);
  const auto code = whole_number(rest.substr(0, 3));
  if (!line.starts_with("HTTP/") || !code || *code < 100 || *code > 999 || (rest.size() > 3 && rest[3] != ' ')) {
    return fail(FaultKind::kMalformed, "the answer does not begin with an HTTP status line");
  }
  status_ = static_cast<int>(*code);
  reason_ = rest.size() > 4 ? rest.substr(4) : "";
  return true;
}

bool HeadReader::take_field(std::string_view line) {
  if (is_blank(line.front())) {  // a folded line; RFC 9112, section 5.2
    if (headers_.lines().empty()) return fail(FaultKind::kMalformed, "the first header line begins with a blank");
    headers_.extend_last(" ");
    headers_.extend_last(trimmed(line));
    return true;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) {
    return fail(FaultKind::kMalformed, "a header line has no name");
  }
  headers_.add(std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
  return true;
}

// Two lengths that differ leave open where the message ends; RFC 9112, section 6.3.
bool HeadReader::finish() {
  if (status_ < 200 && status_ != 101) {
    status_ = 0;
    headers_ = {};
    return true;
  }
  for (const std::string& value : headers_.all("Content-Length")) {
    for (std::string_view rest = value; !rest.empty();) {
      const auto comma = std::min(rest.find(','), rest.size());
      const auto length = whole_number(trimmed(rest.substr(0, comma)));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      if (!length) return fail(FaultKind::kMalformed, fmt::format("Content-Length is not a number: {}", value));
      if (content_length_ && content_length_ != length) {
        return fail(FaultKind::kMalformed,
                    fmt::format("two lengths: Content-Length {} and {}", *content_length_, *length));
      }
      content_length_ = length;
    }
  }
  complete_ = true;
  return true;
}

}  // namespace referee::http
