// Model: what only ORAS artifacts-spec says about artifacts: artifact-manifest.md, "Push Validation", and
// manifest-referrers-api.md, "Sorting Results".
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "harness/http/syntax/url.h"
#include "harness/oci/names.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

namespace {

struct Creation {
  std::string text;          // empty for an artifact without a date
  std::int64_t instant = 0;  // in seconds

  bool is_dated() const { return !text.empty(); }
  bool has_offset() const { return is_dated() && text.back() != 'Z'; }
};

// The two digits at that place; -1 if there are none.
int two_digits(std::string_view text, std::size_t at) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -1; };
  const int tens = digit(at);
  const int ones = digit(at + 1);
  return tens < 0 || ones < 0 ? -1 : 10 * tens + ones;
}

// RFC 3339 without fractions of a second; nothing for any other form.
std::optional<std::int64_t> instant_of(std::string_view text) {
  constexpr std::string_view kForm = "....-..-..T..:..:..";
  constexpr std::size_t kOffset = 6;  // +09:00
  const bool utc = text.size() == kForm.size() + 1 && text.back() == 'Z';
  if (!utc && text.size() != kForm.size() + kOffset) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] != '.' && text[i] != kForm[i]) return std::nullopt;
  }
  const int century = two_digits(text, 0);
  const int year = two_digits(text, 2);
  const std::chrono::year_month_day day{std::chrono::year(100 * century + year),
                                        std::chrono::month(static_cast<unsigned>(two_digits(text, 5))),
                                        std::chrono::day(static_cast<unsigned>(two_digits(text, 8)))};
  const int hours = two_digits(text, 11);
  const int minutes = two_digits(text, 14);
  const int seconds = two_digits(text, 17);
  int ahead = 0;
  if (!utc) {
    const int off_hours = two_digits(text, kForm.size() + 1);
    const int off_minutes = two_digits(text, kForm.size() + 4);
    const char sign = text[kForm.size()];
    if (off_hours < 0 || off_minutes < 0 || (sign != '+' && sign != '-')) return std::nullopt;
    ahead = (sign == '-' ? -60 : 60) * (60 * off_hours + off_minutes);
  }
  if (!day.ok() || century < 0 || year < 0 || hours < 0 || minutes < 0 || seconds < 0) return std::nullopt;
  const std::chrono::sys_seconds midnight = std::chrono::sys_days(day);
  return midnight.time_since_epoch().count() + 3600 * hours + 60 * minutes + seconds - ahead;
}

// When the artifact says that it was made; nothing where that cannot be compared.
std::optional<Creation> creation_of(const Reading& reading) {
  if (!reading.annotations) return Creation{};
  const auto found = reading.annotations->find(oci::kOrasCreated);
  if (found == reading.annotations->end()) return Creation{};
  if (!found->is_string()) return std::nullopt;
  auto text = found->get<std::string>();
  const auto instant = instant_of(text);
  return instant ? std::optional(Creation{std::move(text), *instant}) : std::nullopt;
}

bool may_come_before(const Creation& earlier, const Creation& later) {
  if (!earlier.is_dated() || !later.is_dated()) return earlier.is_dated() || !later.is_dated();
  return earlier.instant >= later.instant;
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

// manifest-referrers-api.md, "Paging Results": pages have the size that is asked for. A least size is the registry's to
// choose, and so is that a list is not paged; but what it pages once it pages again.
void Model::judge_page_size(const Observation& one, const engine::Page& page, bool goes_on, Shelf& shelf,
                            Verdicts& verdicts) const {
  const auto url = http::Url::parse(one.url);
  if (!is_oras() || !url || !page.readable) return;
  for (const auto& [key, value] : http::query_pairs(url->query)) {
    const bool number =
        !value.empty() && value.size() < 5 && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (key != "n" || !number) continue;
    const auto most = static_cast<std::size_t>(std::stoi(value));
    const auto asked = one.place.reference + " " + one.place.filter.value_or("") + " " + value;
    if (page.entries.size() <= most) {
      if (!goes_on || most == 0) continue;
      verdicts.keeps("oras.page.n-limits"_requirement);
      shelf.paged.insert(asked);
    } else if (shelf.paged.contains(asked)) {
      verdicts.say("oras.page.n-limits"_requirement, "GET of the list of referrers with n=" + value,
                   fmt::format("at most {} entries on a page, as in earlier answers", most),
                   fmt::format("{} entries", page.entries.size()), spec::Verdict::kWarn);
    }
  }
}

void Model::judge_order(const Chain& chain, const Shelf& shelf, Verdicts& verdicts) const {
  std::optional<Creation> before;
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
      auto row = !earlier->is_dated() ? "oras.sort.undated-last"_requirement : "oras.sort.newest-first"_requirement;
      const bool dated = earlier->is_dated() && created->is_dated();
      if (dated && earlier->has_offset() != created->has_offset()) row = "oras.sort.instant"_requirement;
      if (chain.place.filter) row = "oras.sort.with-filter"_requirement;
      if (across) row = "oras.sort.across-pages"_requirement;
      if (may_come_before(*earlier, *created)) {
        verdicts.keeps(row);
        continue;
      }
      const auto shown = [](const Creation& made) {
        return made.is_dated() ? made.text : "an artifact without a date";
      };
      verdicts.say(row, "GET of the list of referrers", "the newest artifact first, those without a date last",
                   fmt::format("{} before {}", shown(*earlier), shown(*created)));
      return;
    }
  }
}

}  // namespace referee::model
