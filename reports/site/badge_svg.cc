// A registry's badge as a picture that needs no service.
#include <fmt/format.h>

#include "reports/plain_text.h"
#include "reports/site/pages.h"

namespace referee::reports {
namespace {

constexpr std::size_t kLongestMessage = 200;
constexpr int kLetter = 7;  // pixels, of the width of a letter of 11 pixels
constexpr int kPadding = 12;

// White on each of these has a contrast of 4.5:1.
std::string_view color_value(RunVerdict verdict, bool whole) {
  switch (verdict) {
    case RunVerdict::kConformant:
      return whole ? "#0a6640" : "#8a4b00";
    case RunVerdict::kNonConformant:
      return "#b01e14";
    case RunVerdict::kNotJudged:
      break;
  }
  return "#4a5567";
}

Markup words_at(int middle, const std::string& words) {
  return element("text", {{"x", std::to_string(middle)}, {"y", "14"}}, plain(words));
}

Markup box(int x, int width, std::string_view color) {
  return element(
      "rect",
      {{"x", std::to_string(x)}, {"width", std::to_string(width)}, {"height", "20"}, {"fill", std::string(color)}}, {});
}

}  // namespace

std::string badge_svg(const SiteRegistry& registry) {
  const auto& run = registry.newest();
  const std::string label = registry.badge.label;
  const std::string message = one_line(run.words, kLongestMessage);
  const int left = static_cast<int>(label.size()) * kLetter + kPadding;
  const int right = static_cast<int>(message.size()) * kLetter + kPadding;
  const auto said = fmt::format("{}: {}", label, message);
  const auto content = element("title", plain(said)) + box(0, left, "#3b4453") +
                       box(left, right, color_value(run.verdict, run.whole)) +
                       element("g",
                               {{"fill", "#fff"},
                                {"text-anchor", "middle"},
                                {"font-family", "Verdana,DejaVu Sans,sans-serif"},
                                {"font-size", "11"}},
                               words_at(left / 2, label) + words_at(left + right / 2, message));
  return element("svg",
                 {{"xmlns", "http://www.w3.org/2000/svg"},
                  {"width", std::to_string(left + right)},
                  {"height", "20"},
                  {"role", "img"},
                  {"aria-label", said}},
                 content)
             .bytes +
         "\n";
}

}  // namespace referee::reports
