// Runs of the whole suite against the reference registry in its lawful moods: no requirement may accuse it, and what
// stays unjudged is known beforehand.
//
//   for (const auto edition : editions_of(mood)) lines_of(run_in(mood, edition));
#pragma once

#include <set>
#include <string>
#include <vector>

#include "fixtures/registry/mood.h"
#include "harness/engine/runner.h"
#include "harness/spec/edition.h"

namespace referee::proof {

/// The editions in which a mood is tried: one of each kind of list, as far as the catalogue gives the mood to it.
std::vector<spec::Edition> editions_of(const registry::Mood& mood);

/// Every check of the edition, in this process, against a registry in that mood, whose id may name several; with users
/// where one is about rights. No category is claimed for the registry.
engine::RunResult run_in(const registry::Mood& mood, spec::Edition edition);
/// The same against the honest registry.
engine::RunResult run_honest(spec::Edition edition);

/// What did not pass, as "edition outcome check-id", sorted.
std::vector<std::string> lines_of(const engine::RunResult& run);

/// Whether the catalogue lets a registry be warned by that row in that edition: by its verdict or by a graded answer.
bool may_warn(spec::RequirementId requirement, spec::Edition edition);

/// How what a run left is unlike the record of its mood.
struct Unlike {
  std::vector<std::string> unrecorded;  // a new warning accuses a lawful registry; a new skip leaves a rule unjudged
  std::vector<std::string> idle;        // recorded, did not occur

  bool none() const { return unrecorded.empty() && idle.empty(); }
};

/// `lines` against `record`, both sorted; where editions are named, only the record's lines of those count.
Unlike unlike(const std::vector<std::string>& lines, const std::vector<std::string>& record,
              const std::set<spec::Edition>& named = {});

/// Whether the mood has a record. Where it strikes by the number of requests or pushes, which checks are blocked
/// changes with each check that is added: then it has none, and all that is wanted is that no check accuses.
bool has_record(const std::string& mood_id);

/// The file that records the lines of a mood, without "mood."; "honest" is that of the honest registry. Relative to the
/// root of the sources.
std::string record_of(const std::string& mood_id);

}  // namespace referee::proof
