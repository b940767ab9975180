// Rules that look back on whole sessions: what the target acknowledged early says what it had to answer later.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/engine/result.h"
#include "harness/http/record/transcript.h"
#include "harness/spec/edition.h"

namespace referee::engine {

/// What one check and the target said to each other, in the order of sending.
struct Episode {
  std::string_view check;  // its id
  std::vector<const http::Exchange*> exchanges;
};

/// What a judge of histories looks back on: the sessions of one edition.
struct History {
  spec::Edition edition;
  const std::string& target;  // the base URL
  const http::BodyStore& bodies;
  std::chrono::milliseconds settle;  // how long a change may take to show
  std::vector<Episode> episodes;
};

/// What a judge says about one rule. A rule that it does not mention did not apply.
struct HistoryVerdict {
  std::vector<Finding> findings;  // each with the exchanges that show it
};
using HistoryVerdicts = std::map<std::string, HistoryVerdict>;  // by the id of the rule

/// Reads the history once and judges several rules. It must not talk to the registry.
using HistoryJudge = HistoryVerdicts (*)(const History& history);

}  // namespace referee::engine
