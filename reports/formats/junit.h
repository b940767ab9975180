// junit.xml, for the readers that exist: valid by the xsd of the Jenkins xunit plugin, flat, with counts that add up.
#pragma once

#include <string>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// At most 64 KiB in a text node, 10 MB in a file: what the strictest readers take.
inline constexpr std::size_t kJunitTextNode = 64 * 1024;
inline constexpr std::size_t kJunitFile = 10'000'000;

/// One suite for each edition and suite, the classname "edition.Suite", the name that of the check. Failed checks are
/// failures of the requirement's level; warned ones too where the run is strict about SHOULD, else they pass with their
/// story in system-out, as noted ones do; errors are errors; skipped, blocked and not run are skipped. A run that came
/// to no check has one case "referee.Run", "CanJudgeTheTarget" that says why: an error, or skipped if it was
/// interrupted. Texts shrink before the file grows beyond kJunitFile.
std::string junit_xml(const SavedRun& run);

}  // namespace referee::reports
