#include "harness/http/syntax/url.h"

#include <algorithm>
#include <array>

#include "harness/http/syntax/lexer.h"

namespace referee::http {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_unreserved(char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

// A blank or a control character cannot appear in a request target.
bool has_blank(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c <= 0x20 || c == 0x7F; });
}

bool is_scheme(std::string_view text) {
  return !text.empty() && is_alpha(text[0]) && std::ranges::all_of(text, [](char c) {
    return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

// A URI reference in its five parts, without the fragment; RFC 3986, appendix B.
struct Parts {
  std::optional<std::string_view> scheme, authority, query;
  std::string_view path;
};

Parts take_apart(std::string_view text) {
  Parts parts;
  text = text.substr(0, text.find('#'));
  if (const auto mark = text.find('?'); mark != npos) {
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  const auto colon = text.find(':');
  if (colon != npos && colon < text.find('/') && is_scheme(text.substr(0, colon))) {
    parts.scheme = text.substr(0, colon);
    text = text.substr(colon + 1);
  }
  if (text.starts_with("//")) {
    const auto end = std::min(text.find('/', 2), text.size());
    parts.authority = text.substr(2, end - 2);
    text = text.substr(end);
  }
  parts.path = text;
  return parts;
}

bool is_port(std::string_view text) { return text.size() <= 5 && std::ranges::all_of(text, is_digit); }

// What may appear between brackets: an IPv6 address (RFC 3986, section 3.2.2), with the zone of RFC 6874 if it has one.
bool is_literal(std::string_view text) {
  const auto address = text.substr(0, text.find('%'));
  const auto zone = text.substr(address.size());
  const auto of_address = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
  };
  const auto of_zone = [](char c) { return is_unreserved(c) || c == '%'; };
  return address.find(':') != npos && std::ranges::all_of(address, of_address) && std::ranges::all_of(zone, of_zone);
}

// Sets host and port; false if there is no host or no such port.
bool set_authority(Url& url, std::string_view authority) {
  if (const auto at = authority.rfind('@'); at != npos) authority.remove_prefix(at + 1);
  std::string_view rest;
  if (authority.starts_with('[')) {
    const auto end = authority.find(']');
    if (end == npos || !is_literal(authority.substr(1, end - 1))) return false;
    url.host = authority.substr(1, end - 1);
    rest = authority.substr(end + 1);
  } else {
    const auto colon = std::min(authority.find(':'), authority.size());
    url.host = authority.substr(0, colon);
    rest = authority.substr(colon);
    if (url.host.find_first_of("[]") != std::string::npos) return false;
  }
  url.port.clear();
  if (!rest.empty()) {
    if (rest[0] != ':' || !is_port(rest.substr(1))) return false;
    url.port = rest.substr(1);
  }
  return !url.host.empty();
}

void set_query(Url& url, const std::optional<std::string_view>& query) {
  url.has_query = query.has_value();
  url.query = query.value_or("");
}

// RFC 3986, section 5.2.4.
std::string without_dot_segments(std::string_view in) {
  std::string out;
  const auto drop_last = [&] { out.erase(std::min(out.rfind('/'), out.size())); };
  while (!in.empty()) {
    if (in.starts_with("../")) {
      in.remove_prefix(3);
    } else if (in.starts_with("./") || in.starts_with("/./")) {
      in.remove_prefix(2);
    } else if (in == "/.") {
      in = "/";
    } else if (in.starts_with("/../")) {
      in.remove_prefix(3);
      drop_last();
    } else if (in == "/..") {
      in = "/";
      drop_last();
    } else if (in == "." || in == "..") {
      in = {};
    } else {
      const auto end = std::min(in.find('/', 1), in.size());
      out.append(in.substr(0, end));
      in.remove_prefix(end);
    }
  }
  return out;
}

// RFC 3986, section 5.2.3.
std::string merged(const Url& base, std::string_view path) {
  const auto slash = base.path.rfind('/');
  if (slash == std::string::npos) return "/" + std::string(path);
  return base.path.substr(0, slash + 1) + std::string(path);
}

std::string_view default_port(std::string_view scheme) { return scheme == "https" ? "443" : "80"; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<Url> Url::parse(std::string_view text) {
  if (!take_apart(text).scheme) return std::nullopt;
  return resolve(Url{}, text);
}

std::optional<Url> resolve(const Url& base, std::string_view reference) {
  if (has_blank(reference)) return std::nullopt;
  const Parts parts = take_apart(reference);
  Url url = base;
  if (parts.scheme) url.scheme = in_lower_case(*parts.scheme);
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  if (parts.scheme || parts.authority) {
    if (!parts.authority || !set_authority(url, *parts.authority)) return std::nullopt;
    // What a caller wrote out in full is sent as written: probes send dot segments on purpose.
    url.path = base.host.empty() ? std::string(parts.path) : without_dot_segments(parts.path);
    set_query(url, parts.query);
    return url;
  }
  if (parts.path.empty()) {
    if (parts.query) set_query(url, parts.query);
  } else {
    url.path = without_dot_segments(parts.path.starts_with('/') ? std::string(parts.path) : merged(base, parts.path));
    set_query(url, parts.query);
  }
  return url.host.empty() ? std::nullopt : std::optional(url);
}

std::string Url::authority() const {
  std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (!port.empty()) text += ":" + port;
  return text;
}

std::string Url::target() const { return has_query ? path + "?" + query : path; }

std::string Url::text() const { return scheme + "://" + authority() + target(); }

std::string Url::origin() const {
  Url bare = *this;
  bare.host = in_lower_case(host);
  if (port == default_port(scheme)) bare.port.clear();
  return scheme + "://" + bare.authority();
}

bool same_origin(const Url& a, const Url& b) { return a.origin() == b.origin(); }

std::string percent_encode(std::string_view text, std::string_view keep) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (is_unreserved(c) || keep.find(c) != npos) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return result;
}

std::string percent_decode(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (escape) {
      result += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    const auto value = pair.substr(std::min(equals + 1, pair.size()));
    pairs.emplace_back(percent_decode(pair.substr(0, equals)), percent_decode(value));
  }
  return pairs;
}

}  // namespace referee::http
