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

/// Runs what the check does later in the same session, and adds to its result. Nothing is done where the check has no
/// such part, or where its body was skipped, blocked or in error.
void run_later(const Check& check, Session& session, CheckResult& result);

/// An exchange of the run, and the requirement whose check made it.
struct OwnedExchange {
  const http::Exchange* exchange;
  std::optional<spec::RequirementId> owner;
};

/// Applies the rule to the exchanges; the evidence of the result are those that break it, five at most. Skipped where
/// the rule applies to none of them.
CheckResult run_rule(const ExchangeRule& rule, spec::Edition edition, const std::vector<OwnedExchange>& exchanges,
                     const http::BodyStore& bodies, const std::string& target);

/// What the judge of those rules, which share it, says about the history: a result for each, in their order. The
/// evidence are the exchanges that the findings name. Skipped where the judge does not mention the rule.
std::vector<CheckResult> run_history_rules(const std::vector<const ExchangeRule*>& rules, const History& history);

/// The result of a check that never got its turn.
CheckResult not_run(const Check& check, spec::Edition edition, const std::string& reason);

}  // namespace referee::engine
