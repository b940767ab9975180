// Model: pages of lists put together, and each judged as a document; OCI distribution-spec, "Listing Referrers".
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/http/syntax/link.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/names.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

namespace {

constexpr std::size_t kMostPages = 1000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The absolute URL of the page that the answer announces; empty if it announces none that can be asked.
std::string next_of(const http::Response& answer, std::string& broken) {
  const auto links = http::read_links(answer.headers).with_relation("next");
  if (links.empty()) return "";
  const auto base = http::Url::parse(answer.url);
  const auto target = base ? http::resolve(*base, links.front().target) : std::nullopt;
  if (target) return target->text();
  broken = "a Link to the next page that cannot be resolved: " + links.front().target;
  return "";
}

// Whether the list is asked for with a parameter other than those that the family defines.
bool is_odd(const Observation& one, bool oras) {
  const auto url = http::Url::parse(one.url);
  if (!url) return false;
  return std::ranges::any_of(http::query_pairs(url->query), [&](const auto& pair) {
    const bool known = pair.first == "artifactType" || (oras && (pair.first == "n" || pair.first == "digest"));
    return !known;
  });
}

bool says_that_it_filters(const http::Response& answer) {
  const auto values = answer.headers.all(oci::kFiltersHeader);
  return std::ranges::any_of(values,
                             [](const std::string& value) { return value.find("artifactType") != std::string::npos; });
}

}  // namespace

// The key that holds the entries; ORAS artifacts-spec, manifest-referrers-api.md: the revisions differ, and the oldest
// show another one than they demand.
std::vector<std::string> Model::list_keys() const {
  switch (edition_) {
    case spec::Edition::kOrasPhase1Sm:
    case spec::Edition::kOrasPhase1:
      return {"referrers", "references"};
    case spec::Edition::kOrasDraft1:
    case spec::Edition::kOrasDraft11:
      return {"references"};
    case spec::Edition::kOrasRc1:
    case spec::Edition::kOrasRc2:
      return {"referrers"};
    default:
      return {"manifests"};
  }
}

// Those first, then the keys of the sibling editions: a wrong one has its own row, oras.referrers.key, and hides no
// entry from the others.
std::vector<std::string> Model::readable_keys() const {
  auto keys = list_keys();
  if (!is_oras()) return keys;
  for (const char* other : {"referrers", "references"}) {
    if (std::ranges::find(keys, other) == keys.end()) keys.emplace_back(other);
  }
  return keys;
}

void Model::hear_list(const Observation& one, Shelf& shelf, Verdicts& verdicts) {
  auto page = engine::read_page(one.answer, readable_keys());
  if (page.readable) lists_ = true;
  if (page.readable && page.entries.empty() && !one.place.filter) empty_arrays_ = true;
  const auto waiting = chains_.find(key_of(one.lane, one.url));
  const bool first = waiting == chains_.end();
  Chain chain =
      first
          ? Chain{.place = one.place, .when = one.when, .pages = {}, .exchanges = {}, .is_odd = is_odd(one, is_oras())}
          : std::move(waiting->second);
  if (!first) chains_.erase(waiting);
  if (chain.is_odd && one.answer.status / 100 == 4) return;  // no text says that it is to be ignored
  chain.when.until = std::max(chain.when.until, one.when.until);
  chain.exchanges.push_back(one.sequence);
  verdicts.answered_by(chain.exchanges);
  judge_page(one, shelf, page, first, verdicts);
  chain.has_gaps = chain.has_gaps || !page.readable;
  std::string broken;
  const auto next = next_of(one.answer, broken);
  judge_page_size(one, page, !next.empty(), shelf, verdicts);
  chain.pages.push_back(
      {std::move(page.entries), says_that_it_filters(one.answer), one.answer.headers.has(oci::kFiltersHeader)});
  if (!next.empty() && next != one.url && chain.pages.size() < kMostPages) {
    chains_.insert_or_assign(key_of(one.lane, next), std::move(chain));
    return;
  }
  if (chain.has_gaps) return;  // what the list names is unknown
  if (!next.empty()) broken = "a chain of pages without end";
  if (chain.is_odd) return judge_odd_list(chain, shelf, verdicts);
  judge_list(chain, shelf, broken, verdicts);
}

void Model::judge_page(const Observation& one, const Shelf& shelf, const engine::Page& page, bool first,
                       Verdicts& verdicts) const {
  const int status = one.answer.status;
  const std::string about = first ? "GET of the list of referrers" : "GET of a later page of the list of referrers";
  if (status != 200) {
    // What the registry began to list it lists to the end.
    if (!lists_ || !stands_firm(shelf, one.when)) return;
    if (first && !is_known_algorithm(shelf, one.place.reference, one.when)) return;
    verdicts.say(first ? why_not_listed(one, shelf) : "oci.referrers.page.each-is-index"_requirement, about,
                 "status 200", fmt::format("status {}", status));
    return;
  }
  for (const auto row : {first ? why_not_listed(one, shelf) : "oci.referrers.page.each-is-index"_requirement,
                         "oci.referrers.list.never-404"_requirement, "oci.referrers.list.body-index"_requirement,
                         "oci.referrers.list.manifests-not-null"_requirement, "oci.referrers.list.i-json"_requirement,
                         "oci.referrers.list.content-type"_requirement}) {
    verdicts.keeps(row);
  }
  if (!page.readable && page.body != nullptr && page.body->is_object()) {
    const auto entries = page.body->find(list_keys().front());
    if (entries == page.body->end() || entries->is_null()) {
      const bool otherwise = is_oras() ? page.body->contains("manifests")
                                       : page.body->contains("referrers") || page.body->contains("references");
      auto row = why_not_listed(one, shelf);  // an empty list has its own rule where a filter leaves nothing
      if (row != "oci.referrers.filter.no-match-200"_requirement || !empty_arrays_) {
        row = otherwise ? "oci.referrers.list.body-index"_requirement
                        : "oci.referrers.list.manifests-not-null"_requirement;
      }
      verdicts.say(row, about, fmt::format("an array `{}`", list_keys().front()),
                   entries == page.body->end() ? "none" : "null");
      return;
    }
  }
  if (!page.readable) {
    verdicts.say(first ? "oci.referrers.list.body-index"_requirement : "oci.referrers.page.each-is-index"_requirement,
                 about, "an image index", page.problem);
    return;
  }
  if (page.response.body.starts_with(kByteOrderMark)) {
    const bool listed = first && !is_oras();
    verdicts.say(listed ? "oci.referrers.list.body-index"_requirement : "oci.referrers.page.each-is-index"_requirement,
                 about, "JSON without a byte order mark (RFC 8259, section 8.1)", "a byte order mark");
  } else if (!page.json_faults.empty()) {
    verdicts.say("oci.referrers.list.i-json"_requirement, about, "I-JSON (RFC 7493)", page.json_faults.front());
  }
  if (!is_oras()) judge_index(one, page, about, first, verdicts);
}

void Model::judge_index(const Observation& one, const engine::Page& page, const std::string& about, bool first,
                        Verdicts& verdicts) const {
  const auto version = page.body->find("schemaVersion");
  if (version == page.body->end() || *version != 2) {
    verdicts.say(first ? "oci.referrers.list.body-index"_requirement : "oci.referrers.page.each-is-index"_requirement,
                 about, "schemaVersion 2",
                 version == page.body->end() ? "no schemaVersion" : "schemaVersion " + version->dump());
  }
  const auto notes = page.body->find("annotations");
  const bool map =
      notes == page.body->end() || notes->is_null() ||
      (notes->is_object() && std::ranges::all_of(*notes, [](const auto& each) { return each.is_string(); }));
  if (!map) {
    verdicts.say("oci.referrers.list.body-index"_requirement, about, "annotations that are strings",
                 "annotations " + notes->dump().substr(0, 60));
  }
  const auto own = page.body->find("mediaType");
  if (own != page.body->end() && *own != oci::kImageIndex) {
    verdicts.say("oci.referrers.list.body-mediatype"_requirement, about,
                 fmt::format("mediaType \"{}\"", oci::kImageIndex), "mediaType " + own->dump());
  } else if (own != page.body->end()) {
    verdicts.keeps("oci.referrers.list.body-mediatype"_requirement);
  }
  const auto type = one.answer.headers.get("Content-Type").value_or("");
  if (essence(type) != oci::kImageIndex) {
    verdicts.say("oci.referrers.list.content-type"_requirement, about,
                 fmt::format("Content-Type: {}", oci::kImageIndex), "Content-Type: " + type);
  }
}

// Of the rules that want 200 the one that says most of this case.
spec::RequirementId Model::why_not_listed(const Observation& one, const Shelf& shelf) const {
  const auto* subject = shelf.find(one.place.reference);
  // Some list was answered, so that it is the filter that fails.
  if (one.place.filter && one.answer.status / 100 == 5) return "oci.referrers.filter.unsupported-full-list"_requirement;
  if (subject != nullptr && subject->was_deleted) return "oci.delete.subject-list-200"_requirement;
  const auto& filter = one.place.filter;
  bool any = false;
  bool matching = false;
  for (const auto& [digest, held] : shelf.manifests) {
    if (held.reading.subject != one.place.reference || !maybe(held.listed, Standing::kThere, one.when)) continue;
    any = true;
    matching = matching || held.reading.artifact_type == filter;
  }
  if (!any && is_oras()) {
    return subject != nullptr ? "oras.referrers.empty"_requirement : "oras.referrers.unknown-digest-200"_requirement;
  }
  if (!any) return "oci.referrers.list.empty-200"_requirement;
  const int status = one.answer.status;
  if (filter && matching && status / 100 == 4 && status != 404) {
    return "oci.referrers.filter.unsupported-full-list"_requirement;
  }
  if (filter && !matching) return "oci.referrers.filter.no-match-200"_requirement;
  return one.answer.status == 404 ? "oci.referrers.list.never-404"_requirement
                                  : "oci.referrers.list.known-200"_requirement;
}

}  // namespace referee::model
