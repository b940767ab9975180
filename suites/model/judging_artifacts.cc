// Model: what only ORAS artifacts-spec says about artifacts: artifact-manifest.md, "Push Validation", and
// manifest-referrers-api.md, "Sorting Results".
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "harness/oci/names.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

namespace {

constexpr const char* kUndated = "";

// Times in UTC without fractions, as the walks write them, can be compared as texts; nothing for any other form.
std::optional<std::string> creation_of(const Reading& reading) {
  if (!reading.annotations) return kUndated;
  const auto found = reading.annotations->find(oci::kOrasCreated);
  if (found == reading.annotations->end()) return kUndated;
  constexpr std::size_t kLength = 20;  // 2022-06-13T12:00:00Z
  if (!found->is_string()) return std::nullopt;
  const auto text = found->get<std::string>();
  return text.size() == kLength && text.back() == 'Z' ? std::optional(text) : std::nullopt;
}

std::optional<spec::RequirementId> row_of_subject(Kind kind) {
  if (kind == Kind::kArtifact) return "oras.subject.kind-artifact"_requirement;
  if (kind == Kind::kIndex) return "oras.subject.kind-index"_requirement;
  if (kind == Kind::kDocker) return "oras.subject.kind-docker"_requirement;
  return std::nullopt;
}

}  // namespace

void Model::judge_artifact_push(const Observation& one, const Shelf& shelf, const Reading& reading,
                                Verdicts& verdicts) const {
  if (reading.kind != Kind::kArtifact || !reading.subject) return;
  const int status = one.answer.status;
  const auto* subject = shelf.find(*reading.subject);
  if (subject != nullptr && only(subject->stored, Standing::kThere, one.when)) {
    if (status == 201) {
      verdicts.keeps("oras.manifest.push-201"_requirement);
      if (const auto row = row_of_subject(subject->reading.kind)) verdicts.keeps(*row);
    }
    if (status / 100 != 2 || status == 201) return;
    verdicts.say("oras.manifest.push-201"_requirement, "PUT of an artifact whose subject is there", "status 201",
                 fmt::format("status {}", status));
    return;
  }
  if (subject != nullptr && !only(subject->stored, Standing::kAbsent, one.when)) return;
  auto row = "oras.subject.missing-400"_requirement;
  if (lies_elsewhere(shelf, *reading.subject)) row = "oras.subject.other-repo-400"_requirement;
  if (subject != nullptr && subject->was_deleted) row = "oras.subject.deleted-400"_requirement;
  if (status == 400) return verdicts.keeps(row);
  if (status / 100 != 2) return;  // how a refusal is to be answered is graded by the checks of these rows
  verdicts.say(row, "PUT of an artifact whose subject is not in the repository", "status 400",
               fmt::format("status {}", status));
}

void Model::judge_order(const Chain& chain, const Shelf& shelf, Verdicts& verdicts) const {
  std::optional<std::string> before;
  bool on_this_page = false;
  for (const auto& page : chain.pages) {
    on_this_page = false;
    for (const auto& entry : page.entries) {
      const auto* held = entry.digest ? shelf.find(*entry.digest) : nullptr;
      const auto created = held == nullptr ? std::nullopt : creation_of(held->reading);
      if (!created) continue;
      const auto earlier = std::exchange(before, created);
      const bool across = !std::exchange(on_this_page, true);
      if (!earlier) continue;
      auto row = *earlier == kUndated ? "oras.sort.undated-last"_requirement : "oras.sort.newest-first"_requirement;
      if (chain.place.filter) row = "oras.sort.with-filter"_requirement;
      if (across) row = "oras.sort.across-pages"_requirement;
      if (*earlier >= *created) {
        verdicts.keeps(row);
        continue;
      }
      const auto shown = [](const std::string& time) { return time == kUndated ? "an artifact without a date" : time; };
      verdicts.say(row, "GET of the list of referrers", "the newest artifact first, those without a date last",
                   fmt::format("{} before {}", shown(*earlier), shown(*created)));
      return;
    }
  }
}

}  // namespace referee::model
