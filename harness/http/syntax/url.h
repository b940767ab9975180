// URLs: taken apart, put together and resolved by RFC 3986, with nothing normalised that the caller did not ask for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace referee::http {

/// An absolute http or https URL. `target()` is what the request line carries.
struct Url {
  std::string scheme;  // lower case
  std::string host;    // without brackets for IPv6
  std::string port;    // empty if not given
  std::string path;    // with its leading slash, or empty
  std::string query;   // without '?'
  bool has_query = false;

  /// Nothing if the text is not an absolute URL with a host. User information is dropped. Fragments are dropped.
  static std::optional<Url> parse(std::string_view text);
  std::string text() const;
  std::string authority() const;  // host[:port], with brackets for IPv6
  std::string origin() const;     // scheme://authority, default ports left out
  std::string target() const;     // path[?query]
};

/// The reference resolved against the base (RFC 3986, section 5.2), query and escapes kept as written; nothing if the
/// result has no http or https scheme and host.
std::optional<Url> resolve(const Url& base, std::string_view reference);

/// Whether both have the same scheme, host and port: only then may credentials follow.
bool same_origin(const Url& a, const Url& b);

/// All but unreserved characters (RFC 3986, section 2.3) percent-encoded; `keep` names further characters to leave.
std::string percent_encode(std::string_view text, std::string_view keep = "");
/// Percent escapes decoded; malformed ones are left as they are. '+' stays '+'.
std::string percent_decode(std::string_view text);

/// The query as pairs, in order, decoded by percent_decode.
std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query);

}  // namespace referee::http
