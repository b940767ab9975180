#include "reports/saved/profile.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/http/message.h"

namespace referee::reports {
namespace {

constexpr std::array kFeatureStateNames = {"supported", "not offered", "violated", "not judged"};

// A feature and the requirements that it is made of: those whose ids begin so. The first that fits counts.
struct FeatureRow {
  std::string_view name;
  bool core;
  std::string_view ids;
};
constexpr std::array kFeatures = std::to_array<FeatureRow>({
    {"pushing manifests with a subject", true, "oci.subject."},
    {"storing manifests", true, "oci.manifest."},
    {"storing blobs", true, "oci.blob."},
    {"content of images", true, "img."},
    {"pushes at the same time", true, "oci.concurrency."},
    {"errors and warnings", true, "oci.error."},
    {"errors and warnings", true, "oci.warning."},
    {"authorization", false, "oci.http.auth-list"},
    {"HTTP", true, "oci.http."},
    {"support of the API", true, "oci.support."},
    {"listing referrers", false, "oci.referrers.list."},
    {"filtering", false, "oci.referrers.filter."},
    {"paging", false, "oci.referrers.page."},
    {"deletion of tags", false, "oci.delete.tag-"},
    {"deletion of blobs", false, "oci.delete.blob-"},
    {"deletion of manifests", false, "oci.delete."},
    {"fallback tag", false, "oci.fallback."},
    {"upgrade from the fallback tag", false, "oci.upgrade."},
    {"discovery of extensions", false, "oci.ext."},
    {"ORAS artifact manifests", false, "oras.manifest."},
    {"ORAS artifact manifests", false, "oras.subject."},
    {"ORAS lifecycle", false, "oras.lifecycle."},
    {"ORAS listing", false, "oras.referrers."},
    {"ORAS paging", false, "oras.page."},
    {"ORAS sorting", false, "oras.sort."},
    {"ORAS filtering", false, "oras.filter."},
    {"ORAS discovery", false, "oras.discover."},
    {"ORAS discovery", false, "oras.version."},
    {"ORAS, all else", false, "oras."},
});

const FeatureRow* feature_of(std::string_view requirement) {
  const auto row =
      std::ranges::find_if(kFeatures, [&](const FeatureRow& each) { return requirement.starts_with(each.ids); });
  return row == kFeatures.end() ? nullptr : &*row;
}

FeatureState state_of(const engine::Counts& counts, int not_run) {
  if (counts.of(Outcome::kFailed) > 0) return FeatureState::kViolated;
  if (counts.of(Outcome::kPassed) > 0) return FeatureState::kSupported;
  const bool skipped_by_itself = counts.of(Outcome::kSkipped) == counts.total() && not_run < counts.total();
  return skipped_by_itself ? FeatureState::kNotOffered : FeatureState::kNotJudged;
}

const char* api_of(spec::Edition edition) {
  return spec::family(edition) == spec::Family::kOras ? "ORAS referrers API" : "OCI referrers API";
}

// What of the verdict on that edition an API that is not offered takes away.
std::string without_api(RunVerdict verdict, const SavedEdition& judged) {
  if (judged.offered.value_or(true)) return name(verdict);
  const bool push_rules = verdict == RunVerdict::kConformant && spec::family(judged.edition) != spec::Family::kOras;
  return fmt::format("{}{}; {} not offered", name(verdict), push_rules ? " to the push rules" : "",
                     api_of(judged.edition));
}

std::string verdict_and_api(const SavedRun& run) {
  // One edition with the API is enough to name it; of several without, the newest counts.
  const SavedEdition* without = nullptr;
  bool with = false;
  for (const auto& judged : run.editions) {
    with = with || judged.offered.value_or(true);
    if (!judged.offered.value_or(true)) without = &judged;
  }
  return with || without == nullptr ? name(run.verdict) : without_api(run.verdict, *without);
}

}  // namespace

const char* name(FeatureState state) { return kFeatureStateNames[static_cast<std::size_t>(state)]; }

std::optional<FeatureState> feature_state_named(std::string_view text) {
  const auto found = std::ranges::find(kFeatureStateNames, text);
  return found == kFeatureStateNames.end()
             ? std::nullopt
             : std::optional(static_cast<FeatureState>(found - kFeatureStateNames.begin()));
}

std::vector<std::string> narrowing_options(const std::map<std::string, std::string>& given) {
  std::vector<std::string> narrowing;
  for (const char* name : {"filter", "exclude", "level", "read-only"}) {
    const auto option = given.find(name);
    if (option == given.end() || http::same_name(option->second, "may")) continue;
    narrowing.push_back(option->second == "true" ? fmt::format("--{}", name)
                                                 : fmt::format("--{} {}", name, option->second));
  }
  return narrowing;
}

std::vector<std::string> partial_because(const SavedRun& run) {
  auto reasons = narrowing_options(run.options);
  if (!run.complete) reasons.insert(reasons.begin(), "the run stopped early");
  return reasons;
}

std::string verdict_in_words(const SavedEdition& judged) { return without_api(judged.verdict, judged); }

std::string verdict_in_words(const SavedRun& run) {
  auto words = verdict_and_api(run);
  if (const auto version = as_of(run); !version.empty()) words += fmt::format("; judged as of {}", version);
  const auto reasons = partial_because(run);
  return reasons.empty() ? words : fmt::format("partial: {} ({})", words, fmt::join(reasons, "; "));
}

bool is_whole_conformance(const SavedRun& run) {
  return partial_because(run).empty() && verdict_and_api(run) == name(RunVerdict::kConformant);
}

std::string as_of(const SavedRun& run) {
  const auto given = run.options.find("as-of");
  return given == run.options.end() ? "" : given->second;
}

std::vector<SavedFeature> features_of(const SavedRun& run) {
  struct Sum {
    engine::Counts counts;
    int not_run = 0;
  };
  std::map<std::string_view, Sum> sums;
  for (const auto& check : run.checks) {
    const auto* row = feature_of(check.requirement);
    if (row == nullptr) continue;
    auto& sum = sums[row->name];
    sum.counts.add(check.outcome);
    if (check.not_run || check.not_configured) ++sum.not_run;
  }
  std::vector<SavedFeature> features;
  for (const bool core : {true, false}) {
    for (const auto& row : kFeatures) {
      const auto sum = sums.find(row.name);
      if (row.core != core || sum == sums.end()) continue;
      features.push_back(
          {std::string(row.name), core, state_of(sum->second.counts, sum->second.not_run), sum->second.counts});
      sums.erase(sum);
    }
  }
  return features;
}

SavedProfile profile_of(const SavedRun& run) {
  return {.verdict = verdict_in_words(run), .partial_because = partial_because(run), .features = features_of(run)};
}

}  // namespace referee::reports
