// Model: requests that are wrong on purpose; OCI distribution-spec, "Listing Referrers", "Pulling manifests", "Pushing
// Manifests": a registry refuses a reference that does not fit the grammar
// of image-spec descriptor.md, "Digests", where the request takes a digest.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "harness/http/syntax/url.h"
#include "harness/oci/digest.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

namespace {

// Of the rows on malformed digests, the one that says what is wrong with this one.
std::optional<spec::RequirementId> row_of(const std::string& reference) {
  if (reference.find(':') == std::string::npos) return "oci.referrers.list.bad-digest.tag"_requirement;
  if (!is_sha256(reference)) return std::nullopt;
  const auto encoded = reference.substr(reference.find(':') + 1);
  constexpr std::size_t kDigits = 64;
  if (encoded.size() != kDigits) return "oci.referrers.list.bad-digest.sha256-length"_requirement;
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  return std::ranges::all_of(encoded, is_hex) ? "oci.referrers.list.bad-digest.uppercase"_requirement
                                              : "oci.referrers.list.bad-digest.sha256-charset"_requirement;
}

}  // namespace

bool Model::judge_list_of_no_digest(const Observation& one, Verdicts& verdicts) const {
  const auto& reference = one.place.reference;
  if (oci::Digest::parse(reference)) return false;
  auto row = row_of(reference);
  if (row == "oci.referrers.list.bad-digest.uppercase"_requirement && is_oras()) {
    row = "oras.digest.lower-case"_requirement;
  }
  if (!row || !lists_) return true;
  const int status = one.answer.status;
  // artifacts-spec names no status for it; what it forbids is to take one digest for another.
  if (is_oras() && engine::read_page(one.answer, list_keys()).entries.empty()) return true;
  if (status == 400) verdicts.keeps(*row);
  if (status / 100 != 2) return true;  // how a refusal is to be answered is graded by the checks of these rows
  verdicts.say(*row, "GET of the list of referrers of " + reference, "status 400", fmt::format("status {}", status));
  return true;
}

void Model::judge_odd_list(const Chain& chain, const Shelf& shelf, Verdicts& verdicts) const {
  const auto& filter = chain.place.filter;
  const bool announced = filter && chain.pages.front().says_that_it_filters;
  if (!announced && chain.pages.front().says_what_it_filters) return;
  constexpr const char* kAbout = "GET of the list of referrers with a parameter that no text defines";
  std::set<std::string> listed;
  for (const auto& page : chain.pages) {
    for (auto& digest : engine::digests_of(page.entries)) listed.insert(std::move(digest));
  }
  verdicts.keeps("oci.referrers.filter.unknown-param"_requirement);
  for (const auto& [digest, held] : shelf.manifests) {
    if (held.reading.subject != chain.place.reference || !refers(held.reading)) continue;
    const bool matches = !announced || held.reading.artifact_type == *filter;
    if (!matches && listed.contains(digest)) {
      verdicts.say("oci.referrers.filter.only-matching"_requirement, kAbout, "referrers of the type " + *filter,
                   digest + " of the type " + held.reading.artifact_type.value_or("(none)"));
      return;
    }
    const bool due = matches && only(held.listed, Standing::kThere, chain.when) &&
                     (is_sha256(chain.place.reference) || held.acknowledged);
    if (!due || listed.contains(digest)) continue;
    verdicts.say("oci.referrers.filter.unknown-param"_requirement, kAbout, "the list as without it",
                 "a list without " + digest);
    return;
  }
}

bool Model::judge_mismatch(const Observation& one, Verdicts& verdicts) const {
  const auto named = oci::Digest::parse(one.place.reference);
  if (!named || named->matches(one.sent_body).value_or(true)) return false;
  const auto row =
      is_oras() ? "oras.digest.sha256-verified"_requirement : "oci.manifest.digest-mismatch-400"_requirement;
  if (one.answer.status == 400) verdicts.keeps(row);
  if (one.answer.status / 100 == 2) {
    verdicts.say(row, "PUT of a manifest by the digest of another", "a refusal",
                 fmt::format("status {}", one.answer.status));
  }
  return true;
}

void Model::judge_location(const Observation& one, const Reading& reading, Verdicts& verdicts) const {
  const auto base = http::Url::parse(one.answer.url);
  const auto target = base ? http::resolve(*base, *one.answer.headers.get("Location")) : std::nullopt;
  verdicts.keeps("oci.manifest.location"_requirement);
  if (!target || !http::same_origin(*target, *base)) return;
  const auto path = std::string_view(target->path);
  constexpr std::string_view kManifests = "/manifests/";
  const auto at = path.rfind(kManifests);
  if (at == std::string_view::npos) return;
  const auto named = oci::Digest::parse(http::percent_decode(path.substr(at + kManifests.size())));
  if (!named || named->algorithm() != std::string_view(reading.digest).substr(0, reading.digest.find(':'))) return;
  if (named->text() == reading.digest) return;
  verdicts.say("oci.manifest.location"_requirement, "PUT of a manifest", "a Location that leads to " + reading.digest,
               "one that leads to " + named->text());
}

void Model::learn_location(const Observation& one, const Reading& reading) {
  const auto base = http::Url::parse(one.answer.url);
  const auto location = one.answer.headers.get("Location");
  const auto target = base && location ? http::resolve(*base, *location) : std::nullopt;
  const bool by_tag = one.place.reference.find(':') == std::string::npos;
  if (target) locations_.insert_or_assign(target->text(), Located{one.place.repository, reading.digest, by_tag});
}

std::vector<Disagreement> Model::judge_located(const Observation& one) {
  const auto located = locations_.find(one.url);
  if (located == locations_.end() || one.method != "GET" || !one.whole) return {};
  const auto& [repository, digest, by_tag] = located->second;
  if (one.place.area == Area::kManifest && one.place.repository == repository) return {};
  // One that leads by a tag may show for a while what the tag named before.
  if (one.answer.truncated || (by_tag && one.url.find(digest.substr(digest.find(':') + 1)) == std::string::npos))
    return {};
  const auto& shelf = shelves_[repository];
  const auto* held = shelf.find(digest);
  if (held == nullptr || !only(held->stored, Standing::kThere, one.when)) return {};
  Verdicts verdicts(one, shelf, edition_, weighed_);
  const int status = one.answer.status;
  const bool other =
      status == 200 && one.answer.body != held->reading.bytes && !one.answer.headers.has("Content-Encoding");
  if (status == 404 || status == 410 || other) {
    verdicts.say("oci.manifest.location"_requirement, "GET of the Location of a push", "the manifest that was pushed",
                 other ? "something else" : fmt::format("status {}", status));
  }
  return verdicts.take();
}

void Model::judge_upload(const Observation& one, Verdicts& verdicts) const {
  const bool closes = one.method == "PUT" && !one.place.reference.empty();
  if (!closes || one.answer.status / 100 != 2) return;
  const auto row = "oci.blob.upload-for-artifact"_requirement;
  if (one.answer.status == 201 && one.answer.headers.has("Location")) return verdicts.keeps(row);
  verdicts.say(row, "PUT that closes an upload", "status 201 with a Location",
               one.answer.status == 201 ? "no Location" : fmt::format("status {}", one.answer.status));
}

}  // namespace referee::model
