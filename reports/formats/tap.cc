#include "reports/formats/tap.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/narrative/plain_text.h"
#include "reports/narrative/story.h"

namespace referee::reports {
namespace {

constexpr std::size_t kTapLine = 500;
constexpr std::size_t kStory = 16'000;

// In descriptions and reasons a number sign would begin a directive.
std::string escaped_for_tap(const std::string& text) {
  std::string out;
  for (const char c : one_line(text, kTapLine)) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string diagnostics(const Results& results, const Results& check, const Bodies& bodies) {
  std::string out = "  ---\n";
  const auto member_line = [&](const char* key, const std::string& value) {
    // Every JSON text is a YAML scalar.
    out +=
        fmt::format("  {}: {}\n", key, Results(visible(value)).dump(-1, ' ', false, Results::error_handler_t::replace));
  };
  member_line("outcome", text(check, "outcome"));
  member_line("requirement", text(check, "requirement"));
  member_line("level", text(check, "level"));
  member_line("source", text(check, "source"));
  out += "  story: |\n";  // no indentation indicator: the reader of Perl knows none
  const std::string told = visible(capped(story(results, check, bodies), kStory));
  for (const auto line : lines_of(told)) out += fmt::format("    {}\n", line);
  return out + "  ...\n";
}

std::string line_of(const Results& results, const Results& check, std::size_t number) {
  const auto outcome = effective_outcome(results, check);
  const bool failed = outcome == "failed" || outcome == "error" || outcome == "known" || outcome == "unexpected pass";
  std::string line = fmt::format("{} {} - {} {}", failed ? "not ok" : "ok", number,
                                 escaped_for_tap(text(check, "spec")), escaped_for_tap(text(check, "id")));
  if (outcome == "known") {
    line += fmt::format(" # TODO {}", escaped_for_tap(headline_of_baseline(check)));
  } else if (outcome == "skipped" || outcome == "blocked") {
    line +=
        fmt::format(" # SKIP {}: {}", not_run(check) ? "not run" : outcome, escaped_for_tap(headline(check, kTapLine)));
  }
  return line + "\n";
}

}  // namespace

std::string tap(const Results& results) {
  const Results& checks = list(results, "checks");
  const Bodies bodies(results);
  std::string out = fmt::format("TAP version 13\n1..{}\n", checks.size());
  std::size_t number = 0;
  for (const auto& check : checks) {
    out += line_of(results, check, ++number);
    const auto outcome = text(check, "outcome");
    if (outcome != "passed" && outcome != "skipped") out += diagnostics(results, check, bodies);
  }
  if (!flag(results, "complete", true)) {
    out += fmt::format("Bail out! The run ended early: {}\n", escaped_for_tap(text(results, "incomplete_because")));
  } else if (checks.empty()) {
    out += fmt::format("Bail out! Nothing was judged: {}\n", escaped_for_tap(text(results, "not_judged_because")));
  }
  return out;
}

}  // namespace referee::reports
