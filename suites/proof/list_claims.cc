// Writes the tables of claims and checks: `list_claims OUTPUT ROOT FILE...` finds every EXPECT_..., CONFORMANCE_TEST
// and EXCHANGE_RULE in the files below the root.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Found {
  std::size_t begin;
  std::size_t end;
};

std::string read(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The place after the parenthesis that closes the one at `open`, strings and characters passed over.
std::size_t after_closing(const std::string& text, std::size_t open) {
  int depth = 0;
  char quote = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') ++i;
      if (c == quote) quote = 0;
    } else if (c == '"' || (c == '\'' && !(i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0))) {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return i + 1;
    }
  }
  return text.size();
}

long line_of(const std::string& text, std::size_t at) {
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

// The excuse in comments directly before the line on which the claim begins; several lines are joined.
std::string excuse_before(const std::string& text, std::size_t at) {
  std::size_t line = text.rfind('\n', at);
  std::string excuse;
  while (line != std::string::npos && line > 0) {
    const std::size_t begin = text.rfind('\n', line - 1) + 1;
    const std::string before = text.substr(begin, line - begin);
    const auto slashes = before.find_first_not_of(' ');
    if (slashes == std::string::npos || before.compare(slashes, 2, "//") != 0) return "";
    const auto mark = before.find("UNPROVEN: ");
    const std::string words = before.substr(mark == std::string::npos ? slashes + 3 : mark + 10);
    excuse = excuse.empty() ? words : words + " " + excuse;
    if (mark != std::string::npos) return excuse;
    line = begin == 0 ? std::string::npos : begin - 1;
  }
  return "";
}

std::string one_line(std::string text) {
  text = std::regex_replace(text, std::regex("\\s+"), " ");
  return text.size() > 160 ? text.substr(0, 157) + "..." : text;
}

bool is_code(const std::string& text, std::size_t at) {
  const auto words = text.find_first_not_of(' ', text.rfind('\n', at) + 1);
  return text.compare(words, 2, "//") != 0 && text.compare(words, 1, "#") != 0;
}

std::string claims_in(const std::string& text, const std::string& file) {
  static const std::regex claim(R"(\b(EXPECT|ASSERT)_[A-Z_]+\s*\()");
  std::string rows;
  for (std::sregex_iterator it(text.begin(), text.end(), claim), none; it != none; ++it) {
    const auto begin = static_cast<std::size_t>(it->position());
    if (!is_code(text, begin)) continue;
    const auto end = after_closing(text, begin + static_cast<std::size_t>(it->length()) - 1);
    rows += fmt::format("    {{R\"~({})~\", {}, {}, R\"~({})~\", R\"~({})~\"}},\n", file, line_of(text, begin),
                        line_of(text, end), one_line(text.substr(begin, end - begin)), excuse_before(text, begin));
  }
  return rows;
}

std::string checks_in(const std::string& text) {
  static const std::regex check(
      R"(\b(?:CONFORMANCE_TEST\(|EXCHANGE_RULE\(|CONFORMANCE_TEST_(?:F|AND_LATER)\([^,]+,)\s*(\w+),\s*(\w+))");
  std::string rows;
  for (std::sregex_iterator it(text.begin(), text.end(), check), none; it != none; ++it) {
    if (is_code(text, static_cast<std::size_t>(it->position()))) {
      rows += fmt::format("    \"{}.{}\",\n", (*it)[1].str(), (*it)[2].str());
    }
  }
  return rows;
}

}  // namespace

int main(int argc, char** argv) try {
  std::string claims;
  std::string checks;
  for (int i = 3; i < argc; ++i) {
    const std::string text = read(fmt::format("{}/{}", argv[2], argv[i]));
    claims += claims_in(text, argv[i]);
    checks += checks_in(text);
  }
  std::ofstream out(argv[1]);
  out << "// Written by list_claims.cc.\n#include \"suites/proof/claims.h\"\n\nnamespace referee::proof {\n"
      << "namespace {\nconstexpr Claim kClaims[] = {\n"
      << claims << "};\nconstexpr std::string_view kChecks[] = {\n"
      << checks << "};\n}  // namespace\n\nstd::span<const Claim> all_claims() { return kClaims; }\n"
      << "std::span<const std::string_view> declared_checks() { return kChecks; }\n\n"
      << "}  // namespace referee::proof\n";
  return out.flush() ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "list_claims: {}\n", error.what());
  return 1;
}
