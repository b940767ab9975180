#include "reports/formats/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/narrative/judgement.h"
#include "reports/narrative/readable_findings.h"
#include "reports/narrative/story.h"
#include "reports/plain_text.h"
#include "reports/saved/evidence_json.h"
#include "reports/saved/profile.h"

namespace referee::reports {
namespace {

constexpr std::size_t kMarkdownPart = 3'000;  // bytes of what was expected and of what came
constexpr std::size_t kExchanges = 8'000;     // bytes of exchanges for one check
constexpr std::size_t kRoomForEnd = 20'000;

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Inline code on one line; blanks at both ends let the text itself begin or end with a backtick.
std::string code(const std::string& text) {
  const std::string line = one_line(text, 600);
  if (line.empty()) return "";
  const std::string fence(longest_run_of_backticks(line) + 1, '`');
  const bool pad = line.front() == '`' || line.back() == '`';
  return fmt::format("{}{}{}{}{}", fence, pad ? " " : "", line, pad ? " " : "", fence);
}

std::string block(const std::string& text, std::size_t limit) {
  const std::string shown = visible(capped(text, limit));
  const std::string fence(std::max<std::size_t>(3, longest_run_of_backticks(shown) + 1), '`');
  return fmt::format("{}text\n{}{}{}\n", fence, shown, shown.ends_with('\n') ? "" : "\n", fence);
}

// A cell of a table: there a bar ends the cell even within code.
std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : code(text)) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// Only addresses that are plain may be links.
std::string link(const std::string& url) {
  const bool plain =
      url.starts_with("https://") && url.find_first_of("<>()[]\\`\"' \t\r\n") == std::string::npos && url.size() < 500;
  return plain ? fmt::format("<{}>", url) : code(url);
}

class Markdown {
 public:
  Markdown(const SavedRun& run, std::size_t limit) : run_(run), bodies_(run.bodies), limit_(limit) {}

  std::string render() {
    heading();
    gate();
    unjudged();
    section(Outcome::kFailed, "Failed");
    section(Outcome::kWarned, "Warned");
    section(Outcome::kError, "Errors");
    section(Outcome::kBlocked, "Blocked");
    noted();
    collector();
    end();
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  void heading() {
    line("# Referee: {}\n", code(verdict_in_words(run_)));
    line("Target {}, run {}, started {}, {:.1f} s.\n", code(run_.target_url), code(run_.run),
         code(rfc3339(run_.started)), run_.seconds);
    if (!run_.complete) line("**Incomplete**: the run ended early: {}\n", code(run_.incomplete_because));
    std::vector<const char*> outcomes;
    for (const auto outcome : kOutcomesInReports) outcomes.push_back(name(outcome));
    line("| edition | verdict | {} |", fmt::join(outcomes, " | "));
    line("|--|--|{}", "--:|--:|--:|--:|--:|--:|--:|");
    for (const auto& judged : run_.editions) {
      row(cell(std::string(spec::name(judged.edition))), verdict_in_words(judged), judged.counts);
    }
    row("all", verdict_in_words(run_), run_.counts);
    line("");
    for (const auto& sentence : not_offered(run_)) line("Note: {}\n", code(sentence));
  }

  void gate() {
    if (!run_.baseline) return;
    line("**Baseline {}**\n", code(run_.baseline->summary));
    for (const auto& remark : run_.baseline->remarks) line("- {}", code(remark));
    line("");
  }

  void row(const std::string& title, const std::string& verdict, const engine::Counts& counts) {
    out_ += fmt::format("| {} | {} |", title, cell(verdict));
    for (const auto outcome : kOutcomesInReports) out_ += fmt::format(" {} |", counts.of(outcome));
    out_ += '\n';
  }

  void unjudged() {
    for (const auto& obstacle : obstacles(run_)) {
      line("**Not judged.** {}\n", code(obstacle.cause));
      for (const auto& detail : obstacle.details) line("- {}", code(detail));
      if (!obstacle.details.empty()) line("");
      line("What to do: {}\n", obstacle.remedy);
    }
  }

  std::string check_text(const SavedCheck& check) const {
    std::string text_of_check =
        fmt::format("### {} {}\n\n{} ({}), {}\n\n", code(std::string(spec::name(check.edition))), code(check.id),
                    code(check.requirement), code(std::string(spec::name(check.level))), link(check.source));
    if (!check.reason.empty() && check.findings.empty()) text_of_check += block(check.reason, kMarkdownPart);
    if (const auto wanted = run_.wording_of(check.requirement); !wanted.empty())
      text_of_check += fmt::format("Requires: {}\n\n", code(wanted));
    for (const auto& finding : readable_findings(run_, check)) {
      const auto why = softer_because(check, finding.verdict);
      text_of_check +=
          block(readable_text(finding) + (why.empty() ? "" : fmt::format("graded:   {}\n", why)), 2 * kMarkdownPart);
    }
    if (!check.exchanges.empty()) {
      text_of_check +=
          fmt::format("\n<details><summary>{} exchanges</summary>\n\n{}\n</details>\n", check.exchanges.size(),
                      block(exchanges_in_short(check.exchanges, bodies_), kExchanges));
    }
    return text_of_check + "\n";
  }

  bool is_known(const SavedCheck& check) const { return standing(run_, check) == Standing::kKnown; }

  void section(Outcome outcome, const char* title) {
    std::size_t count = 0;
    std::size_t left_out = 0;
    for (const auto& check : run_.checks) {
      if (check.outcome != outcome || is_known(check)) continue;
      if (++count == 1) line("## {}\n", title);
      const std::string said = check_text(check);
      if (out_.size() + said.size() > limit_ - kRoomForEnd) {
        ++left_out;
      } else {
        out_ += said;
      }
    }
    if (left_out > 0) line("{} more of {} did not fit here; results.json has them.\n", left_out, count);
  }

  void noted() {
    std::size_t left_out = 0;
    bool any = false;
    for (const auto& check : run_.checks) {
      const bool known = is_known(check);
      if (check.outcome != Outcome::kNoted && !known) continue;
      if (!any) line("## Noted and known\n");
      any = true;
      const auto said = fmt::format("- {} {}: {}\n", code(std::string(spec::name(check.edition))), code(check.id),
                                    code(known ? headline_of_baseline(check) : headline(check, 300)));
      if (out_.size() + said.size() > limit_ - kRoomForEnd) {
        ++left_out;
      } else {
        out_ += said;
      }
    }
    if (left_out > 0) line("\n{} more did not fit here; results.json has them.", left_out);
    if (any) line("");
  }

  void collector() {
    if (run_.turns.empty()) return;
    line("## Runs of the collector\n");
    for (std::size_t i = 0; i < run_.turns.size(); ++i) {
      const auto& turn = run_.turns[i];
      const auto said = turn.output.empty() ? "\n" : "\n\n" + block(turn.output, kMarkdownPart);
      if (out_.size() + said.size() > limit_ - kRoomForEnd) continue;
      line("{}. Started {}, {:.1f} s, exit status {}{}", i + 1, code(rfc3339(turn.started)), turn.seconds, turn.status,
           said);
    }
  }

  void end() {
    const auto& left = run_.leftovers;
    if (left.empty()) return;
    line("## Left behind on the target\n");
    for (std::size_t i = 0; i < left.size() && i < kMostLeftovers; ++i) line("- {}", code(left[i]));
    if (left.size() > kMostLeftovers) line("- and {} more", left.size() - kMostLeftovers);
  }

  const SavedRun& run_;
  Bodies bodies_;
  std::size_t limit_;
  std::string out_;
};

}  // namespace

std::string markdown(const SavedRun& run, std::size_t limit) {
  return Markdown(run, std::max(limit, kLeastMarkdown)).render();
}

}  // namespace referee::reports
