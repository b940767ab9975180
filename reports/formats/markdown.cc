#include "reports/formats/markdown.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "reports/narrative/judgement.h"
#include "reports/narrative/plain_text.h"
#include "reports/narrative/story.h"

namespace referee::reports {
namespace {

constexpr std::size_t kMarkdownPart = 3'000;  // bytes of what was expected and of what came
constexpr std::size_t kExchanges = 8'000;     // bytes of exchanges for one check
constexpr std::size_t kRoomForEnd = 20'000;
constexpr std::array kMarkdownOutcomes = {"passed", "failed", "warned", "noted", "skipped", "blocked", "error"};

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
  Markdown(const Results& results, std::size_t limit) : results_(results), bodies_(results), limit_(limit) {}

  std::string render() {
    heading();
    gate();
    unjudged();
    section("failed", "Failed");
    section("warned", "Warned");
    section("error", "Errors");
    section("blocked", "Blocked");
    noted();
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
    line("# Referee: {}\n", code(text(results_, "verdict")));
    const Results& target = member(results_, "target");
    line("Target {}, run {}, started {}, {:.1f} s.\n", code(text(target, "url")), code(text(results_, "run")),
         code(text(results_, "started")), number(results_, "seconds"));
    if (!flag(results_, "complete", true)) {
      line("**Incomplete**: the run ended early: {}\n", code(text(results_, "incomplete_because")));
    }
    line("| edition | verdict | {} |", fmt::join(kMarkdownOutcomes, " | "));
    line("|--|--|{}", "--:|--:|--:|--:|--:|--:|--:|");
    for (const auto& [edition, judged] : member(results_, "editions").items()) {
      row(cell(edition), text(judged, "verdict"), member(judged, "counts"));
    }
    row("all", text(results_, "verdict"), member(results_, "counts"));
    line("");
    for (const auto& sentence : not_offered(results_)) line("Note: {}\n", code(sentence));
  }

  void gate() {
    const Results& baseline = member(results_, "baseline");
    if (baseline.is_null()) return;
    line("**Baseline {}**\n", code(text(baseline, "summary")));
    for (const auto& remark : list(baseline, "remarks")) {
      if (remark.is_string()) line("- {}", code(remark.get<std::string>()));
    }
    line("");
  }

  void row(const std::string& title, const std::string& verdict, const Results& counts) {
    out_ += fmt::format("| {} | {} |", title, cell(verdict));
    for (const char* outcome : kMarkdownOutcomes) out_ += fmt::format(" {:.0f} |", number(counts, outcome));
    out_ += '\n';
  }

  void unjudged() {
    for (const auto& obstacle : obstacles(results_)) {
      line("**Not judged.** {}\n", code(obstacle.cause));
      for (const auto& detail : obstacle.details) line("- {}", code(detail));
      if (!obstacle.details.empty()) line("");
      line("What to do: {}\n", obstacle.mend);
    }
  }

  std::string check_text(const Results& check) const {
    std::string text_of_check =
        fmt::format("### {} {}\n\n{} ({}), {}\n\n", code(text(check, "spec")), code(text(check, "id")),
                    code(text(check, "requirement")), code(text(check, "level")), link(text(check, "source")));
    if (const auto reason = text(check, "reason"); !reason.empty() && list(check, "findings").empty()) {
      text_of_check += block(reason, kMarkdownPart);
    }
    for (const auto& finding : list(check, "findings")) {
      std::string told = text(finding, "expected");
      told = told.empty()
                 ? text(finding, "message")
                 : fmt::format("expected: {}\nactual:   {}", capped(told, kMarkdownPart), text(finding, "actual"));
      text_of_check += block(told, 2 * kMarkdownPart);
    }
    if (const Results& exchanges = list(check, "exchanges"); !exchanges.empty()) {
      text_of_check += fmt::format("\n<details><summary>{} exchanges</summary>\n\n{}\n</details>\n", exchanges.size(),
                                   block(exchanges_in_short(exchanges, bodies_), kExchanges));
    }
    return text_of_check + "\n";
  }

  void section(const std::string& outcome, const char* title) {
    std::size_t count = 0;
    std::size_t left_out = 0;
    for (const auto& check : list(results_, "checks")) {
      if (text(check, "outcome") != outcome || effective_outcome(results_, check) == "known") continue;
      if (++count == 1) line("## {}\n", title);
      const std::string told = check_text(check);
      if (out_.size() + told.size() > limit_ - kRoomForEnd) {
        ++left_out;
      } else {
        out_ += told;
      }
    }
    if (left_out > 0) line("{} more of {} did not fit here; results.json has them.\n", left_out, count);
  }

  void noted() {
    std::size_t left_out = 0;
    bool any = false;
    for (const auto& check : list(results_, "checks")) {
      const bool known = effective_outcome(results_, check) == "known";
      if (text(check, "outcome") != "noted" && !known) continue;
      if (!any) line("## Noted and known\n");
      any = true;
      const auto told = fmt::format("- {} {}: {}\n", code(text(check, "spec")), code(text(check, "id")),
                                    code(known ? headline_of_baseline(check) : headline(check, 300)));
      if (out_.size() + told.size() > limit_ - kRoomForEnd) {
        ++left_out;
      } else {
        out_ += told;
      }
    }
    if (left_out > 0) line("\n{} more did not fit here; results.json has them.", left_out);
    if (any) line("");
  }

  void end() {
    const Results& left = list(results_, "leftovers");
    if (left.empty()) return;
    line("## Left behind on the target\n");
    constexpr std::size_t kMost = 20;
    for (std::size_t i = 0; i < left.size() && i < kMost; ++i) {
      if (left[i].is_string()) line("- {}", code(left[i].get<std::string>()));
    }
    if (left.size() > kMost) line("- and {} more", left.size() - kMost);
  }

  const Results& results_;
  Bodies bodies_;
  std::size_t limit_;
  std::string out_;
};

}  // namespace

std::string markdown(const Results& results, std::size_t limit) {
  return Markdown(results, std::max(limit, kLeastMarkdown)).render();
}

}  // namespace referee::reports
