#include "reports/writing/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "reports/plain_text.h"

namespace referee::reports {
namespace {

constexpr std::string_view kClear = "\r\x1b[K";

std::size_t columns_of(int descriptor) {
  winsize size{};
  const bool known = ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

}  // namespace

ProgressLine::ProgressLine(const http::Clock& clock, std::size_t columns, Write write)
    : clock_(clock), columns_(columns), write_(std::move(write)), start_(clock.now()), drawn_(start_) {}

ProgressLine::~ProgressLine() {
  if (visible_) write_(kClear);
}

void ProgressLine::planned(const std::vector<spec::Edition>& /*editions*/, std::size_t checks) {
  planned_ = checks;
  start_ = clock_.now();
  draw("");
}

void ProgressLine::finished(const engine::CheckResult& result) {
  ++finished_;
  const bool failed = result.outcome == engine::Outcome::kFailed;
  if (failed) ++failed_;
  const bool due = clock_.now() - drawn_ >= std::chrono::milliseconds(100);
  if (due || failed || finished_ == planned_) draw(fmt::format("{} {}", spec::name(result.edition), result.id));
}

void ProgressLine::draw(std::string_view current) {
  drawn_ = clock_.now();
  const double seconds = std::chrono::duration<double>(drawn_ - start_).count();
  // Rules on all exchanges are judged after the planned checks, and not counted in the plan.
  std::string line = fmt::format("checks {}/{}", finished_, std::max(planned_, finished_));
  if (failed_ > 0) line += fmt::format(", {} failed", failed_);
  if (seconds >= 1) line += fmt::format(", {:.0f}/s", static_cast<double>(finished_) / seconds);
  if (!current.empty()) line += fmt::format(": {}", current);
  // One column stays free: a terminal that is full to its edge may begin a new line.
  write_(fmt::format("{}{}", kClear, one_line(line, columns_ > 1 ? columns_ - 1 : 1)));
  visible_ = true;
}

std::unique_ptr<engine::Progress> progress_on(int descriptor, bool wanted, const http::Clock& clock) {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  if (!wanted || dumb || ::isatty(descriptor) != 1) return nullptr;
  return std::make_unique<ProgressLine>(clock, columns_of(descriptor), [descriptor](std::string_view text) {
    // A terminal that has gone away must not end the run.
    [[maybe_unused]] const auto count = ::write(descriptor, text.data(), text.size());
  });
}

}  // namespace referee::reports
