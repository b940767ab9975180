#include "reports/prose.h"

#include <algorithm>

#include "reports/plain_text.h"

namespace referee::reports {
namespace {

// Blanks at both ends stay: the part is in the middle of a line.
std::string inert_part(std::string_view part) {
  std::string text = part.starts_with(' ') ? " " : "";
  text += inert_markdown(part);
  if (part.size() > 1 && part.ends_with(' ')) text += " ";
  return text;
}

}  // namespace

std::string prose_in_markdown(std::string_view text) {
  if (std::ranges::count(text, '`') % 2 != 0) return inert_markdown(text);
  std::string out;
  for (bool code = false; !text.empty(); code = !code) {
    const auto part = text.substr(0, text.find('`'));
    out += code ? "<code>" + inert_markdown(part) + "</code>" : inert_part(part);
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return out;
}

}  // namespace referee::reports
