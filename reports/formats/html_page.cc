#include "reports/formats/html_page.h"

#include <nlohmann/json.hpp>

namespace referee::reports {

std::string json_for_html(const Results& data) {
  constexpr bool kAscii = true;
  const std::string json = data.dump(-1, ' ', kAscii, Results::error_handler_t::replace);
  std::string safe;
  safe.reserve(json.size() + json.size() / 16);
  // In JSON these three occur only inside strings, where an escape means the same.
  for (const char c : json) {
    if (c == '<') {
      safe += "\\u003c";
    } else if (c == '>') {
      safe += "\\u003e";
    } else if (c == '&') {
      safe += "\\u0026";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string html_page(const HtmlTemplate& page, const Results& data) {
  const std::string json = json_for_html(data);
  std::string whole;
  whole.reserve(page.before.size() + json.size() + page.after.size());
  whole += page.before;
  whole += json;
  whole += page.after;
  return whole;
}

}  // namespace referee::reports
