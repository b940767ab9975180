// Running one check in one edition: what the body claims, throws or skips becomes an outcome.
#pragma once

#include <string>
#include <vector>

#include "harness/engine/check.h"
#include "harness/engine/result.h"
#include "harness/engine/session.h"

namespace referee::engine {

/// Runs the body under a reporter that collects its claims, after asking the gates of its requirement. Whatever the
/// body throws becomes an outcome; nothing masks a claim that was violated before. The requirement must exist in the
/// edition.
CheckResult run_check(const Check& check, Session& session);

/// Applies the rule to the exchanges; `evidence` of the result are those that break it, five at most. Skipped where the
/// rule applies to none of them.
CheckResult run_rule(const ExchangeRule& rule, spec::Edition edition,
                     const std::vector<const http::Exchange*>& exchanges, const http::BodyStore& bodies);

/// The result of a check that never got its turn.
CheckResult not_run(const Check& check, spec::Edition edition, const std::string& reason);

}  // namespace referee::engine
