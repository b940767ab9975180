#include "harness/cli/credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>

#include "harness/cli/command_app.h"
#include "harness/cli/exit_code.h"
#include "harness/http/lexer.h"

namespace referee::cli {
namespace {

std::string first_line(std::istream& input) {
  std::string line;
  std::getline(input, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

http::Credentials credentials_of(const RunOptions& options, std::istream& input) {
  if (options.no_creds) {
    if (options.password_stdin) throw WrongUsage("--password-stdin contradicts --no-creds: leave one of them out");
    return {};
  }
  if (options.username.empty()) {
    if (options.password_stdin) throw WrongUsage("--password-stdin needs the user: give -u NAME");
    return {};
  }
  http::Credentials credentials;
  credentials.username = options.username;
  credentials.password =
      options.password_stdin ? first_line(input) : environment("REFEREE_PASSWORD").value_or(options.oci_password);
  if (credentials.password.empty()) {
    throw WrongUsage(
        fmt::format("there is no password for {}: pipe it in with --password-stdin, or set "
                    "REFEREE_PASSWORD",
                    options.username));
  }
  return credentials;
}

std::vector<http::HeaderLine> header_lines(const std::vector<std::string>& headers) {
  std::vector<http::HeaderLine> lines;
  for (const auto& header : headers) {
    const auto colon = header.find(':');
    const std::string name = header.substr(0, colon);
    const bool legal_name = !name.empty() && std::ranges::all_of(name, http::is_token_char);
    if (colon == std::string::npos || !legal_name) {
      throw WrongUsage("--header takes 'Name: value'; what was given has no legal name before a colon");
    }
    const auto start = header.find_first_not_of(" \t", colon + 1);
    std::string value = start == std::string::npos ? "" : header.substr(start);
    while (value.ends_with(' ') || value.ends_with('\t')) value.pop_back();
    const bool legal_value =
        std::ranges::none_of(value, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
    if (!legal_value) throw WrongUsage(fmt::format("the value of --header {} holds a control character", name));
    lines.push_back({name, value});
  }
  return lines;
}

}  // namespace referee::cli
