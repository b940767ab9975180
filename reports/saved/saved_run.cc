#include "reports/saved/saved_run.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "harness/spec/requirement.h"
#include "harness/spec/source_url.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

void clean(std::string& text) { text = valid_utf8(text); }

void clean(std::vector<std::string>& texts) {
  for (auto& text : texts) clean(text);
}

void clean(std::map<std::string, std::string>& texts) {
  std::map<std::string, std::string> cleaned;
  for (const auto& [key, value] : texts) cleaned[valid_utf8(key)] = valid_utf8(value);
  texts = std::move(cleaned);
}

void clean(std::vector<http::HeaderLine>& headers) {
  for (auto& line : headers) {
    clean(line.name);
    clean(line.value);
  }
}

void clean(std::vector<http::Exchange>& exchanges) {
  for (auto& exchange : exchanges) {
    clean(exchange.request.method);
    clean(exchange.request.url);
    clean(exchange.request.headers);
    clean(exchange.fault);
    if (!exchange.response) continue;
    clean(exchange.response->reason);
    clean(exchange.response->headers);
  }
}

// The path below the project's root: where the program was built says nothing about the finding.
std::string file_name(const std::string& path) {
  const auto at = path.rfind("/suites/");
  return valid_utf8(at == std::string::npos ? path : path.substr(at + 1));
}

SavedFinding saved_finding(const engine::Finding& finding) {
  return {.message = valid_utf8(finding.message),
          .expected = valid_utf8(finding.expected),
          .actual = valid_utf8(finding.actual),
          .note = valid_utf8(finding.note),
          .exchanges = finding.exchanges,
          .verdict = finding.verdict,
          .file = file_name(finding.file),
          .line = finding.line};
}

std::vector<SavedEdition> saved_editions(const engine::RunResult& run) {
  std::vector<SavedEdition> editions;
  for (const auto edition : run.editions) {
    SavedEdition saved{edition, run.verdict(edition), run.counts(edition), std::nullopt};
    if (const auto offer = run.offered.find(edition); offer != run.offered.end()) saved.offered = offer->second;
    editions.push_back(saved);
  }
  return editions;
}

template <typename Enum, std::size_t kCount>
std::optional<Enum> entry_named(const std::array<const char*, kCount>& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

constexpr std::array kVersionNames = {"referee-results/1", "referee-results/1.1"};
constexpr std::array kStateNames = {"known", "new", "expired", "unexpected pass", "passes now"};
constexpr std::array kGateNames = {"held", "broken", "undecided"};

}  // namespace

const char* name(Version version) { return kVersionNames[static_cast<std::size_t>(version)]; }
const char* name(BaselineState state) { return kStateNames[static_cast<std::size_t>(state)]; }
const char* name(BaselineGate gate) { return kGateNames[static_cast<std::size_t>(gate)]; }

std::optional<Version> version_named(std::string_view text) { return entry_named<Version>(kVersionNames, text); }

std::optional<BaselineState> baseline_state_named(std::string_view text) {
  return entry_named<BaselineState>(kStateNames, text);
}

std::optional<BaselineGate> baseline_gate_named(std::string_view text) {
  return entry_named<BaselineGate>(kGateNames, text);
}

std::string SavedCheck::name() const { return std::string(spec::name(edition)) + " " + id; }

std::string SavedRun::wording_of(const std::string& requirement) const {
  const auto found = std::ranges::find(requirements, requirement, &SavedRequirement::id);
  return found == requirements.end() ? "" : found->text;
}

SavedRequirement saved_requirement(spec::RequirementId id) {
  const auto& row = spec::requirement(id);
  return {std::string(row.id), std::string(row.group), std::string(row.anchor), std::string(row.text)};
}

SavedCheck saved_check(engine::CheckResult check) {
  SavedCheck saved{.id = valid_utf8(check.id),
                   .edition = check.edition,
                   .requirement = std::string(check.requirement.text()),
                   .level = check.binding.level,
                   .verdict = check.binding.verdict,
                   .source = spec::source_url(spec::requirement(check.requirement), check.edition),
                   .outcome = check.outcome,
                   .reason = valid_utf8(check.reason),
                   .not_run = check.not_run,
                   .not_configured = check.not_configured,
                   .baseline = {},
                   .started = check.started,
                   .seconds = check.seconds,
                   .findings = {},
                   .exchanges = std::move(check.exchanges),
                   .facts = std::move(check.facts)};
  for (const auto& finding : check.findings) saved.findings.push_back(saved_finding(finding));
  clean(saved.exchanges);
  for (auto& [name, told] : saved.facts) clean(told);
  return saved;
}

SavedRun saved_run(engine::RunResult run, ToolInfo tool) {
  SavedRun saved;
  saved.tool = std::move(tool);
  saved.verdict = run.verdict();
  saved.blocking = run.blocking();
  saved.editions = saved_editions(run);
  saved.counts = run.counts();
  saved.run = valid_utf8(run.run_id);
  saved.started = run.started;
  saved.seconds = run.seconds;
  saved.complete = run.complete;
  if (!run.complete) saved.incomplete_reason = run.incomplete_reason;
  saved.incomplete_because = valid_utf8(run.incomplete_because);
  saved.target_url = valid_utf8(run.target_url);
  saved.capabilities = std::move(run.capabilities);
  saved.seed = run.seed;
  saved.options = std::move(run.options);
  saved.strict_should = run.strict_should;
  saved.not_judged_because = valid_utf8(run.not_judged_because);
  saved.not_judged_remedy = valid_utf8(run.not_judged_remedy);
  std::set<spec::RequirementId> requirements;
  for (const auto& check : run.checks) requirements.insert(check.requirement);
  for (const auto id : requirements) saved.requirements.push_back(saved_requirement(id));
  for (auto& check : run.checks) saved.checks.push_back(saved_check(std::move(check)));
  std::ranges::stable_sort(saved.checks, {}, [](const auto& check) { return std::tie(check.edition, check.id); });
  saved.run_exchanges = std::move(run.run_exchanges);
  saved.bodies = std::move(run.bodies);
  saved.leftovers = std::move(run.leftovers);
  saved.turns = std::move(run.turns);
  clean(saved.blocking);
  for (auto& [what, said] : saved.capabilities) clean(said.words);
  clean(saved.options);
  clean(saved.run_exchanges);
  clean(saved.leftovers);
  for (auto& turn : saved.turns) clean(turn.output);
  return saved;
}

// The first enumerators are those of Outcome.
static_assert(static_cast<int>(Standing::kPassed) == static_cast<int>(Outcome::kPassed) &&
              static_cast<int>(Standing::kError) == static_cast<int>(Outcome::kError));

Standing standing(const SavedRun& run, const SavedCheck& check) {
  if (check.baseline && check.baseline->state == BaselineState::kKnown) return Standing::kKnown;
  if (check.baseline && check.baseline->state == BaselineState::kUnexpectedPass) return Standing::kUnexpectedPass;
  if (check.outcome == Outcome::kWarned && run.strict_should) return Standing::kFailed;
  return static_cast<Standing>(check.outcome);
}

const char* name(Standing standing) {
  if (standing == Standing::kKnown) return name(BaselineState::kKnown);
  if (standing == Standing::kUnexpectedPass) return name(BaselineState::kUnexpectedPass);
  return name(static_cast<Outcome>(standing));
}

const char* outcome_word(const SavedCheck& check) { return check.not_run ? "not run" : name(check.outcome); }

}  // namespace referee::reports
