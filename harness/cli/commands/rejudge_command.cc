// `referee rejudge`: judge recorded evidence again, without the registry.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/recorded_settings.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/host/tool.h"
#include "reports/plain_text.h"
#include "reports/saved/load_results.h"
#include "reports/saved/read_results.h"
#include "reports/saved/seal.h"

namespace referee::cli {
namespace {

using replay::Agreement;

constexpr std::size_t kMostDamages = 20;

int complain_unjudged(const std::string& why) {
  complain(fmt::format("{}: nothing was judged again", why));
  return kViolated;
}

// Damaged evidence proves nothing.
int complain_of_damages(const std::vector<reports::Damage>& damages) {
  for (std::size_t i = 0; i < std::min(damages.size(), kMostDamages); ++i) {
    complain(fmt::format("damaged: {}: {}", damages[i].where, damages[i].what));
  }
  return complain_unjudged(
      fmt::format("the evidence is damaged in {} place{}", damages.size(), damages.size() == 1 ? "" : "s"));
}

std::string line_of(const replay::Rejudged& one) {
  std::string line = fmt::format("{:<14} {} {}: then {}", name(one.agreement), spec::name(one.edition), one.id,
                                 engine::name(one.then));
  if (one.now) line += fmt::format(", now {}", engine::name(*one.now));
  if (!one.reason.empty()) line += ": " + reports::one_line(one.reason, 300);
  return line + "\n";
}

std::string other_version(const reports::ToolInfo& recorder) {
  const auto then = fmt::format("{} ({})", recorder.version, recorder.commit);
  const auto now = fmt::format("{} ({})", tool_version(), tool_commit());
  return then == now ? "" : fmt::format("recorded by version {}, judged again by {}\n", then, now);
}

// The verdict holds only if each outcome is the same, or had no verdict then.
bool stands(const replay::Rejudged& one) {
  return one.agreement == Agreement::kSame || one.agreement == Agreement::kWasNotRun;
}

}  // namespace

int rejudge_command(const RejudgeOptions& options) {
  const auto document = reports::load_document(options.results);
  if (!options.verify_key.empty()) {
    const auto why = reports::why_not_signed_by(document, options.verify_key);
    if (!why.empty()) return complain_unjudged(fmt::format("{}: {}", options.results, why));
  }
  if (const auto damages = reports::damages(document); !damages.empty()) return complain_of_damages(damages);

  auto run = reports::run_of(document);
  std::string text = other_version(run.tool);
  const auto verdict_then = run.verdict;
  const auto verdicts = replay::rejudge(evidence_of(std::move(run)));
  std::array<std::size_t, replay::kAgreementCount> counts{};
  for (const auto& one : verdicts) {
    ++counts[static_cast<std::size_t>(one.agreement)];
    if (one.agreement != Agreement::kSame) text += line_of(one);
  }
  const auto count = [&](Agreement agreement) { return counts[static_cast<std::size_t>(agreement)]; };
  text += fmt::format(
      "judged again: {} checks, {} as then, {} changed, {} blocked without the whole body, {} ask otherwise, {} "
      "unknown today, {} not run then\n",
      verdicts.size(), count(Agreement::kSame), count(Agreement::kChanged), count(Agreement::kCutBody),
      count(Agreement::kAsksOtherwise), count(Agreement::kNoSuchCheck), count(Agreement::kWasNotRun));
  text += fmt::format("verdict then: {}\n", engine::name(verdict_then));
  print(text);
  return std::ranges::all_of(verdicts, stands) ? kDone : kViolated;
}

}  // namespace referee::cli
