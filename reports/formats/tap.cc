#include "reports/formats/tap.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/narrative/story.h"
#include "reports/plain_text.h"
#include "reports/saved/profile.h"

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

std::string diagnostics(const SavedRun& run, const SavedCheck& check, const Bodies& bodies) {
  std::string out = "  ---\n";
  const auto member_line = [&](const char* key, const std::string& value) {
    // Every JSON text is a YAML scalar.
    out +=
        fmt::format("  {}: {}\n", key, Results(visible(value)).dump(-1, ' ', false, Results::error_handler_t::replace));
  };
  member_line("outcome", name(check.outcome));
  member_line("requirement", check.requirement);
  member_line("level", std::string(spec::name(check.level)));
  member_line("source", check.source);
  out += "  story: |\n";  // no indentation indicator: the reader of Perl knows none
  const std::string said = visible(capped(story(run, check, bodies), kStory));
  for (const auto line : lines_of(said)) out += fmt::format("    {}\n", line);
  return out + "  ...\n";
}

bool is_not_ok(Standing how) {
  return how == Standing::kFailed || how == Standing::kError || how == Standing::kKnown ||
         how == Standing::kUnexpectedPass;
}

std::string line_of(const SavedRun& run, const SavedCheck& check, std::size_t number) {
  const auto how = standing(run, check);
  std::string line = fmt::format("{} {} - {} {}", is_not_ok(how) ? "not ok" : "ok", number,
                                 escaped_for_tap(std::string(spec::name(check.edition))), escaped_for_tap(check.id));
  if (how == Standing::kKnown) {
    line += fmt::format(" # TODO {}", escaped_for_tap(headline_of_baseline(check)));
  } else if (how == Standing::kSkipped || how == Standing::kBlocked) {
    line += fmt::format(" # SKIP {}: {}", outcome_word(check), escaped_for_tap(headline(check, kTapLine)));
  }
  return line + "\n";
}

}  // namespace

std::string tap(const SavedRun& run) {
  const Bodies bodies(run.bodies);
  std::string out = fmt::format("TAP version 13\n1..{}\n", run.checks.size());
  std::size_t number = 0;
  for (const auto& check : run.checks) {
    out += line_of(run, check, ++number);
    if (check.outcome != Outcome::kPassed && check.outcome != Outcome::kSkipped) {
      out += diagnostics(run, check, bodies);
    }
  }
  if (!run.checks.empty()) out += fmt::format("# {}\n", one_line(verdict_in_words(run), kTapLine));
  if (!run.complete) {
    out += fmt::format("Bail out! The run ended early: {}\n", escaped_for_tap(run.incomplete_because));
  } else if (run.checks.empty()) {
    out += fmt::format("Bail out! Nothing was judged: {}\n", escaped_for_tap(run.not_judged_because));
  }
  return out;
}

}  // namespace referee::reports
