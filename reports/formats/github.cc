#include "reports/formats/github.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "reports/formats/markdown.h"
#include "reports/narrative/story.h"
#include "reports/output_file.h"
#include "reports/plain_text.h"
#include "reports/saved/profile.h"

namespace referee::reports {
namespace {

constexpr std::size_t kMostAnnotations = 10;  // of a kind that one step shows
constexpr std::size_t kAnnotationLine = 1'000;

// What would end the command or begin another property is written as the runner decodes it.
std::string escaped_for_github(const std::string& text, bool property) {
  std::string out;
  for (const char c : visible(one_line(text, kAnnotationLine))) {
    if (c == '%') {
      out += "%25";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string command(std::string_view kind, const std::string& title, const std::string& message) {
  return fmt::format("::{} title={}::{}\n", kind, escaped_for_github(title, true), escaped_for_github(message, false));
}

std::string annotations_of(const SavedRun& run, std::string_view kind, std::initializer_list<Standing> standings) {
  std::string out;
  std::size_t count = 0;
  for (const auto& check : run.checks) {
    const auto how = standing(run, check);
    if (std::ranges::find(standings, how) == standings.end()) continue;
    // The last place is for the count of those left over.
    if (++count >= kMostAnnotations) continue;
    out += command(kind, fmt::format("{}: {} ({})", name(how), check.id, spec::name(check.edition)),
                   fmt::format("{} ({}): {} See {}", check.requirement, spec::name(check.level),
                               headline(check, kAnnotationLine / 2), check.source));
  }
  if (count >= kMostAnnotations) {
    out += command(kind, "Referee", fmt::format("and {} more; the reports have them", count - kMostAnnotations + 1));
  }
  return out;
}

}  // namespace

std::string github_annotations(const SavedRun& run) {
  std::string out = annotations_of(run, "error", {Standing::kFailed, Standing::kError, Standing::kUnexpectedPass});
  out += annotations_of(run, "warning", {Standing::kWarned});
  const auto& counts = run.counts;
  return out + command("notice", "Referee",
                       fmt::format("{}: {} ({} passed, {} failed, {} blocked){}", verdict_in_words(run), run.target_url,
                                   counts.of(Outcome::kPassed), counts.of(Outcome::kFailed),
                                   counts.of(Outcome::kBlocked), run.complete ? "" : ", incomplete"));
}

void add_step_summary(const std::string& path, const SavedRun& run) {
  std::ostringstream before;
  if (std::ifstream file(path, std::ios::binary); file) before << file.rdbuf();
  const std::string there = before.str();
  const auto mark = fmt::format("<!-- referee run {} -->\n", one_line(run.run, 40));
  if (there.find(mark) != std::string::npos) return;
  const std::size_t room = kMarkdownFile > there.size() + mark.size() ? kMarkdownFile - there.size() - mark.size() : 0;
  if (room < kLeastMarkdown) return;  // one more would cost the reader what is there already
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << mark << markdown(run, room);
  file.flush();
  if (!file) throw CannotWrite(path, std::strerror(errno));
}

}  // namespace referee::reports
