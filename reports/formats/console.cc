#include "reports/formats/console.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/narrative/judgement.h"
#include "reports/narrative/plain_text.h"
#include "reports/narrative/reproduce.h"
#include "reports/narrative/story.h"

namespace referee::reports {
namespace {

constexpr std::size_t kPart = 1'200;  // bytes of what was expected and of what came
constexpr std::size_t kPartLines = 12;
constexpr std::size_t kConsoleLine = 600;
constexpr std::array kConsoleOutcomes = {"passed", "failed", "warned", "noted", "skipped", "blocked", "error"};

class Console {
 public:
  Console(const Results& results, const ConsoleLook& look) : results_(results), look_(look) {}

  std::string render() {
    checks_of("failed", "FAILED", kRed);
    checks_of("warned", "WARNED", kYellow);
    checks_of("blocked", "BLOCKED", kMagenta);
    checks_of("error", "ERROR", kMagenta);
    noted();
    against_baseline();
    summary();
    unjudged();
    for (const auto& sentence : not_offered(results_)) line("{} {}", paint(kYellow, "note:"), safe(sentence));
    leftovers();
    for (const auto& path : look_.written) line("report: {}", safe(path));
    return std::move(out_);
  }

 private:
  static constexpr const char* kRed = "31;1";
  static constexpr const char* kGreen = "32;1";
  static constexpr const char* kYellow = "33;1";
  static constexpr const char* kMagenta = "35;1";

  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  static std::string safe(const std::string& text) { return one_line(text, 2 * kConsoleLine); }

  std::string paint(const char* color, const std::string& text) const {
    return look_.color ? fmt::format("\x1b[{}m{}\x1b[0m", color, text) : text;
  }

  // A text of several lines under a label; a bar before every further line keeps it from passing as one of ours.
  void labelled(std::string_view label, const std::string& part) {
    if (part.empty()) return;
    const std::string shown = visible(capped(part, kPart));
    std::size_t count = 0;
    for (const auto each : lines_of(shown)) {
      if (++count > kPartLines) {
        line("            | [cut: results.json has the rest]");
        break;
      }
      if (count == 1) {
        line("  {:<9} {}", label, each);
      } else {
        line("            | {}", each);
      }
    }
  }

  void findings(const Results& check) {
    for (const auto& finding : list(check, "findings")) {
      const auto expected = text(finding, "expected");
      const auto actual = text(finding, "actual");
      if (expected.empty() && actual.empty()) labelled("finding:", text(finding, "message"));
      labelled("expected:", expected);
      labelled("actual:", actual);
    }
  }

  void checks_of(const std::string& outcome, const char* title, const char* color) {
    std::map<std::string, std::string> told;  // reasons, and the check that told them
    for (const auto& check : list(results_, "checks")) {
      if (text(check, "outcome") != outcome || effective_outcome(results_, check) == "known") continue;
      const auto name = safe(text(check, "spec") + " " + text(check, "id"));
      line("{} {}", paint(color, title), name);
      line("  rule:     {} ({})", safe(text(check, "requirement")), safe(text(check, "level")));
      if (list(check, "findings").empty()) {
        const auto [first, fresh] = told.try_emplace(text(check, "reason"), name);
        labelled("reason:", fresh ? first->first : "the same as for " + first->second);
      }
      findings(check);
      line("  section:  {}", safe(text(check, "source")));
      if (outcome == "failed") line("  again:    {}", safe(reproduce_command(results_, check)));
      line("");
    }
  }

  void noted() {
    bool any = false;
    for (const auto& check : list(results_, "checks")) {
      if (text(check, "outcome") != "noted") continue;
      any = true;
      line("noted  {} {} ({}): {}", safe(text(check, "spec")), safe(text(check, "id")),
           safe(text(check, "requirement")), headline(check, 200));
    }
    if (any) line("");
  }

  // What the baseline excuses, a line each; what it does not is told above or among the remarks.
  void against_baseline() {
    bool any = false;
    for (const auto& check : list(results_, "checks")) {
      if (effective_outcome(results_, check) != "known") continue;
      any = true;
      line("{}  {} {}: {}", text(check, "outcome"), safe(text(check, "spec")), safe(text(check, "id")),
           safe(headline_of_baseline(check)));
    }
    if (any) line("");
  }

  void gate() {
    const Results& baseline = member(results_, "baseline");
    if (baseline.is_null()) return;
    const bool held = text(baseline, "gate") == "held";
    line("{} {}", paint(held ? kGreen : kRed, "baseline:"), safe(text(baseline, "summary")));
    for (const auto& remark : list(baseline, "remarks")) {
      if (remark.is_string()) line("  - {}", safe(remark.get<std::string>()));
    }
  }

  std::string verdict(const std::string& word) const {
    const char* color = word == "conformant" ? kGreen : word == "non-conformant" ? kRed : kMagenta;
    return paint(color, safe(word));
  }

  static std::string counts(const Results& counts) {
    std::string words;
    for (const char* outcome : kConsoleOutcomes) {
      const double count = number(counts, outcome);
      if (count == 0) continue;
      words += fmt::format("{}{:.0f} {}", words.empty() ? "" : ", ", count, outcome);
    }
    return words.empty() ? "no checks" : words;
  }

  void summary() {
    line("target:  {}", safe(text(member(results_, "target"), "url")));
    for (const auto& [edition, judged] : member(results_, "editions").items()) {
      line("  {:<15} {}  ({})", safe(edition), verdict(text(judged, "verdict")), counts(member(judged, "counts")));
    }
    if (!flag(results_, "complete", true)) {
      line("{} the run ended early: {}", paint(kMagenta, "incomplete:"), safe(text(results_, "incomplete_because")));
    }
    if (flag(results_, "strict_should")) line("strict:  a warning counts as a failure (--strict should)");
    line("verdict: {}  ({}; {:.1f} s, seed {})", verdict(text(results_, "verdict")), counts(member(results_, "counts")),
         number(results_, "seconds"), member(results_, "seed").dump());
    gate();
  }

  void unjudged() {
    for (const auto& obstacle : obstacles(results_)) {
      line("");
      line("{} {}", paint(kMagenta, "not judged:"), safe(obstacle.cause));
      for (const auto& detail : obstacle.details) line("  - {}", safe(detail));
      line("  what to do: {}", safe(obstacle.mend));
    }
  }

  void leftovers() {
    const Results& left = list(results_, "leftovers");
    if (left.empty()) return;
    line("left behind on the target, since it could not be removed:");
    constexpr std::size_t kMost = 20;
    for (std::size_t i = 0; i < left.size() && i < kMost; ++i) {
      if (left[i].is_string()) line("  - {}", one_line(left[i].get<std::string>(), kConsoleLine));
    }
    if (left.size() > kMost) line("  - and {} more, named in results.json", left.size() - kMost);
  }

  const Results& results_;
  const ConsoleLook& look_;
  std::string out_;
};

}  // namespace

std::string console_text(const Results& results, const ConsoleLook& look) { return Console(results, look).render(); }

}  // namespace referee::reports
