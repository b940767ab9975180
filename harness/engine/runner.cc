#include "harness/engine/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>

#include "harness/engine/capabilities.h"
#include "harness/engine/detection/diagnosis.h"
#include "harness/engine/run_check.h"
#include "harness/engine/session.h"
#include "harness/engine/upkeep/collecting.h"
#include "harness/engine/upkeep/stop.h"
#include "harness/engine/upkeep/upkeep.h"

namespace referee::engine {

std::vector<Job> jobs_of(const Selection& selection, const std::vector<spec::Edition>& editions) {
  std::vector<Job> jobs;
  for (const auto edition : editions) {
    for (const auto& check : all_checks()) {
      const auto binding = spec::requirement(check.requirement).in(edition);
      if (check.traits.existing != selection.existing) continue;
      if (check.traits.walk && !selection.walks) continue;
      if (binding && (!selection.bindings || selection.bindings(*binding)) &&
          (!selection.checks || selection.checks(check)))
        jobs.push_back({&check, edition});
    }
  }
  return jobs;
}

std::vector<spec::Edition> editions_of(const SpecChoice& choice, const Capabilities& capabilities) {
  std::set<spec::Edition> editions(choice.named.begin(), choice.named.end());
  if (choice.auto_oci) editions.insert(spec::Edition::kOci111);
  const auto newest = capabilities.newest_oras_edition();
  if (choice.auto_oras && newest) editions.insert(*newest);
  return {editions.begin(), editions.end()};
}

namespace {

// Of each body more than any list or document of a check that is not about size, so that the results of a run stay
// readable; of all more than any run of all editions needs.
constexpr http::EvidenceLimits kEvidence{.of_a_body = 128 << 10, .of_long_ones = 20 << 20, .of_short_ones = 100 << 20};

class Run {
 public:
  Run(const RunRequest& request, const Environment& world, Progress* progress)
      : request_(request),
        world_(world),
        progress_(progress),
        context_{.transport = world.transport,
                 .clock = world.clock,
                 .bodies = bodies_,
                 .authorizer = world.authorizer,
                 .sequence = sequence_,
                 .interrupted = &stop_.flag(),
                 .before_exchange = within(request.settings.run_timeout, world.before_exchange),
                 .secrets = world.secrets},
        watchdog_(stop_, world.interrupted, request.settings.run_timeout) {}

  RunResult go() {
    const auto begin = world_.clock.now();
    describe();
    if (find_capabilities()) {
      result_.editions = editions_of(request_.specs, capabilities_);
    }
    if (result_.not_judged_because.empty() && has_what_it_judges()) {
      jobs_ = jobs_of(request_.selection, result_.editions);
      if (progress_ != nullptr) progress_->planned(result_.editions, jobs_.size());
      work();
      clean_blobs();
      apply_rules();
    }
    if (stop_.raised()) {
      result_.complete = false;
      if (result_.incomplete_reason == IncompleteReason::kUnknown) result_.incomplete_reason = stop_.reason();
      result_.incomplete_because = result_.not_judged_because.empty() ? stop_.words() : result_.not_judged_because;
    }
    result_.capabilities = capabilities_.card();
    for (const auto edition : result_.editions) result_.offered[edition] = capabilities_.offers(edition);
    if (const auto words = collecting_.words(); !words.empty()) result_.capabilities["collections"] = {words};
    result_.turns = collecting_.turns();
    result_.capabilities["visibility lag"] = {fmt::format("{} ms at most", worst_lag_.count())};
    result_.bodies = bodies_.take();
    result_.seconds = std::chrono::duration<double>(world_.clock.now() - begin).count();
    redact();
    return std::move(result_);
  }

 private:
  void describe() {
    result_.run_id = request_.settings.run_id;
    result_.started = world_.clock.wall();
    result_.target_url = request_.settings.client.base;
    result_.seed = request_.settings.seed;
    result_.options = request_.settings.shown_options;
    result_.strict_should = request_.settings.strict_should;
  }

  // The checks' own texts are redacted as they end.
  void redact() {
    for (auto* text : {&result_.not_judged_because, &result_.incomplete_because}) {
      *text = http::redact_text(*text, world_.secrets);
    }
    for (auto& [what, answer] : result_.capabilities) answer.words = http::redact_text(answer.words, world_.secrets);
    for (auto& turn : result_.turns) turn.output = http::redact_text(turn.output, world_.secrets);
    for (auto& leftover : result_.leftovers) leftover = http::redact_text(leftover, world_.secrets);
  }

  bool find_capabilities() {
    Session session(context_, request_.settings, nullptr, spec::Edition::kOci111, "detection", 0);
    bool found = false;
    std::optional<NotJudgeable> refusal;
    try {
      capabilities_ = detect(session);
      found = true;
    } catch (const NotJudgeable& cause) {
      refusal = cause;
    } catch (const http::TransportFault& fault) {
      result_.not_judged_because = stop_.raised() ? stop_.words() : fault.what();
    }
    auto exchanges = session.take_exchanges();
    if (refusal) {
      auto diagnosis = diagnose(*refusal, exchanges, bodies_, request_.settings.login);
      result_.not_judged_because = std::move(diagnosis.cause);
      result_.not_judged_remedy = std::move(diagnosis.remedy);
    }
    if (!found && stop_.raised() && !exchanges.empty() && !exchanges.back().fault.empty()) {
      const auto& asked = exchanges.back().request;
      result_.not_judged_because += fmt::format(" before {} {} was answered", asked.method, asked.url);
      if (stop_.reason() == IncompleteReason::kRunTimeout) result_.incomplete_reason = IncompleteReason::kNoAnswer;
    }
    upkeep_.keep(std::move(exchanges));
    clean(session);
    return found;
  }

  // A run that only reads judges lists: where no edition has one there is nothing.
  bool has_what_it_judges() {
    if (!request_.settings.existing_subject) return true;
    std::string because;
    for (const auto edition : result_.editions) {
      const bool oci = wire_of(edition) == ListWire::kOci;
      const auto list = capabilities_.of(oci ? Gate::kReferrers : Gate::kOras, edition);
      if (list.met) return true;
      because += fmt::format("; {}: {}", spec::name(edition), list.because);
    }
    result_.not_judged_because =
        "there is nothing to judge: a run that only reads judges lists of referrers, and the target has none" + because;
    return false;
  }

  void work() {
    results_.resize(jobs_.size());
    // Walks wait most, so they begin first; what changes the target for everyone comes last, and alone.
    std::ranges::stable_partition(jobs_, [](const Job& job) { return job.check->traits.walk; });
    std::ranges::stable_partition(jobs_, [](const Job& job) { return !job.check->traits.exclusive; });
    const auto alone = std::ranges::find_if(jobs_, [](const Job& job) { return job.check->traits.exclusive; });
    const auto collecting = std::stable_partition(jobs_.begin(), alone, [&](const Job& job) { return !collects(job); });
    const auto parallel = static_cast<std::size_t>(collecting - jobs_.begin());
    const auto shared = static_cast<std::size_t>(alone - jobs_.begin());
    on_workers(request_.settings.jobs, jobs_.size(), [this, parallel] { take_jobs(parallel); });
    next_ = 0;
    on_workers(request_.settings.jobs, resting_.size(), [this] { take_resting(); });
    collecting_.run(shared - parallel, [&](std::size_t i, const Hook& collect) { take(parallel + i, collect); });
    next_ = shared;
    take_jobs(jobs_.size());
    for (auto& result : results_) result_.checks.push_back(*std::move(result));
  }

  // Whether it takes turns with other such checks; what only seems to collect may run with all others.
  bool collects(const Job& job) const { return job.check->traits.collects && request_.settings.collect; }

  void take_jobs(std::size_t end) {
    const Hook undeclared = [](const std::string&) -> HookReport {
      throw std::logic_error("it collects, which its traits do not say");
    };
    for (std::size_t at = next_++; at < end; at = next_++) take(at, request_.settings.collect ? undeclared : Hook());
  }

  void take(std::size_t at, const Hook& collect) {
    const Job& job = jobs_[at];
    if (stop_.raised()) {
      finish(at, not_run(*job.check, job.edition, stop_.words()));
    } else {
      one(job, at, collect);
    }
  }

  // The second look of those checks that have one.
  void take_resting() {
    for (std::size_t i = next_++; i < resting_.size(); i = next_++) {
      auto& [at, result, session] = resting_[i];
      if (!stop_.raised()) run_later(*jobs_[at].check, *session, result);
      end(at, std::move(result), std::move(session));
    }
  }

  void finish(std::size_t at, CheckResult result) {
    const std::lock_guard lock(mutex_);
    if (progress_ != nullptr) progress_->finished(result);
    results_[at] = std::move(result);
  }

  void one(const Job& job, std::size_t at, const Hook& collect) {
    const std::string identity = fmt::format("{}/{}", spec::name(job.edition), job.check->id());
    auto session = std::make_unique<Session>(context_, request_.settings, &capabilities_, job.edition, identity,
                                             static_cast<int>(at) + 1);
    session->collect_by(collect);
    CheckResult result = run_check(*job.check, *session);
    if (job.check->later == nullptr) return end(at, std::move(result), std::move(session));
    const std::lock_guard lock(mutex_);
    resting_.push_back({at, std::move(result), std::move(session)});
  }

  void end(std::size_t at, CheckResult result, std::unique_ptr<Session> session) {
    if (result.outcome == Outcome::kError) look_whether_it_is_there();
    clean(*session, Session::Extent::kManifests);
    {
      const std::lock_guard lock(mutex_);
      worst_lag_ = std::max(worst_lag_, session->worst_lag());
      if (session->has_pushed()) with_blobs_.push_back(std::move(session));
    }
    finish(at, std::move(result));
  }

  void look_whether_it_is_there() {
    const auto gone = upkeep_.look_whether_it_is_there();
    const std::lock_guard lock(mutex_);
    if (cannot_clean_.empty()) cannot_clean_ = gone;
  }

  // Checks push the same blobs, and some registries keep them once for all repositories: none goes while a check may
  // still need it.
  void clean_blobs() {
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
      for (std::size_t at = next++; at < with_blobs_.size(); at = next++) {
        clean(*with_blobs_[at], Session::Extent::kEverything);
      }
    };
    on_workers(request_.settings.jobs, with_blobs_.size(), take);
  }

  void clean(Session& session, Session::Extent extent = Session::Extent::kEverything) {
    std::string why_not;
    {
      const std::lock_guard lock(mutex_);
      why_not = cannot_clean_;
    }
    if (why_not.empty() && request_.keep) why_not = "kept, as --keep asks";
    auto fault = upkeep_.clean(session, extent, why_not);
    const std::lock_guard lock(mutex_);
    const bool last = extent == Session::Extent::kEverything || stop_.raised();
    if (last && cannot_clean_.empty()) cannot_clean_ = std::move(fault);
  }

  void apply_rules() {
    const std::size_t checks = result_.checks.size();
    for (const auto edition : result_.editions) {
      std::vector<OwnedExchange> exchanges;
      for (const auto& exchange : result_.run_exchanges) exchanges.push_back({&exchange, {}});
      for (std::size_t i = 0; i < checks; ++i) {
        if (result_.checks[i].edition != edition) continue;
        for (const auto& exchange : result_.checks[i].exchanges) {
          exchanges.push_back({&exchange, result_.checks[i].requirement});
        }
      }
      std::map<HistoryJudge, std::vector<const ExchangeRule*>> looking_back;
      for (const auto& rule : all_exchange_rules()) {
        if (request_.selection.rules && !request_.selection.rules(rule)) continue;
        const auto binding = spec::requirement(rule.requirement).in(edition);
        if (!binding || (request_.selection.bindings && !request_.selection.bindings(*binding))) continue;
        if (rule.judge != nullptr) {
          if (request_.selection.walks || rule.whole_run) looking_back[rule.judge].push_back(&rule);
        } else {
          keep_verdict(run_rule(rule, edition, exchanges, bodies_, result_.target_url));
        }
      }
      if (looking_back.empty()) continue;
      const auto history = history_of(edition, checks);
      for (const auto& [judge, rules] : looking_back) {
        for (auto& result : run_history_rules(rules, history)) keep_verdict(std::move(result));
      }
    }
    std::ranges::move(verdicts_of_rules_, std::back_inserter(result_.checks));
    std::ranges::stable_sort(result_.checks, {}, [](const CheckResult& r) { return std::pair(r.edition, r.id); });
  }

  void keep_verdict(CheckResult result) {
    if (progress_ != nullptr) progress_->finished(result);
    verdicts_of_rules_.push_back(std::move(result));
  }

  History history_of(spec::Edition edition, std::size_t checks) const {
    History history{.edition = edition,
                    .target = result_.target_url,
                    .bodies = bodies_,
                    .settle = request_.settings.settle,
                    .episodes = {}};
    for (std::size_t i = 0; i < checks; ++i) {
      const auto& check = result_.checks[i];
      if (check.edition != edition) continue;
      auto& episode = history.episodes.emplace_back(Episode{check.id, {}});
      for (const auto& exchange : check.exchanges) episode.exchanges.push_back(&exchange);
    }
    return history;
  }

  const RunRequest& request_;
  const Environment& world_;
  Progress* progress_;
  http::BodyStore bodies_{kEvidence};
  std::atomic<std::uint64_t> sequence_{0};
  Stop stop_;
  http::ClientContext context_;
  Watchdog watchdog_;
  Capabilities capabilities_;
  std::vector<Job> jobs_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::vector<std::optional<CheckResult>> results_;  // guarded by mutex_ while workers run, as are:
  std::vector<std::unique_ptr<Session>> with_blobs_;
  struct Resting {
    std::size_t at;
    CheckResult result;
    std::unique_ptr<Session> session;
  };
  std::vector<Resting> resting_;  // checks that look again once the others have run
  std::string cannot_clean_;      // why, once the target no longer answers deletions
  std::chrono::milliseconds worst_lag_{0};
  RunResult result_;
  Upkeep upkeep_{context_, request_.settings, stop_, result_.run_exchanges, result_.leftovers};
  Collecting collecting_{request_.settings, stop_, world_.clock, upkeep_};
  std::vector<CheckResult> verdicts_of_rules_;
};

}  // namespace

RunResult run(const RunRequest& request, const Environment& world, Progress* progress) {
  return Run(request, world, progress).go();
}

}  // namespace referee::engine
