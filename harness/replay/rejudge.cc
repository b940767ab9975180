#include "harness/replay/rejudge.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <iterator>
#include <map>

#include "harness/engine/capabilities.h"
#include "harness/engine/run_check.h"
#include "harness/replay/recorded_transport.h"
#include "harness/replay/target_part.h"
#include "harness/spec/renamed_checks.h"

namespace referee::replay {
namespace {

using engine::Outcome;

// A recorded world for one check, or for the search for capabilities.
struct Stage {
  Stage(const std::vector<http::Exchange>& exchanges, const std::map<std::string, http::RecordedBody>& recorded)
      : clock(exchanges.empty() ? http::WallTime() : exchanges.front().started),
        transport(exchanges, recorded, clock),
        authorizer(transport) {}

  http::ClientContext wire() {
    return {.transport = transport,
            .clock = clock,
            .bodies = bodies,
            .authorizer = &authorizer,
            .sequence = sequence,
            .interrupted = nullptr,
            .before_exchange = {}};
  }

  RecordedClock clock;
  RecordedTransport transport;
  RecordedAuthorizer authorizer;
  http::BodyStore bodies{{.of_a_body = 0}};
  std::atomic<std::uint64_t> sequence{0};
};

// The id under which the check is known now: as it was recorded, or what it was renamed to since.
std::string name_of_today(const std::string& recorded) {
  const auto has_it = [&](const auto& each) { return each.id() == recorded; };
  if (std::ranges::any_of(engine::all_checks(), has_it)) return recorded;
  return std::string(spec::new_name_of_check(recorded).value_or(recorded));
}

Agreement agreement_of(const Gap& gap, Outcome then, Outcome now) {
  if (gap.kind == Gap::Kind::kCutBody) return Agreement::kCutBody;
  if (gap.kind == Gap::Kind::kAsksOtherwise) return Agreement::kAsksOtherwise;
  return then == now ? Agreement::kSame : Agreement::kChanged;
}

class Court {
 public:
  Court(const Evidence& evidence, TargetPart part) : evidence_(evidence), part_(std::move(part)) {
    settings_ = evidence.settings;
    settings_.client.base = part_.base;
  }

  void find_capabilities() {
    Stage stage(part_.run_exchanges, evidence_.bodies);
    engine::Session session(stage.wire(), settings_, nullptr, spec::Edition::kOci111, "detection", 0);
    try {
      capabilities_ = engine::detect(session);
    } catch (const engine::NotJudgeable& cause) {
      throw CannotRejudge(cause.what());
    } catch (const http::TransportFault& fault) {
      throw CannotRejudge(fmt::format("what {} offers cannot be found out again: {}", part_.base, fault.what()));
    }
  }

  // Those that ask otherwise get a second turn: what is measured once in a run belongs to the check that came first.
  void judge(std::vector<Rejudged>& verdicts) {
    std::vector<std::size_t> again;
    for (const auto at : part_.checks) {
      verdicts[at] = one(evidence_.checks[at]);
      if (verdicts[at].agreement == Agreement::kAsksOtherwise) again.push_back(at);
    }
    for (const auto at : again) verdicts[at] = one(evidence_.checks[at]);
  }

 private:
  Rejudged one(const RecordedCheck& recorded) {
    Rejudged verdict{.id = recorded.id, .edition = recorded.edition, .then = recorded.outcome, .now = {}, .reason = {}};
    if (recorded.not_run) {
      verdict.agreement = Agreement::kWasNotRun;
      return verdict;
    }
    const auto today = name_of_today(recorded.id);
    const auto has_its_id = [&](const auto& each) { return each.id() == today; };
    const auto check = std::ranges::find_if(engine::all_checks(), has_its_id);
    if (check != engine::all_checks().end() && spec::requirement(check->requirement).in(recorded.edition)) {
      return judged(*check, recorded, verdict);
    }
    const auto rule = std::ranges::find_if(engine::all_exchange_rules(), has_its_id);
    if (rule != engine::all_exchange_rules().end() && spec::requirement(rule->requirement).in(recorded.edition)) {
      return judged(*rule, verdict);
    }
    verdict.agreement = Agreement::kNoSuchCheck;
    return verdict;
  }

  Rejudged judged(const engine::Check& check, const RecordedCheck& recorded, Rejudged verdict) {
    Stage stage(recorded.exchanges, evidence_.bodies);
    auto settings = settings_;
    for (auto& identity : settings.identities) identity.authorizer = &stage.authorizer;
    engine::Session session(stage.wire(), settings, &capabilities_, recorded.edition,
                            fmt::format("{}/{}", spec::name(recorded.edition), recorded.id),
                            session_number(recorded.exchanges, settings));
    session.recall(recorded.facts);
    auto result = engine::run_check(check, session);
    engine::run_later(check, session, result);
    const auto gap = stage.transport.gap();
    verdict.agreement = agreement_of(gap, recorded.outcome, result.outcome);
    verdict.reason = gap.kind == Gap::Kind::kNone ? result.reason : gap.what;
    if (gap.kind == Gap::Kind::kNone) verdict.now = result.outcome;
    if (verdict.agreement == Agreement::kChanged && stage.transport.left() > 0) {
      verdict.reason += fmt::format(" (it asks {} times less than then)", stage.transport.left());
    }
    return verdict;
  }

  Rejudged judged(const engine::ExchangeRule& rule, Rejudged verdict) {
    if (rule.judge != nullptr) {
      const auto& result = looked_back(rule.judge, verdict.edition).at(rule.id());
      return concluded(std::move(verdict), result);
    }
    std::vector<engine::OwnedExchange> exchanges;
    for (const auto& exchange : part_.run_exchanges) exchanges.push_back({&exchange, {}});
    for (const auto at : part_.checks) {
      const auto& check = evidence_.checks[at];
      if (check.edition == verdict.edition) add_owned(check, exchanges);
    }
    const auto result = engine::run_rule(rule, verdict.edition, exchanges, bodies(), part_.base);
    return concluded(std::move(verdict), result);
  }

  static Rejudged concluded(Rejudged verdict, const engine::CheckResult& result) {
    verdict.now = result.outcome;
    verdict.agreement = result.outcome == verdict.then ? Agreement::kSame : Agreement::kChanged;
    verdict.reason = result.reason;
    return verdict;
  }

  // What the judge says on all its rules; it reads the history once for them.
  const std::map<std::string, engine::CheckResult>& looked_back(engine::HistoryJudge reads, spec::Edition edition) {
    auto& results = looked_back_[{reads, edition}];
    if (!results.empty()) return results;
    std::vector<const engine::ExchangeRule*> rules;
    for (const auto& rule : engine::all_exchange_rules()) {
      if (rule.judge == reads && spec::requirement(rule.requirement).in(edition)) rules.push_back(&rule);
    }
    engine::History history{
        .edition = edition, .target = part_.base, .bodies = bodies(), .settle = settings_.settle, .episodes = {}};
    std::deque<std::string> names;
    for (const auto at : part_.checks) {
      const auto& check = evidence_.checks[at];
      if (check.edition != edition || !is_check(name_of_today(check.id))) continue;
      auto& episode = history.episodes.emplace_back(engine::Episode{names.emplace_back(name_of_today(check.id)), {}});
      for (const auto& exchange : check.exchanges) episode.exchanges.push_back(&exchange);
    }
    for (auto& result : engine::run_history_rules(rules, history)) {
      const auto id = result.id;
      results.emplace(id, std::move(result));
    }
    return results;
  }

  static bool is_check(const std::string& id) {
    return std::ranges::any_of(engine::all_checks(), [&](const auto& check) { return check.id() == id; });
  }

  // The exchanges of rules are those of the checks again.
  static void add_owned(const RecordedCheck& recorded, std::vector<engine::OwnedExchange>& exchanges) {
    const auto today = name_of_today(recorded.id);
    for (const auto& check : engine::all_checks()) {
      if (check.id() != today) continue;
      for (const auto& exchange : recorded.exchanges) exchanges.push_back({&exchange, check.requirement});
    }
  }

  // What rules may look at; a body that was cut no longer has its own digest.
  const http::BodyStore& bodies() {
    if (!bodies_) {
      bodies_ = std::make_unique<http::BodyStore>();
      for (const auto& [digest, body] : evidence_.bodies) {
        if (!body.capped) bodies_->keep(body.bytes);
      }
    }
    return *bodies_;
  }

  const Evidence& evidence_;
  TargetPart part_;
  engine::Settings settings_;
  engine::Capabilities capabilities_;
  std::unique_ptr<http::BodyStore> bodies_;
  std::map<std::pair<engine::HistoryJudge, spec::Edition>, std::map<std::string, engine::CheckResult>> looked_back_;
};

}  // namespace

const char* name(Agreement agreement) {
  switch (agreement) {
    case Agreement::kSame:
      return "same";
    case Agreement::kChanged:
      return "changed";
    case Agreement::kCutBody:
      return "cut body";
    case Agreement::kAsksOtherwise:
      return "asks otherwise";
    case Agreement::kNoSuchCheck:
      return "no such check";
    case Agreement::kWasNotRun:
      return "was not run";
  }
  return "";
}

std::vector<Rejudged> rejudge(const Evidence& evidence) {
  std::vector<Rejudged> verdicts(evidence.checks.size());
  for (auto& part : parts_of(evidence)) {
    Court court(evidence, std::move(part));
    court.find_capabilities();
    court.judge(verdicts);
  }
  return verdicts;
}

}  // namespace referee::replay
