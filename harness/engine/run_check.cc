#include "harness/engine/run_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest-spi.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <span>

#include "harness/engine/capabilities.h"
#include "harness/engine/claim.h"
#include "harness/engine/gate.h"
#include "harness/engine/repeats/elsewhere.h"

namespace referee::engine {
namespace {

using ::testing::TestPartResult;

std::string part_after(const std::string& message, const std::string& label, const std::string& until) {
  const auto at = message.find(label);
  if (at == std::string::npos) return "";
  const auto begin = at + label.size();
  const auto end = until.empty() ? std::string::npos : message.find(until, begin);
  return message.substr(begin, end == std::string::npos ? end : end - begin);
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// The parts that the claim kept; for claims that are not ours, such as EXPECT_EQ, those that its text shows.
Finding finding_of(const TestPartResult& part, spec::Verdict row_verdict, ClaimCollector& claims) {
  Finding finding;
  std::string message = part.message();
  finding.verdict = take_grade(message).value_or(row_verdict);
  if (auto kept = claims.take(message)) {
    finding.message = kept->parts.text() + (kept->note.empty() ? "" : "\n" + kept->note);
    finding.expected = std::move(kept->parts.expected);
    finding.actual = std::move(kept->parts.actual);
    finding.note = std::move(kept->note);
    finding.exchanges = std::move(kept->parts.exchanges);
  } else {
    finding.message = message;
    finding.expected = part_after(finding.message, "Expected: ", "\n  Actual: ");
    finding.actual = part_after(finding.message, "  Actual: ", "");
  }
  finding.file = part.file_name() == nullptr ? "" : part.file_name();
  finding.line = part.line_number();
  return finding;
}

Outcome outcome_of(spec::Verdict verdict) {
  switch (verdict) {
    case spec::Verdict::kInfo:
      return Outcome::kNoted;
    case spec::Verdict::kWarn:
      return Outcome::kWarned;
    default:
      return Outcome::kFailed;
  }
}

// How a body ended, apart from its claims.
struct Ending {
  Outcome outcome = Outcome::kPassed;
  std::string reason;
  bool interrupted = false;
  bool not_configured = false;
};

Ending run_body(const std::function<void()>& body) {
  try {
    body();
    return {};
  } catch (const NotConfigured& option) {
    return {.outcome = Outcome::kSkipped, .reason = option.what(), .not_configured = true};
  } catch (const NotApplicable& gate) {
    return {Outcome::kSkipped, gate.what()};
  } catch (const PremiseBroken& premise) {
    return {Outcome::kBlocked, premise.what()};
  } catch (const http::TransportFault& fault) {
    if (fault.kind() == http::FaultKind::kInterrupted)
      return {Outcome::kSkipped, "not run to its end: interrupted", true};
    return {Outcome::kError, fault.what()};
  } catch (const std::exception& error) {
    return {Outcome::kError, std::string("the check itself failed: ") + error.what()};
  }
}

// The outcome and the one-line summary that the worst finding gives, if there is one.
void conclude_findings(CheckResult& result) {
  if (result.findings.empty()) return;
  const auto worst = std::ranges::max_element(result.findings, {}, &Finding::verdict);
  result.outcome = outcome_of(worst->verdict);
  result.not_run = false;
  result.not_configured = false;
  result.reason = worst->expected.empty()
                      ? first_line(worst->message)
                      : fmt::format("expected {}; got {}", first_line(worst->expected), first_line(worst->actual));
}

// Claims decide if any is violated: nothing masks a failure, least of all what came after it.
void conclude(CheckResult& result, const ::testing::TestPartResultArray& parts, ClaimCollector& claims, Ending ending) {
  for (int i = 0; i < parts.size(); ++i) {
    const auto& part = parts.GetTestPartResult(i);
    if (part.skipped() && ending.outcome == Outcome::kPassed) ending = {Outcome::kSkipped, part.message()};
    if (part.failed()) result.findings.push_back(finding_of(part, result.binding.verdict, claims));
  }
  result.outcome = ending.outcome;
  result.reason = ending.reason;
  result.not_run = ending.interrupted;
  result.not_configured = ending.not_configured;
  conclude_findings(result);
}

Ending under_reporter(const std::function<void()>& body, ::testing::TestPartResultArray& parts) {
  const ::testing::ScopedFakeTestPartResultReporter reporter(
      ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &parts);
  return run_body(body);
}

void ask_gates(const Check& check, Session& session) {
  for (const auto gate : spec::requirement(check.requirement).gates) {
    if (gate == Gate::kFilter) continue;  // which answer is filtered, only the body can see
    require(session, gate);
  }
  if (check.traits.walk && session.settings().walks.rounds == 0) throw NotConfigured("runs without walks (--walks 0)");
  if (check.traits.long_running && !session.settings().long_running) {
    throw NotConfigured("takes long: runs with --long only");
  }
}

// A registry that puts what it was sent into its answers must not get it into the findings on them.
void redact(CheckResult& result, const Session& session) {
  result.reason = session.redacted(result.reason);
  for (auto& finding : result.findings) {
    for (auto* text : {&finding.message, &finding.expected, &finding.actual, &finding.note})
      *text = session.redacted(*text);
  }
}

CheckResult start(const std::string& id, spec::RequirementId requirement, spec::Edition edition) {
  const auto binding = spec::requirement(requirement).in(edition);
  CheckResult result{.id = id,
                     .edition = edition,
                     .requirement = requirement,
                     .binding = binding.value_or(spec::Binding{spec::Level::kImplied, spec::Verdict::kInfo}),
                     .reason = {},
                     .started = {},
                     .findings = {},
                     .exchanges = {}};
  return result;
}

// A reader of what did not come has to know that it was not waited for to the end.
void say_what_was_brief(CheckResult& result, const std::vector<std::string>& waits) {
  if (waits.empty() || result.outcome == Outcome::kPassed) return;
  const auto said = fmt::format("{}", fmt::join(waits, "; "));
  if (result.findings.empty()) result.reason += fmt::format(" ({})", said);
  for (auto& finding : result.findings) finding.note += (finding.note.empty() ? "" : "; ") + said;
}

// Adds to the result what the body claims, how it ends, and what it and the target say to each other.
void run_part(CheckResult& result, Session& session, const std::function<void()>& body) {
  http::Clock& clock = session.client().clock();
  const auto begin = clock.now();
  ::testing::TestPartResultArray parts;
  ClaimCollector claims([&] { return session.last_sequence(); });
  const Ending ending = under_reporter(body, parts);
  conclude(result, parts, claims, ending);
  say_what_was_brief(result, session.take_brief_waits());
  redact(result, session);
  std::ranges::move(session.take_exchanges(), std::back_inserter(result.exchanges));
  for (auto& [name, facts] : session.take_facts()) {
    std::ranges::move(facts, std::back_inserter(result.facts[name]));
  }
  result.seconds += std::chrono::duration<double>(clock.now() - begin).count();
}

// Adds what was exchanged and found out in a part of the check.
void add_evidence(CheckResult& part, CheckResult& result) {
  std::ranges::move(part.exchanges, std::back_inserter(result.exchanges));
  for (auto& [name, facts] : part.facts) std::ranges::move(facts, std::back_inserter(result.facts[name]));
}

// What cannot be asked in other surroundings was asked already: there only violations count. False where the target
// refused the content: no further surroundings are tried then.
// `before`: how many exchanges the check had in the first place; `begin`: the last one before its repetition.
bool add_repetition(CheckResult again, Session& session, std::size_t before, std::uint64_t begin, CheckResult& result) {
  // The target may refuse something for its content, name or size; what follows from that is not a new finding.
  bool refuses = false;
  const auto is_violation = [](const Finding& one) { return one.verdict != spec::Verdict::kInfo; };
  if (std::ranges::any_of(again.findings, is_violation)) {
    CheckResult control = start(result.id, result.requirement, result.edition);
    // A fact too: bodies are not at hand when evidence is judged again.
    const auto first = std::ranges::find_if(again.exchanges, [&](const auto& one) { return one.sequence > begin; });
    const auto ask = [&] {
      const auto here = std::span(result.exchanges).first(before);
      return refuses_content(here, {first, again.exchanges.end()}, session) ? "yes" : "";
    };
    run_part(control, session, [&] { refuses = !session.fact("content is refused", ask).empty(); });
    add_evidence(control, again);
  }
  result.seconds += again.seconds;
  add_evidence(again, result);
  const bool noted = !result.findings.empty();
  for (auto& finding : again.findings) {
    if (refuses && is_violation(finding)) continue;
    if (noted && finding.verdict == spec::Verdict::kInfo) continue;  // the same note again
    finding.note += (finding.note.empty() ? "" : "; ") + surroundings_of(session);
    result.findings.push_back(std::move(finding));
  }
  conclude_findings(result);
  return !refuses;
}

// How many different requests were sent: how often each was repeated depends on how late the target is.
std::size_t different_requests(const std::vector<http::Exchange>& exchanges) {
  std::set<std::string> requests;
  for (const auto& exchange : exchanges) requests.insert(exchange.request.method + " " + exchange.request.url);
  return requests.size();
}

bool is_kept(const CheckResult& result) {
  return result.outcome == Outcome::kPassed || result.outcome == Outcome::kNoted;
}

void repeat(const Check& check, Session& session, CheckResult& result) {
  if (!is_kept(result) || !can_be_repeated(check)) return;
  constexpr std::size_t kMostExchanges = 100;
  constexpr std::size_t kFewRequests = 30;
  const auto exchanges = result.exchanges.size();
  const auto requests = different_requests(result.exchanges);
  // Facts, since evidence that was recorded earlier has no such parts.
  const auto wanted = [&](bool brief) {
    return [&, brief] { return brief && session.settings().repeats ? "yes" : ""; };
  };
  if (session.fact("is repeated", wanted(exchanges <= kMostExchanges)).empty()) return;
  const bool often = !session.fact("is repeated in all guises", wanted(requests <= kFewRequests)).empty();
  bool moved = false;
  for (const auto guise : guises_of(check, all_checks())) {
    if (moved && (!often || !is_kept(result))) return;
    if (!fits(guise, std::span(result.exchanges).first(exchanges))) continue;
    CheckResult again = start(result.id, result.requirement, result.edition);
    bool possible = true;
    std::uint64_t begin = 0;
    run_part(again, session, [&] {
      if (!is_known(guise, session)) throw NotApplicable("the target does not know such manifests");
      if (std::exchange(moved, true)) {
        move_further(session, guise);
      } else {
        possible = move_elsewhere(session, guise);
      }
      if (!possible) throw NotApplicable("nothing can be pushed there");
      begin = session.last_sequence();
      check.body(session);
    });
    if (!add_repetition(std::move(again), session, exchanges, begin, result) || !possible) return;
  }
}

}  // namespace

void run_later(const Check& check, Session& session, CheckResult& result) {
  const bool undecided =
      result.outcome == Outcome::kSkipped || result.outcome == Outcome::kBlocked || result.outcome == Outcome::kError;
  if (check.later != nullptr && !undecided) run_part(result, session, [&] { check.later(session); });
}

CheckResult run_check(const Check& check, Session& session) {
  CheckResult result = start(check.id(), check.requirement, session.edition());
  result.started = session.client().clock().wall();
  run_part(result, session, [&] {
    ask_gates(check, session);
    if (check.traits.collects && session.collector()) session.tag_repositories();
    check.body(session);
  });
  repeat(check, session, result);
  return result;
}

CheckResult run_rule(const ExchangeRule& rule, spec::Edition edition, const std::vector<OwnedExchange>& exchanges,
                     const http::BodyStore& bodies, const std::string& target) {
  constexpr std::size_t kMostEvidence = 5;
  CheckResult result = start(rule.id(), rule.requirement, edition);
  std::set<std::string> told;
  bool applied = false;
  std::string why_not = "nothing in this run gave occasion for the rule";
  for (const auto& [exchange, owner] : exchanges) {
    if (!exchange->has_whole_heads()) continue;
    const RuleContext context{bodies, target, owner};
    ::testing::TestPartResultArray parts;
    ClaimCollector claims([&, one = exchange] { return one->sequence; });
    const Ending ending = under_reporter([&, one = exchange] { rule.body(*one, context); }, parts);
    if (ending.outcome == Outcome::kSkipped) continue;
    applied = true;
    CheckResult one = start(rule.id(), rule.requirement, edition);
    conclude(one, parts, claims, ending);
    if (one.findings.empty()) continue;
    const bool kept = result.exchanges.size() < kMostEvidence;
    if (kept) result.exchanges.push_back(*exchange);
    for (auto& finding : one.findings) {
      if (!kept) finding.exchanges.clear();
      if (told.insert(finding.message).second && told.size() <= 20) result.findings.push_back(std::move(finding));
    }
  }
  ClaimCollector no_claims([] { return 0; });
  conclude(result, ::testing::TestPartResultArray(), no_claims,
           applied ? Ending{} : Ending{Outcome::kSkipped, why_not});
  return result;
}

std::vector<CheckResult> run_history_rules(const std::vector<const ExchangeRule*>& rules, const History& history) {
  std::vector<CheckResult> results;
  if (rules.empty()) return results;
  auto verdicts = rules.front()->judge(history);
  std::map<std::uint64_t, const http::Exchange*> by_sequence;
  for (const auto& episode : history.episodes) {
    for (const auto* exchange : episode.exchanges) by_sequence.emplace(exchange->sequence, exchange);
  }
  for (const auto* rule : rules) {
    auto& result = results.emplace_back(start(rule->id(), rule->requirement, history.edition));
    const auto said = verdicts.find(rule->id());
    if (said == verdicts.end()) {
      result.outcome = Outcome::kSkipped;
      result.reason = fmt::format("no {} of this run gave occasion for the rule", rule->whole_run ? "check" : "walk");
      continue;
    }
    result.findings = std::move(said->second.findings);
    std::set<std::uint64_t> named;
    for (auto& finding : result.findings) {
      finding.file = rule->file;
      finding.line = rule->line;
      named.insert(finding.exchanges.begin(), finding.exchanges.end());
    }
    for (const auto sequence : named) {
      if (const auto found = by_sequence.find(sequence); found != by_sequence.end()) {
        result.exchanges.push_back(*found->second);
      }
    }
    conclude_findings(result);
  }
  return results;
}

CheckResult not_run(const Check& check, spec::Edition edition, const std::string& reason) {
  CheckResult result = start(check.id(), check.requirement, edition);
  result.outcome = Outcome::kSkipped;
  result.reason = "not run: " + reason;
  result.not_run = true;
  return result;
}

}  // namespace referee::engine
