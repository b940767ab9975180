#include "harness/engine/probe_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "harness/engine/capabilities.h"
#include "harness/engine/detection/diagnosis.h"
#include "harness/engine/session.h"
#include "harness/engine/upkeep/collecting.h"
#include "harness/engine/upkeep/stop.h"
#include "harness/engine/upkeep/upkeep.h"
#include "harness/spec/literals/probes.h"

namespace referee::engine {
namespace {

constexpr http::EvidenceLimits kProbeEvidence{
    .of_a_body = 16 << 10, .of_long_ones = 20 << 20, .of_short_ones = 100 << 20};

using spec::literals::operator""_probe;

// What the card of capabilities shows in addition to what detection found.
constexpr std::pair<const char*, spec::ProbeId> kOnTheCard[] = {{"cascade", "probe.delete.subject-untagged"_probe},
                                                                {"filter", "probe.filter.no-match"_probe},
                                                                {"n", "probe.page.n-honoured"_probe},
                                                                {"page size", "probe.page.default-size"_probe},
                                                                {"HEAD of a list", "probe.list.head"_probe},
                                                                {"sha512", "probe.subject.digest-alias"_probe}};

struct Question {
  const Probe* probe;
  spec::Edition edition;
};

class Explorer {
 public:
  Explorer(const ExploreRequest& request, const Environment& world, ExplorationProgress* progress)
      : request_(request),
        world_(world),
        progress_(progress),
        context_{.transport = world.transport,
                 .clock = world.clock,
                 .bodies = bodies_,
                 .authorizer = world.authorizer,
                 .sequence = sequence_,
                 .interrupted = &stop_.flag(),
                 .before_exchange = world.before_exchange,
                 .secrets = world.secrets},
        watchdog_(stop_, world.interrupted, request.settings.run_timeout) {}

  Exploration go() {
    const auto begin = world_.clock.now();
    const auto& settings = request_.settings;
    result_.run_id = settings.run_id;
    result_.started = world_.clock.wall();
    result_.target_url = settings.client.base;
    result_.target_name = request_.name;
    result_.seed = settings.seed;
    result_.options = settings.shown_options;
    if (find_capabilities()) {
      result_.editions = editions_of(request_.specs, capabilities_);
      work();
    }
    if (stop_.raised()) {
      result_.complete = false;
      result_.incomplete_because = stop_.words();
    }
    result_.capabilities = capabilities_.card();
    for (const auto& [what, probe] : kOnTheCard) {
      for (const auto& one : result_.observations) {
        if (one.probe == probe && one.reply == Reply::kAnswered) {
          result_.capabilities[fmt::format("{}, {}", what, spec::name(one.edition))] = {one.answer};
        }
      }
    }
    if (const auto words = collecting_.words(); !words.empty()) result_.capabilities["collections"] = {words};
    result_.capabilities["visibility lag"] = {fmt::format("{} ms at most", worst_lag_.count())};
    result_.bodies = bodies_.take();
    result_.seconds = std::chrono::duration<double>(world_.clock.now() - begin).count();
    return std::move(result_);
  }

 private:
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
      result_.not_explored_because = stop_.raised() ? stop_.words() : fault.what();
    }
    auto exchanges = session.take_exchanges();
    if (refusal) {
      const auto diagnosis = diagnose(*refusal, exchanges, bodies_, request_.settings.login);
      result_.not_explored_because = fmt::format("{}. {}", diagnosis.cause, diagnosis.remedy);
    }
    upkeep_.keep(std::move(exchanges));
    upkeep_.clean(session);
    return found;
  }

  void work() {
    for (const auto& probe : all_probes()) {
      if (request_.probes && !request_.probes(probe)) continue;
      for (const auto edition : result_.editions) {
        if (is_asked(probe.traits.asked, edition)) questions_.push_back({&probe, edition});
      }
    }
    answers_.resize(questions_.size());
    if (progress_ != nullptr) progress_->planned(result_.editions, questions_.size());
    const auto collecting = std::ranges::stable_partition(questions_, [&](const Question& question) {
      return !(question.probe->traits.collects && request_.settings.collect);
    });
    const std::size_t parallel = questions_.size() - collecting.size();
    on_workers(request_.settings.jobs, parallel, [this, parallel] { take_questions(parallel); });
    collecting_.run(collecting.size(), [&](std::size_t i, const Hook& collect) { take(parallel + i, collect); });
    for (auto& answer : answers_) {
      if (answer) result_.observations.push_back(*std::move(answer));
    }
    std::ranges::stable_sort(result_.observations, {}, [](const ProbeResult& one) { return weight_of(one.probe); });
  }

  void take_questions(std::size_t end) {
    const Hook undeclared = [](const std::string&) -> HookReport {
      throw std::logic_error("it collects, which its traits do not say");
    };
    for (std::size_t at = next_++; at < end; at = next_++) take(at, request_.settings.collect ? undeclared : Hook());
  }

  void take(std::size_t at, const Hook& collect) {
    if (stop_.raised()) return;
    const auto& question = questions_[at];
    if (progress_ != nullptr) {
      const std::lock_guard lock(mutex_);
      progress_->began(question.probe->id, question.edition);
    }
    ProbeResult answer = one(question, at, collect);
    const std::lock_guard lock(mutex_);
    if (progress_ != nullptr) progress_->answered(answer);
    answers_[at] = std::move(answer);
  }

  ProbeResult one(const Question& question, std::size_t at, const Hook& collect) {
    const std::string identity = fmt::format("{}/{}", spec::name(question.edition), question.probe->id.text());
    Session session(context_, request_.settings, &capabilities_, question.edition, identity, static_cast<int>(at) + 1);
    session.collect_by(collect);
    ProbeResult answer = run_probe(*question.probe, session);
    if (answer.reply == Reply::kError) upkeep_.look_whether_it_is_there();
    upkeep_.clean(session);
    const std::lock_guard lock(mutex_);
    worst_lag_ = std::max(worst_lag_, session.worst_lag());
    return answer;
  }

  const ExploreRequest& request_;
  const Environment& world_;
  ExplorationProgress* progress_;
  http::BodyStore bodies_{kProbeEvidence};
  std::atomic<std::uint64_t> sequence_{0};
  Stop stop_;
  http::ClientContext context_;
  Watchdog watchdog_;
  Capabilities capabilities_;
  std::vector<Question> questions_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::vector<std::optional<ProbeResult>> answers_;  // guarded by mutex_ while workers run, as are:
  std::chrono::milliseconds worst_lag_{0};
  Exploration result_;
  Upkeep upkeep_{context_, request_.settings, stop_, result_.run_exchanges, result_.leftovers};
  Collecting collecting_{request_.settings, stop_, world_.clock, upkeep_};
};

}  // namespace

Exploration explore(const ExploreRequest& request, const Environment& world, ExplorationProgress* progress) {
  return Explorer(request, world, progress).go();
}

}  // namespace referee::engine
