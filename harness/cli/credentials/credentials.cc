#include "harness/cli/credentials/credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <istream>
#include <utility>

#include "harness/cli/credentials/credential_files.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"
#include "harness/cli/host/plain_file.h"
#include "harness/http/syntax/lexer.h"

namespace referee::cli {
namespace {

std::string first_line(std::istream& input) {
  std::string line;
  std::getline(input, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

// The one option that reads standard input; empty if none does.
std::string reader_of(const Login& login) {
  std::string reader;
  const std::pair<bool, const char*> readers[] = {{login.password_stdin, "--password-stdin"},
                                                  {login.identity_token_stdin, "--identity-token-stdin"},
                                                  {login.registry_token_stdin, "--registry-token-stdin"}};
  for (const auto& [given, name] : readers) {
    if (!given) continue;
    if (!reader.empty()) throw WrongUsage(fmt::format("{} and {} both read standard input: give one", reader, name));
    reader = name;
  }
  return reader;
}

std::string token_of(bool from_input, const char* variable, std::istream& input) {
  std::string token = from_input ? first_line(input) : environment(variable).value_or("");
  if (from_input && token.empty()) throw WrongUsage("missing token on standard input");
  return token;
}

http::Credentials password_of(const Login& login, std::istream& input) {
  http::Credentials credentials;
  credentials.username = login.username;
  credentials.password =
      login.password_stdin ? first_line(input) : environment("REFEREE_PASSWORD").value_or(login.oci_password);
  if (credentials.password.empty()) {
    throw WrongUsage(
        fmt::format("missing password of {}: pipe it in with --password-stdin, or set "
                    "REFEREE_PASSWORD",
                    login.username));
  }
  return credentials;
}

}  // namespace

http::Credentials credentials_of(const SharedOptions& options, const std::string& base, std::istream& input) {
  const auto& login = options.login;
  const auto& settings = options.settings;
  const std::string reader = reader_of(login);
  if (login.no_creds) {
    if (!reader.empty()) throw WrongUsage(fmt::format("{} contradicts --no-creds: leave one of them out", reader));
    return {};
  }
  if (login.password_stdin && login.username.empty()) {
    throw WrongUsage("--password-stdin needs the user: give -u NAME");
  }
  http::Credentials credentials;
  if (!login.username.empty() && reader != "--identity-token-stdin" && reader != "--registry-token-stdin") {
    return password_of(login, input);
  }
  credentials.registry_token = token_of(login.registry_token_stdin, "REFEREE_REGISTRY_TOKEN", input);
  credentials.identity_token = token_of(login.identity_token_stdin, "REFEREE_IDENTITY_TOKEN", input);
  if (!credentials.registry_token.empty() || !credentials.identity_token.empty()) return credentials;
  const auto repository = settings.existing_repos.empty() ? settings.prefix : settings.existing_repos.front();
  return stored_credentials(credential_files(login.registry_config), base, repository);
}

std::string name_of(const http::Credentials& credentials) {
  if (!credentials.username.empty()) return credentials.username;
  return credentials.anonymous() ? "" : "the holder of a token";
}

http::Credentials signer_of(const Login& login) {
  if (login.signer_username.empty()) return {};
  http::Credentials signer;
  signer.username = login.signer_username;
  if (login.signer_password_file.empty()) {
    signer.password = environment("REFEREE_SIGNER_PASSWORD").value_or("");
  } else {
    if (!is_plain_file(login.signer_password_file)) {
      throw WrongUsage(
          fmt::format("--signer-password-file: {} is not a file that can be read", login.signer_password_file));
    }
    std::ifstream file(login.signer_password_file);
    signer.password = first_line(file);
  }
  if (signer.password.empty()) {
    throw WrongUsage(
        fmt::format("missing password of {}: set REFEREE_SIGNER_PASSWORD, or name a file that holds "
                    "it with --signer-password-file",
                    login.signer_username));
  }
  return signer;
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
