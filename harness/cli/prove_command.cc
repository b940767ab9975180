// `referee prove`: every seeded defect against the suite, in this process: which check catches which.
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "harness/cli/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/glob.h"
#include "harness/cli/terminal.h"
#include "suites/selftest/claims.h"
#include "suites/selftest/proof.h"

namespace referee::cli {
namespace {

std::vector<const registry::Defect*> chosen_defects(const std::vector<std::string>& globs) {
  std::vector<const registry::Defect*> chosen;
  for (const auto& defect : registry::all_defects()) {
    const auto names_it = [&](const std::string& glob) {
      return glob_matches(glob, defect.id) || glob_matches(glob, defect.violates.text());
    };
    if (globs.empty() || std::ranges::any_of(globs, names_it)) chosen.push_back(&defect);
  }
  if (chosen.empty()) throw WrongUsage("no defect is selected: globs match whole ids, see `referee list defects`");
  return chosen;
}

// Everything proven so far. Safe to use from several threads.
class Tally {
 public:
  void add(const selftest::Proof& proof) {
    const std::lock_guard lock(mutex_);
    ++(proof.clean() ? clean_ : unclean_);
    for (const auto* accusations : {&proof.caught_by, &proof.excused, &proof.false_ones}) {
      for (const auto& accusation : *accusations) broken_.insert(accusation.claims.begin(), accusation.claims.end());
    }
    if (!proof.clean()) return print(selftest::describe(proof) + "\n");
    std::set<std::string> checks;
    for (const auto& accusation : proof.caught_by) checks.insert(accusation.check);
    print(fmt::format("{}: caught by {}\n", proof.defect, fmt::join(checks, ", ")));
  }

  int clean() const { return clean_; }
  int unclean() const { return unclean_; }
  const std::set<std::pair<std::string, int>>& broken() const { return broken_; }

 private:
  std::mutex mutex_;
  int clean_ = 0;
  int unclean_ = 0;
  std::set<std::pair<std::string, int>> broken_;
};

void prove_all(const std::vector<const registry::Defect*>& defects, int jobs, const std::atomic<bool>& interrupted,
               Tally& tally) {
  selftest::Baseline baseline;
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t at = next++; at < defects.size() && !interrupted; at = next++) {
      const auto& defect = *defects[at];
      tally.add(selftest::prove(defect, selftest::telling_editions(defect.violates), {}, baseline));
    }
  };
  std::vector<std::jthread> workers;
  for (int i = 0; i < jobs; ++i) workers.emplace_back(work);
}

// Claims that no defect ever breaks and that do not say why. Only the proof of everything can tell.
std::size_t print_unproven(const Tally& tally) {
  std::size_t unexcused = 0;
  for (const auto& claim : selftest::unproven_claims(tally.broken())) {
    if (!claim.excuse.empty()) continue;
    ++unexcused;
    print(fmt::format("no defect breaks {}:{} {}\n", claim.file, claim.first_line, claim.text));
  }
  return unexcused;
}

std::size_t excuses(const std::vector<const registry::Defect*>& defects) {
  std::size_t count = 0;
  for (const auto* defect : defects) count += defect->also_violates.size();
  return count;
}

}  // namespace

int prove_command(const ProveOptions& options, const std::atomic<bool>& interrupted) {
  const auto defects = chosen_defects(options.filters);
  Tally tally;
  prove_all(defects, options.jobs, interrupted, tally);
  if (interrupted) return kInterrupted;
  const std::size_t unproven = options.filters.empty() ? print_unproven(tally) : 0;
  print(fmt::format("{} of {} defects proven; {} entries of also_violates; {}\n", tally.clean(), defects.size(),
                    excuses(defects),
                    options.filters.empty() ? fmt::format("{} claims that no defect breaks", unproven)
                                            : "claims are only counted without --filter"));
  return tally.unclean() == 0 && unproven == 0 ? kDone : kViolated;
}

}  // namespace referee::cli
