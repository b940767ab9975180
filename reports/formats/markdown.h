// summary.md: the run for a pull request or a job's summary page, failures first.
#pragma once

#include <string>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// GitHub drops a step summary above 1,024 KB whole.
inline constexpr std::size_t kMarkdownFile = 1'000'000;
inline constexpr std::size_t kLeastMarkdown = 60'000;

/// Verdict, editions, then each failed, warned, errored and blocked check with what was expected and came; noted and
/// skipped ones as counts. Below `limit` bytes, which is at least kLeastMarkdown: what does not fit is counted. Text
/// from the registry is always in code, so that it cannot be markup, a link or a mention.
std::string markdown(const SavedRun& run, std::size_t limit = kMarkdownFile);

}  // namespace referee::reports
