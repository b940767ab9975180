// A run: find out what the target offers, run the chosen checks in the chosen editions on a pool of workers, judge.
//
//   Environment world{.transport = transport, .clock = *clock};
//   RunResult result = run({.settings = settings, .specs = {.named = {Edition::kOci111}}}, world);
//   fmt::print("{}", name(result.verdict()));
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "harness/engine/check.h"
#include "harness/engine/result.h"
#include "harness/engine/settings.h"
#include "harness/http/client/client.h"

namespace referee::engine {

/// Which editions are judged: those named, and for each family asked for by `auto` the newest that the target offers.
struct SpecChoice {
  bool auto_oci = false;   // oci-1.1.1
  bool auto_oras = false;  // the newest ORAS edition whose list path answers; none if none does
  std::vector<spec::Edition> named;
};

/// Which checks run; an empty function takes all.
struct Selection {
  std::function<bool(const Check&)> checks;
  std::function<bool(const ExchangeRule&)> rules;
  bool walks = false;                                  // walks too
  bool existing = false;                               // those on content that is there, and no others
  std::function<bool(const spec::Binding&)> bindings;  // of the requirement in the edition that is judged
};

struct RunRequest {
  Settings settings;
  SpecChoice specs;
  Selection selection;
  bool keep = false;  // what is pushed stays
};

/// The outside world of a run.
struct Environment {
  http::Transport& transport;
  http::Clock& clock;
  http::Authorizer* authorizer = nullptr;
  const std::atomic<bool>* interrupted = nullptr;  // becomes true on SIGINT or SIGTERM
  std::function<void()> before_exchange;           // a rate limit
  http::Secrets* secrets = nullptr;                // what no record and no finding may show
};

/// Hears how a run progresses; calls never overlap.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void planned(const std::vector<spec::Edition>& /*editions*/, std::size_t /*checks*/) {}
  virtual void finished(const CheckResult& /*result*/) {}
};

/// Never throws for what the target does: an unreachable or unusable one gives a result without checks that says why.
/// The run ends early, marked incomplete, when interrupted, at the run timeout, or when the target has gone.
RunResult run(const RunRequest& request, const Environment& world, Progress* progress = nullptr);

/// The pairs of check and edition that the request names for those editions, in the order of the report.
struct Job {
  const Check* check;
  spec::Edition edition;
};
std::vector<Job> jobs_of(const Selection& selection, const std::vector<spec::Edition>& editions);

/// The editions that a choice means on a target with those capabilities, oldest first, each once.
class Capabilities;
std::vector<spec::Edition> editions_of(const SpecChoice& choice, const Capabilities& capabilities);

}  // namespace referee::engine
