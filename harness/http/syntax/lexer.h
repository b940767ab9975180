// The parts that structured header values are made of (RFC 9110, section 5.6), taken one after another from a text.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace referee::http {

inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
/// Only ASCII letters; bytes above 127 stay.
inline std::string in_lower_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}
inline bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// tchar of RFC 9110, section 5.6.2.
inline bool is_token_char(char c) {
  const bool alnum = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
  return alnum || (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

/// A place in a text. The text must outlive it.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  /// The character at the place; NUL at the end.
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  std::string_view text() const { return text_; }
  std::string_view rest() const { return text_.substr(at_); }
  void go_back_to(std::string_view rest) { at_ = text_.size() - rest.size(); }

  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  template <typename Predicate>
  std::string_view take_while(Predicate wanted) {
    const std::size_t start = at_;
    while (!at_end() && wanted(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  void skip_blanks() { take_while(is_blank); }
  void skip_blanks_and(char other) {
    take_while([other](char c) { return is_blank(c) || c == other; });
  }

  /// The text before that character, which is taken too; if the character does not occur, nothing, and the place does
  /// not move.
  std::optional<std::string_view> take_until(char c) {
    const auto end = text_.find(c, at_);
    if (end == std::string_view::npos) return std::nullopt;
    const auto taken = text_.substr(at_, end - at_);
    at_ = end + 1;
    return taken;
  }

  /// A quoted-string without quotes and backslashes; nothing if it does not begin here or does not end.
  std::optional<std::string> take_quoted() {
    if (!take('"')) return std::nullopt;
    std::string value;
    while (!at_end()) {
      if (take('"')) return value;
      take('\\');
      if (at_end()) break;
      value += text_[at_++];
    }
    return std::nullopt;
  }

  /// Moves to that character, or to the end; quoted strings on the way are passed over.
  void skip_to(char c) {
    while (!at_end() && peek() != c) {
      if (peek() == '"' && take_quoted()) continue;
      if (!at_end()) ++at_;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace referee::http
