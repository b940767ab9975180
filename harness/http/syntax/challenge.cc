#include "harness/http/syntax/challenge.h"

#include <algorithm>

#include "harness/http/syntax/lexer.h"

namespace referee::http {
namespace {

bool is_token68_char(char c) {
  const bool alnum = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
  return alnum || (c != '\0' && std::string_view("-._~+/").find(c) != std::string_view::npos);
}

bool ends_element(const Lexer& lexer) { return lexer.at_end() || lexer.peek() == ','; }

// name BWS "=" BWS value; the place stays where it was if there is none.
std::optional<std::pair<std::string, std::string>> take_parameter(Lexer& lexer) {
  const auto start = lexer.rest();
  const auto name = lexer.take_while(is_token_char);
  lexer.skip_blanks();
  if (!name.empty() && lexer.take('=') && lexer.peek() != '=') {
    lexer.skip_blanks();
    if (lexer.peek() == '"') {
      if (auto value = lexer.take_quoted()) return {{in_lower_case(name), *value}};
    } else if (const auto value = lexer.take_while([](char c) { return c != ',' && !is_blank(c); }); !value.empty()) {
      return {{in_lower_case(name), std::string(value)}};
    }
  }
  lexer.go_back_to(start);
  return std::nullopt;
}

std::optional<std::string> take_token68(Lexer& lexer) {
  const auto start = lexer.rest();
  std::string token(lexer.take_while(is_token68_char));
  token += lexer.take_while([](char c) { return c == '='; });
  lexer.skip_blanks();
  if (!token.empty() && ends_element(lexer)) return token;
  lexer.go_back_to(start);
  return std::nullopt;
}

void read_line(std::string_view line, std::vector<Challenge>& challenges) {
  Lexer lexer(line);
  const std::size_t before = challenges.size();
  while (true) {
    lexer.skip_blanks_and(',');
    if (lexer.at_end()) return;
    // A parameter continues the challenge before it; a scheme is a token that no '=' follows.
    if (auto parameter = take_parameter(lexer)) {
      if (challenges.size() > before) challenges.back().parameters.push_back(std::move(*parameter));
      continue;
    }
    const auto scheme = lexer.take_while(is_token_char);
    if (scheme.empty()) {
      lexer.skip_to(',');
      continue;
    }
    challenges.push_back({.scheme = in_lower_case(scheme), .token68 = {}, .parameters = {}});
    lexer.skip_blanks();
    if (ends_element(lexer)) continue;
    if (auto parameter = take_parameter(lexer)) {
      challenges.back().parameters.push_back(std::move(*parameter));
    } else if (auto token = take_token68(lexer)) {
      challenges.back().token68 = std::move(*token);
    }
  }
}

}  // namespace

std::optional<std::string> Challenge::parameter(std::string_view name) const {
  for (const auto& [own, value] : parameters) {
    if (own == name) return value;
  }
  return std::nullopt;
}

std::vector<Challenge> read_challenges(const Headers& headers, std::string_view header) {
  std::vector<Challenge> challenges;
  for (const std::string& line : headers.all(header)) read_line(line, challenges);
  return challenges;
}

}  // namespace referee::http
