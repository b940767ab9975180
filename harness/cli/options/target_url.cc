#include "harness/cli/options/target_url.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/exit_code.h"
#include "harness/http/syntax/lexer.h"
#include "harness/http/syntax/url.h"

namespace referee::cli {
namespace {

// The text with what may be a password taken out, for messages.
std::string shown(std::string_view text) {
  const auto scheme_end = text.find("://");
  const auto start = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
  const auto at = text.substr(start, text.find('/', start) - start).rfind('@');
  if (at == std::string_view::npos) return std::string(text);
  return fmt::format("{}...{}", text.substr(0, start), text.substr(start + at));
}

void refuse_user_information(std::string_view rest, std::string_view text) {
  if (rest.substr(0, rest.find('/')).find('@') == std::string_view::npos) return;
  throw WrongUsage(
      fmt::format("the URL {} holds credentials: give the user with -u, and the password with "
                  "--password-stdin or in REFEREE_PASSWORD",
                  shown(text)));
}

std::string_view without_slashes(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

// As tools of the docker family take it: a registry on this machine is rarely behind TLS.
bool is_this_machine(std::string_view authority) {
  const auto host = http::in_lower_case(authority.substr(0, authority.find('/')));
  const auto name = host.substr(0, host.rfind(':'));
  if (host.starts_with("[::1]") || name == "localhost" || host == "localhost") return true;
  if (!host.starts_with("127.")) return false;
  return name.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace

Named named(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  const auto mark = text.find_first_of("=/:");
  if (mark == std::string_view::npos || text[mark] != '=') return {"", std::string(text)};
  const auto name = text.substr(0, mark);
  const bool is_plain = std::ranges::all_of(name, [](unsigned char c) { return c >= ' ' && c != 0x7F; });
  if (name.empty() || name.size() > kLongest || !is_plain) {
    throw WrongUsage(fmt::format("the name before '=' in '{}' must have 1 to {} bytes without control characters",
                                 shown(text), kLongest));
  }
  return {std::string(name), std::string(text.substr(mark + 1))};
}

Target target_of(std::string_view text, bool plain_http) {
  constexpr std::string_view kMark = "://";
  constexpr int kLastPort = 65535;
  if (text.empty()) throw WrongUsage("the URL is empty: pass a registry URL or --built-in");
  const auto mark = text.find(kMark);
  const bool has_scheme = mark != std::string_view::npos;
  refuse_user_information(has_scheme ? text.substr(mark + kMark.size()) : text, text);
  const std::string absolute = has_scheme
                                   ? std::string(text)
                                   : (plain_http || is_this_machine(text) ? "http://" : "https://") + std::string(text);
  const auto url = http::Url::parse(absolute);
  const bool is_port = url && (url->port.empty() || (url->port.size() <= 5 && std::stoi(url->port) <= kLastPort));
  if (!is_port || url->host.empty()) {
    throw WrongUsage(fmt::format("invalid registry URL '{}' (write it like http://127.0.0.1:5000)", shown(text)));
  }
  if (url->scheme != "http" && url->scheme != "https") {
    throw WrongUsage(fmt::format("the scheme of {} is neither http nor https", shown(text)));
  }
  if (plain_http && url->scheme == "https") {
    throw WrongUsage(fmt::format("--plain-http contradicts {}: leave one of them out", shown(text)));
  }
  if (url->has_query || text.find('#') != std::string_view::npos) {
    throw WrongUsage(fmt::format("the URL {} has a query or a fragment: name only the registry", shown(text)));
  }
  const auto path = without_slashes(url->path);
  if (path == "/v2" || path.ends_with("/v2")) {
    throw WrongUsage(fmt::format("leave /v2 out of {}: it is added to every request", shown(text)));
  }
  return {fmt::format("{}://{}{}", url->scheme, url->authority(), path), !has_scheme};
}

}  // namespace referee::cli
