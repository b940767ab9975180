// report.html: the run as one page that opens from disk, for people who have to act on it or pass it on.
#pragma once

#include <string>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// The page keeps below this, whatever a registry answered: values shrink before it grows further.
inline constexpr std::size_t kReportPage = 2'900'000;

/// What the page's script shows: the run, each check, and for those that did not pass the findings, exchanges and
/// reproduction. Long values are cut, and say so; the exchanges of passed checks are counted only.
Results report_data(const SavedRun& run);

/// The whole page.
std::string report_page(const SavedRun& run);

}  // namespace referee::reports
