// Model: which manifests a whole list must name, may name and may not name; OCI distribution-spec, "Listing Referrers".
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/oci/names.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

namespace {

// Others come and go: only what is listed again and again without being there is listed wrongly.
constexpr int kGhost = 4;
constexpr const char* kAbout = "GET of the list of referrers";

std::map<std::string, int> times_listed(const auto& pages) {
  std::map<std::string, int> times;
  for (const auto& page : pages) {
    for (const auto& entry : page.entries) {
      if (entry.digest) ++times[*entry.digest];
    }
  }
  return times;
}

bool twice_on_one_page(const auto& pages, const std::string& digest) {
  return std::ranges::any_of(pages, [&](const auto& page) {
    return std::ranges::count(page.entries, std::optional(digest), &engine::Entry::digest) > 1;
  });
}

}  // namespace

void Model::judge_list(const Chain& chain, const Shelf& shelf, const std::string& broken, Verdicts& verdicts) const {
  if (!broken.empty()) {
    verdicts.say("oci.referrers.page.terminates"_requirement, kAbout, "pages that end", broken);
    return;
  }
  if (chain.pages.size() > 1) {
    for (const auto row : {"oci.referrers.page.terminates"_requirement, "oci.referrers.page.distinct"_requirement}) {
      verdicts.keeps(row);
    }
  }
  const auto& filter = chain.place.filter;
  const bool announced = announces(chain, shelf);
  if (!filter) {
    verdicts.keeps("oci.referrers.filter.header-absent-unfiltered"_requirement);
    if (std::ranges::any_of(chain.pages, &ListedPage::says_that_it_filters)) {
      verdicts.say("oci.referrers.filter.header-absent-unfiltered"_requirement, std::string(kAbout) + " without filter",
                   fmt::format("no {}", oci::kFiltersHeader), "it");
    }
  } else if (announced && !is_oras() && !std::ranges::all_of(chain.pages, &ListedPage::says_that_it_filters)) {
    verdicts.say("oci.referrers.page.filter-kept"_requirement, "GET of a later page of a filtered list",
                 fmt::format("{} as on the first page", oci::kFiltersHeader), "none");
  }
  if (filter && !announced) verdicts.keeps("oci.referrers.filter.unsupported-full-list"_requirement);
  if (!shelf.refused.empty()) verdicts.keeps("oci.subject.failed-push-not-listed"_requirement);
  if (filter && announced) {
    verdicts.keeps("oci.referrers.filter.header"_requirement);
    verdicts.keeps("oci.referrers.filter.only-matching"_requirement);
    if (chain.pages.size() > 1) verdicts.keeps("oci.referrers.page.filter-kept"_requirement);
  }
  judge_entries(chain, shelf, verdicts);
  if (is_oras()) judge_order(chain, shelf, verdicts);
  const auto listed = times_listed(chain.pages);
  bool others = false;  // a referrer of another type is listed
  for (const auto& [digest, times] : listed) {
    const auto* held = shelf.find(digest);
    others = others || (held != nullptr && held->reading.artifact_type != filter);
    auto row = times < 2 || twice_on_one_page(chain.pages, digest) ? "oci.referrers.list.no-duplicates"_requirement
                                                                   : "oci.referrers.page.distinct"_requirement;
    if (held != nullptr && held->pushes > 1) row = "oci.subject.tagging-no-duplicate"_requirement;
    if (times < 2) {
      verdicts.keeps(row);
    } else {
      verdicts.say(row, kAbout, "each referrer once", fmt::format("{} {} times", digest, times));
    }
  }
  for (const auto& [digest, held] : shelf.manifests) {
    if (held.reading.subject != chain.place.reference) continue;
    if (!refers(held.reading)) continue;
    if (!only(held.listed, Standing::kThere, chain.when)) continue;
    if (!is_sha256(chain.place.reference) && !held.acknowledged) continue;  // not every registry knows the algorithm
    const bool matches = !filter || held.reading.artifact_type == *filter;
    if (listed.contains(digest)) {
      if (matches) verdicts.keeps(why_missing(chain, shelf, held, announced));
    } else if (matches) {
      judge_missing(chain, shelf, held, announced, verdicts);
    } else if (!announced) {
      // Neither the whole list, nor a filter that is announced.
      verdicts.say(
          others ? "oci.referrers.filter.unsupported-full-list"_requirement : "oci.referrers.filter.header"_requirement,
          std::string(kAbout) + " with a filter",
          others ? "the whole list, where no filter is announced"
                 : fmt::format("{}: artifactType where the list is filtered", oci::kFiltersHeader),
          fmt::format("a list without {} and without {}", oci::kFiltersHeader, digest));
      break;
    }
  }
}

bool Model::refers(const Reading& reading) const {
  if (is_oras()) return reading.kind == Kind::kArtifact;
  return reading.kind == Kind::kImage || reading.kind == Kind::kIndex;
}

// Whether the list is a filtered one. An ORAS list does not say so: it is one if it has nothing of another type.
bool Model::announces(const Chain& chain, const Shelf& shelf) const {
  if (!is_oras()) return chain.pages.front().says_that_it_filters;
  const auto fits = [&](const engine::Entry& entry) {
    const auto* held = entry.digest ? shelf.find(*entry.digest) : nullptr;
    return held == nullptr || held->reading.artifact_type == chain.place.filter;
  };
  return std::ranges::all_of(chain.pages, [&](const auto& page) { return std::ranges::all_of(page.entries, fits); });
}

void Model::judge_entries(const Chain& chain, const Shelf& shelf, Verdicts& verdicts) const {
  const bool filtered = chain.place.filter && announces(chain, shelf);
  for (const auto& [digest, held] : shelf.manifests) {
    const bool was_listed = held.reading.subject == chain.place.reference;
    if (was_listed && held.was_deleted && only(held.listed, Standing::kAbsent, chain.when)) {
      verdicts.keeps("oci.delete.referrer-unlisted"_requirement);
    }
  }
  for (const auto& page : chain.pages) {
    for (const auto& entry : page.entries) {
      verdicts.keeps("oci.referrers.list.descriptor-required"_requirement);
      if (!entry.digest || !entry.media_type || !entry.size) {
        verdicts.say("oci.referrers.list.descriptor-required"_requirement, kAbout,
                     "entries with mediaType, digest and size", ::testing::PrintToString(entry));
        continue;
      }
      const auto* held = shelf.find(*entry.digest);
      if (held == nullptr || held->reading.subject != chain.place.reference) {
        judge_foreign(chain, shelf, *entry.digest, verdicts);
        continue;
      }
      if (!only(held->listed, Standing::kAbsent, chain.when)) {
        verdicts.keeps("oci.referrers.list.subject-matches"_requirement);
        if (is_oras()) verdicts.keeps("oras.referrers.direct-only"_requirement);
        verdicts.keeps(held->opening == Opening::kSubjectGone ? "oci.delete.subject-list-consistent"_requirement
                                                              : "oci.referrers.list.digest-pullable"_requirement);
        if (shelves_.size() > 1) verdicts.keeps("oci.referrers.list.repo-scope"_requirement);
      } else {
        const bool deleted = held->was_deleted;
        verdicts.say(
            deleted ? "oci.delete.referrer-unlisted"_requirement : "oci.delete.subject-list-consistent"_requirement,
            kAbout,
            fmt::format("a list without {}, which {}", *entry.digest, deleted ? "was deleted" : "cannot be pulled"),
            "a list with it");
      }
      judge_entry(entry, held->reading, verdicts);
      if (filtered && held->reading.artifact_type != chain.place.filter) {
        verdicts.say(any_matches(chain, shelf) ? "oci.referrers.filter.only-matching"_requirement
                                               : "oci.referrers.filter.no-match-200"_requirement,
                     std::string(kAbout) + " with a filter",
                     fmt::format("referrers of the type {} alone", *chain.place.filter),
                     fmt::format("{} of the type {}", *entry.digest, held->reading.artifact_type.value_or("(none)")));
      }
    }
  }
}

bool Model::any_matches(const Chain& chain, const Shelf& shelf) {
  return std::ranges::any_of(shelf.manifests, [&](const auto& each) {
    const auto& reading = each.second.reading;
    return reading.subject == chain.place.reference && reading.artifact_type == chain.place.filter;
  });
}

void Model::judge_foreign(const Chain& chain, const Shelf& shelf, const std::string& digest, Verdicts& verdicts) const {
  const auto* held = shelf.find(digest);
  const auto& subject = chain.place.reference;
  if (held != nullptr) {
    const auto* between = held->reading.subject ? shelf.find(*held->reading.subject) : nullptr;
    const bool indirect = is_oras() && between != nullptr && between->reading.subject == subject;
    verdicts.say(indirect ? "oras.referrers.direct-only"_requirement : "oci.referrers.list.subject-matches"_requirement,
                 kAbout, "manifests alone whose subject is " + subject,
                 held->reading.subject ? digest + ", whose subject is " + *held->reading.subject
                                       : digest + ", which has no subject");
    return;
  }
  if (shelf.refused.contains(digest)) {
    verdicts.say("oci.subject.failed-push-not-listed"_requirement, kAbout,
                 "a list without " + digest + ", whose push was refused", "a list with it");
    return;
  }
  for (const auto& [name, other] : shelves_) {
    if (other.find(digest) == nullptr) continue;
    verdicts.say("oci.referrers.list.repo-scope"_requirement, kAbout, "referrers of the repository alone",
                 digest + ", which was pushed to another repository alone");
    return;
  }
  // Someone else may have pushed it, or the registry itself: then it can be pulled and names the subject.
  const auto stranger = shelf.strangers.find(digest);
  if (stranger == shelf.strangers.end()) return;
  if (!stranger->second.pulled) {
    if (stranger->second.missed < kGhost) return;
    verdicts.say("oci.referrers.list.digest-pullable"_requirement, kAbout, "manifests that can be pulled",
                 digest + ", which cannot");
  } else if (stranger->second.subject && *stranger->second.subject != subject) {
    verdicts.say("oci.referrers.list.subject-matches"_requirement, kAbout,
                 "manifests alone whose subject is " + subject,
                 digest + ", whose subject is " + *stranger->second.subject);
  }
}

void Model::judge_missing(const Chain& chain, const Shelf& shelf, const Held& held, bool announced,
                          Verdicts& verdicts) const {
  std::string how = chain.place.filter ? " with a filter" : "";
  if (chain.pages.size() > 1) how += fmt::format(" on {} pages", chain.pages.size());
  verdicts.say(why_missing(chain, shelf, held, announced), kAbout + how,
               fmt::format("{}, a referrer of {}", held.reading.digest, chain.place.reference), "it is not listed");
}

// Of the rules that want the referrer listed, the one that says most of this case.
spec::RequirementId Model::why_missing(const Chain& chain, const Shelf& shelf, const Held& held, bool announced) const {
  const auto& reading = held.reading;
  if (chain.place.filter) {
    if (!announced) return "oci.referrers.filter.unsupported-full-list"_requirement;
    if (is_oras()) return "oras.filter.all-or-matching"_requirement;
    if (reading.kind == Kind::kIndex) return "oci.referrers.filter.index"_requirement;
    if (!reading.own_type) return "oci.referrers.filter.config-fallback"_requirement;
    return "oci.referrers.filter.all-matching"_requirement;
  }
  if (held.opening == Opening::kTagGone) return "oci.delete.tag-keeps-referrer-consistent"_requirement;
  if (held.reunited) return "oci.delete.subject-repush-relist"_requirement;
  if (held.was_deleted) return "oci.delete.repush-referrer"_requirement;
  if (held.with_others) return "oci.concurrency.no-lost-referrer"_requirement;
  if (chain.pages.size() > 1) return "oci.referrers.page.complete"_requirement;
  if (shelf.deleted_referrers_of.contains(chain.place.reference)) {
    return "oci.delete.referrer-keeps-subject"_requirement;
  }
  if (reading.kind == Kind::kIndex) return "oci.referrers.list.index-referrer"_requirement;
  const auto* subject = shelf.find(chain.place.reference);
  if (subject == nullptr) return "oci.subject.missing-listed"_requirement;
  if (subject->reading.kind == Kind::kDocker) return "oci.subject.docker-subject"_requirement;
  if (subject->reading.kind == Kind::kIndex) return "oci.subject.index-subject"_requirement;
  if (subject->reading.subject) return "oci.subject.chain"_requirement;
  if (held.before_its_subject) return "oci.subject.order-referrer-first"_requirement;
  for (const auto& [name, other] : shelves_) {
    if (&other != &shelf && other.find(reading.digest) != nullptr) {
      return "oci.referrers.list.same-manifest-two-repos"_requirement;
    }
  }
  return "oci.subject.newly-pushed-all"_requirement;
}

}  // namespace referee::model
