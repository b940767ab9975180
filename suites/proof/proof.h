// The proof: inject one defect into the reference registry, run the suite, and see who accuses it.
//
//   const Proof proof = prove(*registry::find_defect("oci.subject.push-201#a"), honest_baseline);
//   EXPECT_TRUE(proof.caught());
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/registry.h"
#include "harness/engine/result.h"
#include "harness/engine/runner.h"
#include "harness/http/clock.h"
#include "harness/http/transport.h"
#include "harness/spec/requirement.h"

namespace referee::proof {

/// A check that says something against the registry which it does not say against the honest one.
struct Accusation {
  spec::Edition edition;
  std::string check;
  std::string requirement;
  engine::Outcome outcome;
  std::string reason;
  std::vector<std::pair<std::string, int>> claims;  // file and line of the claims that were violated
};

/// What a run says against the registry beyond those outcomes of the honest one, by "edition check".
std::vector<Accusation> accusations_in(const engine::RunResult& run,
                                       const std::map<std::string, engine::Outcome>& honest);

/// What one defect caused.
struct Proof {
  std::string defect;
  std::string requirement;
  std::vector<spec::Edition> editions;    // in which it was tried
  double seconds = 0;                     // of real time
  std::vector<Accusation> caught_by;      // checks of the defect's own requirement
  std::vector<Accusation> excused;        // of requirements that the defect lists in also_violates
  std::vector<Accusation> false_ones;     // of any other requirement
  std::vector<std::string> idle_excuses;  // entries of also_violates that did not occur
  std::string not_judged;                 // why nothing could be judged, if so
  std::vector<std::string> unplain;       // texts that do not read plainly: unplain_texts()

  bool caught() const { return !caught_by.empty(); }
  /// Editions in which no check of the defect's own requirement saw it.
  std::vector<spec::Edition> unseen_in() const;
  bool clean() const { return caught() && false_ones.empty() && idle_excuses.empty(); }
};

/// One line for a failed proof: what was missed, or who accused wrongly and why.
std::string describe(const Proof& proof);

/// A run of the suite against a reference registry in this process, on a clock that only moves in waits.
struct Bench {
  std::set<spec::Edition> editions;                  // both those of the registry and those judged
  std::function<bool(const engine::Check&)> checks;  // empty: all
  std::uint64_t seed = 1;
  int jobs = 1;
  bool guarded = false;  // the registry asks for tokens, and further identities are configured
  bool claims = true;    // the operator says that the registry offers Content Discovery
  bool switched = true;  // the operator has a hook that switches the referrers API
  /// How long a lawful lag may take; nothing: the defaults of a run.
  std::optional<std::chrono::milliseconds> patience = {};
  std::uint64_t walk_seed = 0;  // which ways walks take; 0: those of every run
  bool repeats = false;         // checks that pass are repeated in other surroundings
  bool rules_on_all = true;     // rules look back on what all checks exchanged
};
/// The bench with what the defect needs to show: users where it is about rights.
Bench bench_for(const registry::Defect& defect, Bench bench);

/// How a registry is set up for the bench: its editions and users.
registry::Options options_for(const Bench& bench);

/// Runs the suite through that transport, by which the registry is at `base`.
engine::RunResult run_through(http::Transport& transport, http::Clock& clock, const std::string& base,
                              registry::Registry& registry, const Bench& bench);

/// Both, in this process. Hooks and a proxied host are always configured, a claimed category unless the bench says
/// otherwise, so that no requirement lacks its option.
engine::RunResult run_on(const registry::Behaviour& behaviour, const Bench& bench);

/// The outcomes of the honest registry, computed once for each set of editions. Safe to use from several threads.
class Baseline {
 public:
  /// Outcome by "edition check", in the bench's editions and with its users.
  const std::map<std::string, engine::Outcome>& outcomes(const Bench& bench);

 private:
  using Key = std::pair<std::set<spec::Edition>, bool>;
  std::mutex mutex_;
  std::map<Key, std::map<std::string, engine::Outcome>> known_;  // guarded by mutex_
};

/// Runs the checks of the defect's family against a registry with the defect, in each edition of `editions` in which
/// its requirement exists (those for which the defect is meant, if it says so).
Proof prove(const registry::Defect& defect, const std::set<spec::Edition>& editions, const Bench& bench,
            Baseline& baseline);

/// The editions in which a defect has to be shown: one for each kind of list and each different binding of its
/// requirement or grade of its answers.
std::set<spec::Edition> telling_editions(spec::RequirementId requirement);
/// The same, where only those editions may be chosen.
std::set<spec::Edition> telling_editions(spec::RequirementId requirement, const std::set<spec::Edition>& among);

}  // namespace referee::proof
