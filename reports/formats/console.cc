#include "reports/formats/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "reports/narrative/causes.h"
#include "reports/narrative/curl_script.h"
#include "reports/narrative/judgement.h"
#include "reports/narrative/readable_findings.h"
#include "reports/narrative/reproduce.h"
#include "reports/narrative/story.h"
#include "reports/plain_text.h"
#include "reports/saved/profile.h"

namespace referee::reports {
namespace {

constexpr std::size_t kPart = 1'200;  // bytes of what was expected and of what came
constexpr std::size_t kPartLines = 12;
constexpr std::size_t kConsoleLine = 600;

constexpr const char* kCollections = "collections";  // how often and how long the collector ran, in words

class Console {
 public:
  Console(const SavedRun& run, const ConsoleLook& look) : run_(run), look_(look) {}

  std::string render() {
    checks_of(Outcome::kFailed, "FAILED", kRed);
    checks_of(Outcome::kWarned, "WARNED", kYellow);
    checks_of(Outcome::kBlocked, "BLOCKED", kMagenta);
    checks_of(Outcome::kError, "ERROR", kMagenta);
    noted();
    against_baseline();
    skipped();
    failures();
    summary();
    unjudged();
    for (const auto& sentence : not_offered(run_)) line("{} {}", paint(kYellow, "note:"), safe(sentence));
    leftovers();
    written();
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

  void findings(const SavedCheck& check) {
    std::string before;
    for (const auto& finding : readable_findings(run_, check)) {
      if (!finding.request.empty() && finding.request != before) line("  request:  {}", safe(finding.request));
      before = finding.request;
      if (finding.expected.empty() && finding.got.empty()) labelled("finding:", finding.message);
      labelled("expected:", finding.expected);
      labelled("got:", finding.got);
      labelled("note:", finding.note);
      labelled("graded:", softer_because(check, finding.verdict));
    }
  }

  bool is_known(const SavedCheck& check) const { return standing(run_, check) == Standing::kKnown; }

  void checks_of(Outcome outcome, const char* title, const char* color) {
    std::map<std::string, std::string> said;  // reasons, and the check that gave them
    for (const auto& check : run_.checks) {
      if (check.outcome != outcome || is_known(check)) continue;
      const auto name = safe(check.name());
      line("{} {}", paint(color, title), name);
      line("  rule:     {} ({})", safe(check.requirement), spec::name(check.level));
      if (check.level == spec::Level::kImplied && !std::exchange(implied_told_, true)) {
        line("  implied:  no key word such as MUST: the specification defines it so, or the rule that it follows from");
        line("            would be empty without it");
      }
      if (const auto wanted = run_.wording_of(check.requirement); !wanted.empty()) {
        line("  requires: {}", safe(wanted));
      }
      if (check.findings.empty()) {
        const auto [first, fresh] = said.try_emplace(check.reason, name);
        labelled("reason:", fresh ? first->first : "the same as for " + first->second);
      }
      if (const auto judges = judged_by(run_, check); !judges.empty()) line("  judged by: {}", safe(judges));
      findings(check);
      line("  section:  {}", safe(check.source));
      if (outcome == Outcome::kFailed) line("  again:    {}", safe(reproduce_command(run_, check)));
      line("");
    }
  }

  // One line for each that failed, at the end, where a reader of a long log looks first; by what they may have in
  // common.
  void failures() {
    constexpr std::size_t kShown = 50;
    std::vector<const SavedCheck*> failed;
    for (const auto& check : run_.checks) {
      if (standing(run_, check) == Standing::kFailed) failed.push_back(&check);
    }
    if (failed.empty()) return;
    line("{}", paint(kRed, "failed:"));
    std::size_t shown = 0;
    for (const auto& group : causes_of(failed)) {
      if (!group.cause.empty()) line("  related, perhaps one cause ({}):", group.cause);
      for (const auto* check : group.checks) {
        if (++shown > kShown) continue;
        line("  {}- {}: {}", group.cause.empty() ? "" : "  ", safe(check->name()),
             one_line(in_short(headline(*check, kConsoleLine)), 160));
      }
    }
    if (failed.size() > kShown) line("  - and {} more, shown above", failed.size() - kShown);
    line("");
  }

  // Why checks were skipped, the most frequent reasons first.
  void skipped() {
    constexpr std::size_t kShown = 8;
    std::map<std::string, int> times;
    for (const auto& check : run_.checks) {
      if (check.outcome == Outcome::kSkipped) ++times[one_line(in_short(headline(check, kConsoleLine)), 160)];
    }
    std::vector<std::pair<std::string, int>> reasons(times.begin(), times.end());
    std::ranges::stable_sort(reasons, std::greater<>(), &std::pair<std::string, int>::second);
    for (std::size_t i = 0; i < reasons.size() && i < kShown; ++i) {
      line("skipped: {:>3} {}: {}", reasons[i].second, reasons[i].second == 1 ? "check" : "checks", reasons[i].first);
    }
    if (reasons.size() > kShown) line("skipped: for {} other reasons, named in results.json", reasons.size() - kShown);
    if (!reasons.empty()) line("");
  }

  void noted() {
    bool any = false;
    for (const auto& check : run_.checks) {
      if (check.outcome != Outcome::kNoted) continue;
      any = true;
      line("noted  {} ({}): {}", safe(check.name()), safe(check.requirement), headline(check, 200));
    }
    if (any) line("");
  }

  // What the baseline excuses, a line each; what it does not is above or among the remarks.
  void against_baseline() {
    bool any = false;
    for (const auto& check : run_.checks) {
      if (!is_known(check)) continue;
      any = true;
      line("{}  {}: {}", name(check.outcome), safe(check.name()), safe(headline_of_baseline(check)));
    }
    if (any) line("");
  }

  void gate() {
    if (!run_.baseline) return;
    const bool held = run_.baseline->gate == BaselineGate::kHeld;
    line("{} {}", paint(held ? kGreen : kRed, "baseline:"), safe(run_.baseline->summary));
    for (const auto& remark : run_.baseline->remarks) line("  - {}", safe(remark));
  }

  // Green is for conformance in everything.
  std::string verdict(RunVerdict verdict, const std::string& words) const {
    const char* color = verdict == RunVerdict::kNonConformant ? kRed
                        : verdict == RunVerdict::kNotJudged   ? kMagenta
                        : words == name(verdict)              ? kGreen
                                                              : kYellow;
    return paint(color, safe(words));
  }

  static std::string counts(const engine::Counts& counts) {
    std::string words;
    for (const auto outcome : kOutcomesInReports) {
      if (counts.of(outcome) == 0) continue;
      words += fmt::format("{}{} {}", words.empty() ? "" : ", ", counts.of(outcome), name(outcome));
    }
    return words.empty() ? "no checks" : words;
  }

  void summary() {
    line("target:  {}", safe(run_.target_url));
    for (const auto& judged : run_.editions) {
      line("  {:<15} {}  ({})", spec::name(judged.edition), verdict(judged.verdict, verdict_in_words(judged)),
           counts(judged.counts));
    }
    if (!run_.complete) {
      line("{} the run ended early: {}", paint(kMagenta, "incomplete:"), safe(run_.incomplete_because));
    }
    if (run_.strict_should) line("strict:  a warning counts as a failure (--strict should)");
    line("verdict: {}  ({}; {:.1f} s, seed {})", verdict(run_.verdict, verdict_in_words(run_)), counts(run_.counts),
         run_.seconds, run_.seed);
    const auto collections = run_.capabilities.find(kCollections);
    if (collections != run_.capabilities.end()) line("collector: {}", safe(collections->second.words));
    gate();
  }

  void unjudged() {
    for (const auto& obstacle : obstacles(run_)) {
      line("");
      line("{} {}", paint(kMagenta, "not judged:"), safe(obstacle.cause));
      for (const auto& detail : obstacle.details) line("  - {}", safe(detail));
      line("  what to do: {}", safe(obstacle.remedy));
    }
  }

  void leftovers() {
    const auto& left = run_.leftovers;
    if (left.empty()) return;
    line("left behind on the target, since it could not be removed:");
    for (std::size_t i = 0; i < left.size() && i < kMostLeftovers; ++i) line("  - {}", one_line(left[i], kConsoleLine));
    if (left.size() > kMostLeftovers) {
      line("  - and {} more, named in results.json", left.size() - kMostLeftovers);
    }
  }

  // Where the reports are, and the folder of the scripts that show each finding again.
  void written() {
    std::string scripts;
    for (const auto& path : look_.written) {
      line("report: {}", safe(path));
      const std::filesystem::path file(path);
      if (file.filename() == "results.json" && std::ranges::any_of(run_.checks, has_script))
        scripts = (file.parent_path() / "reproduce").string();
    }
    if (!scripts.empty()) line("scripts: {}, one for each finding, to see it again without Referee", safe(scripts));
  }

  const SavedRun& run_;
  const ConsoleLook& look_;
  bool implied_told_ = false;
  std::string out_;
};

}  // namespace

std::string console_text(const SavedRun& run, const ConsoleLook& look) { return Console(run, look).render(); }

}  // namespace referee::reports
