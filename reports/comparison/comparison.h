// Saved runs and explorations side by side: requirement by requirement and probe by probe, what differs, what got
// better or worse.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

enum class Change : std::uint8_t { kBetter, kWorse, kOther };

/// A requirement or probe in one edition, where columns that judged or asked it do not all say the same.
struct Difference {
  std::string id;
  std::string edition;
  std::string about;  // what the requirement demands, or the probe asks
  bool probe = false;
  std::vector<std::string>
      values;                      // by column: the worst outcome or the answer; empty where it was not judged or asked
  Change change = Change::kOther;  // from the first column that has it to the last; probes are never better or worse
};

struct Comparison {
  std::vector<std::string> columns;  // name, target and run of each
  std::vector<Difference> differences;
  std::size_t same = 0;
  std::size_t alone = 0;  // requirements and probes that only one column judged or asked

  std::size_t count(Change change) const;
};

/// A run, or the document of an exploration.
using Saved = std::variant<SavedRun, Results>;

/// What that file holds. Throws CannotRead.
Saved load_saved(const std::filesystem::path& path);

/// A run is a column, an exploration one for each of its registries, in the order given. `names` are what the user
/// calls each of them, as far as there are any; else a column has the name that its run or exploration was given.
Comparison compare(const std::vector<Saved>& saved, const std::vector<std::string>& names = {});

/// From the best to the worst; what was skipped says the least.
int badness(Outcome outcome);

/// A difference as an entry of a change log.
enum class LogEntry : std::uint8_t {
  kBreaks,     // a requirement got worse
  kKeeps,      // one that did not pass passes now
  kImproves,   // it got better, but does not pass
  kAnswers,    // a probe is answered differently
  kOtherwise,  // a requirement that one of the columns did not judge, or only skipped
};
LogEntry log_entry_of(const Difference& difference);
/// "Breaks now", "Keeps now", ...
std::string_view heading_of(LogEntry entry);

/// The entries that the comparison has, in the order of a change log: what breaks comes first.
std::vector<LogEntry> entries_in(const Comparison& comparison);

/// For a terminal; only visible characters.
std::string comparison_text(const Comparison& comparison, std::size_t width);

}  // namespace referee::reports
