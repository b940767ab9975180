#include "reports/site/markup.h"

#include <fmt/format.h>

#include "reports/plain_text.h"

namespace referee::reports {

Markup plain(std::string_view text) { return {inert_html(capped(valid_utf8(text), 3'500))}; }

Markup prose(std::string_view text) {
  Markup all;
  bool code = false;
  while (true) {
    const auto end = text.find('`');
    const Markup part = plain(text.substr(0, end));
    const bool closed = end != std::string_view::npos;
    if (code && closed) {
      all += element("code", part);
    } else {
      all += part;
    }
    if (!closed) return all;
    text.remove_prefix(end + 1);
    code = !code;
  }
}

Markup element(const char* name, const Attributes& attributes, const Markup& content) {
  std::string bytes = fmt::format("<{}", name);
  for (const auto& [key, value] : attributes) {
    if (!value.empty()) bytes += fmt::format(" {}=\"{}\"", key, inert_html(value));
  }
  return {fmt::format("{}>{}</{}>", bytes, content.bytes, name)};
}

Markup link(const std::string& address, const Markup& content) {
  return element("a", {{"href", address}, {"rel", is_web_address(address) ? "noreferrer noopener" : ""}}, content);
}

bool is_web_address(std::string_view text) {
  if (!text.starts_with("https://") && !text.starts_with("http://")) return false;
  for (const char c : text) {
    if (c <= ' ' || c > '~' || c == '"' || c == '<' || c == '>' || c == '\\') return false;
  }
  return true;
}

Markup link_or_text(const std::string& address) {
  return is_web_address(address) ? link(address, plain(address)) : plain(address);
}

}  // namespace referee::reports
