// One line on a terminal that shows a run's progress, and vanishes at its end.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "harness/engine/runner.h"
#include "harness/http/clock.h"

namespace referee::reports {

/// Draws "checks 12/345, 2 failed, 40/s: oci-1.1.1 Filtering.NamesTheFilterItApplied" over itself, at most ten times a
/// second. The clock must outlive it; the destructor clears the line.
class ProgressLine : public engine::Progress {
 public:
  using Write = std::function<void(std::string_view)>;

  /// `columns`: the width of the terminal, beyond which nothing is written.
  ProgressLine(const http::Clock& clock, std::size_t columns, Write write);
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void planned(const std::vector<spec::Edition>& editions, std::size_t checks) override;
  void finished(const engine::CheckResult& result) override;

 private:
  void draw(std::string_view current);

  const http::Clock& clock_;
  std::size_t columns_;
  Write write_;
  http::Instant start_;
  http::Instant drawn_;
  bool visible_ = false;
  std::size_t planned_ = 0;
  std::size_t finished_ = 0;
  std::size_t failed_ = 0;
};

/// A line on the descriptor (2 for stderr) if that is a terminal and `wanted` (--no-progress, --quiet); else nothing.
std::unique_ptr<engine::Progress> progress_on(int descriptor, bool wanted, const http::Clock& clock);

}  // namespace referee::reports
