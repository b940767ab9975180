// Model: what an acknowledged request changes, and what it leaves open.
#include "harness/http/syntax/url.h"
#include "harness/oci/names.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {
namespace {

bool is_digest(const std::string& reference) { return oci::Digest::parse(reference).has_value(); }

// What may have happened or not.
bool is_unclear(int status) { return status == 0 || status >= 500; }

// The tags that a push sets: its reference, and in oci-main those of `?tag=`.
std::vector<std::string> tags_of(const Observation& one) {
  std::vector<std::string> tags;
  if (!is_digest(one.place.reference)) tags.push_back(one.place.reference);
  if (const auto url = http::Url::parse(one.url)) {
    for (auto& [key, value] : http::query_pairs(url->query)) {
      if (key == "tag") tags.push_back(value);
    }
  }
  return tags;
}

void reunite(Held& referrer, Span when) {
  referrer.reunited = true;
  if (referrer.listed.last() != Standing::kThere) referrer.listed.set(Standing::kThere, when);
}

// A repository that holds many manifests may be full, or its subject named often enough.
bool may_be_a_limit(int status, const Shelf& shelf) {
  constexpr std::size_t kMany = 16;
  return shelf.manifests.size() >= kMany && (status == 409 || status == 413 || status == 422);
}

bool overlap(Span a, Span b) { return a.from < b.until && b.from < a.until; }

}  // namespace

void Model::learn_push(const Observation& one, Shelf& shelf, const Reading& reading) {
  const int status = one.answer.status;
  auto* known = shelf.find(reading.digest);
  if (status / 100 != 2) {
    if (known == nullptr && status / 100 == 4) {
      // A tag that may not move, and quotas and rights, are reasons that have nothing to do with the manifest.
      const bool otherwise =
          one.place.reference != reading.digest || is_about_policy(status) || may_be_a_limit(status, shelf);
      Refused refused{.reading = reading,
                      .status = status,
                      .sequence = one.sequence,
                      .for_its_own_sake = !otherwise,
                      .subject = {}};
      if (const auto* subject = reading.subject ? shelf.find(*reading.subject) : nullptr) {
        if (subject->stored.last() == Standing::kThere) refused.subject = subject->reading;
        refused.unsure = subject->stored.last() == Standing::kOpen;
      }
      refused.elsewhere = reading.subject && lies_elsewhere(shelf, *reading.subject);
      shelf.refused.insert_or_assign(reading.digest, std::move(refused));
    }
    if (is_unclear(status)) {
      shelf.open(reading.digest, Opening::kUnclear, one.when);
      for (const auto& tag : tags_of(one)) {
        shelf.tags.try_emplace(tag, std::string()).first->second.set(kAnyDigest, one.when);
      }
      if (known == nullptr) {  // it may be there now
        auto& held = shelf.manifests.try_emplace(reading.digest).first->second;
        held.reading = reading;
        held.opening = Opening::kUnclear;
        held.stored.set(Standing::kOpen, one.when);
        held.listed.set(Standing::kOpen, one.when);
      }
    }
    return;
  }
  learn_location(one, reading);
  shelf.refused.erase(reading.digest);
  shelf.writes.push_back(one.sequence);
  auto& held = shelf.manifests.try_emplace(reading.digest).first->second;
  held.reading = reading;
  const auto* subject = reading.subject ? shelf.find(*reading.subject) : nullptr;
  const bool subject_there = subject != nullptr && subject->stored.last() == Standing::kThere;
  // artifact-manifest.md, `subject`: one that is not found is refused, so that what was taken was found.
  held.acknowledged = is_oras() ? subject_there : one.answer.headers.has(oci::kSubjectHeader);
  const bool at_once = shelf.last_pushed != reading.digest && overlap(shelf.last_push, one.when);
  if (at_once) {
    held.with_others = true;
    if (auto* other = shelf.find(shelf.last_pushed)) other->with_others = true;
  }
  shelf.last_push = one.when;
  shelf.last_pushed = reading.digest;
  if (held.pushes++ == 0 && reading.subject) {
    held.before_its_subject = !subject_there;
  }
  held.opening = Opening::kNone;
  held.reunited = false;
  for (auto& [digest, other] : shelf.manifests) {  // what survived its deletion is its referrer again
    const bool survived = other.reading.subject == reading.digest && other.opening == Opening::kSubjectGone &&
                          other.stored.last() == Standing::kThere;
    if (survived && held.was_deleted) reunite(other, one.when);
  }
  if (held.stored.last() != Standing::kThere) held.stored.set(Standing::kThere, one.when);
  if (held.listed.last() != Standing::kThere) held.listed.set(Standing::kThere, one.when);
  // An artifact whose subject is not there was to be refused: what becomes of it now is open.
  if (is_oras() && refers(reading) && reading.subject && !subject_there) {
    held.opening = Opening::kUnclear;
    held.stored.set(Standing::kOpen, one.when);
    held.listed.set(Standing::kOpen, one.when);
  }
  for (const auto& tag : tags_of(one)) {
    auto& target = shelf.tags.try_emplace(tag, std::string()).first->second;
    const auto before = target.last();
    target.set(reading.digest, one.when);
    if (before != reading.digest && before != kAnyDigest && !before.empty()) {
      shelf.open(before, Opening::kTagGone, one.when);
    }
  }
}

void Model::learn_deletion(const Observation& one, Shelf& shelf) {
  const int status = one.answer.status;
  const auto& reference = one.place.reference;
  if (one.place.area == Area::kBlob) {
    if (status / 100 == 2 || is_unclear(status)) shelf.blobs.erase(reference);  // nothing is due for it any more
    return;
  }
  // Of what was there 404 says that it is gone: a request whose answer was lost is sent again below HTTP, and the
  // second one finds nothing.
  const bool unclear = is_unclear(status) || status == 404 || status == 410;
  if (status / 100 != 2 && !unclear) return;
  if (!unclear) shelf.writes.push_back(one.sequence);
  if (!is_digest(reference)) {
    const auto tag = shelf.tags.find(reference);
    if (tag == shelf.tags.end()) return;
    const auto target = tag->second.last();
    tag->second.set(unclear ? kAnyDigest : "", one.when);
    if (!target.empty() && target != kAnyDigest) shelf.open(target, Opening::kTagGone, one.when);
    return;
  }
  auto* held = shelf.find(reference);
  if (held == nullptr) return;
  if (unclear) return shelf.open(reference, Opening::kUnclear, one.when);
  held->was_deleted = true;
  held->opening = Opening::kNone;
  held->stored.set(Standing::kAbsent, one.when);
  held->listed.set(Standing::kAbsent, one.when);
  if (held->reading.subject) shelf.deleted_referrers_of.insert(*held->reading.subject);
  shelf.retarget(reference, "", one.when);
  shelf.open_dependants(reference, Opening::kSubjectGone, one.when);
}

// What was open is decided by a pull that came late enough to show it.
void Model::learn_pull(const Observation& one, Shelf& shelf) {
  const auto& digest = one.place.reference;
  if (!is_digest(digest)) return;
  auto* held = shelf.find(digest);
  if (held == nullptr) {
    auto& stranger = shelf.strangers[digest];
    stranger.pulled = one.answer.status == 200;
    stranger.missed = stranger.pulled ? 0 : stranger.missed + (one.method == "GET" ? 1 : 0);
    if (stranger.pulled && one.method == "GET") {
      const auto type = one.answer.headers.get("Content-Type").value_or("");
      stranger.subject = read_manifest(digest, type, one.answer.body, edition_).subject;
    }
    return;
  }
  if (!only(held->stored, Standing::kOpen, one.when)) return;
  if (one.answer.status == 200) {
    held->stored.set(Standing::kThere, one.when);
    // A subject that went may have taken its referrers from the list and left them to be pulled; a tag may not.
    if (held->opening == Opening::kTagGone) held->listed.set(Standing::kThere, one.when);
    const auto* subject = held->reading.subject ? shelf.find(*held->reading.subject) : nullptr;
    const bool back = subject != nullptr && subject->was_deleted && subject->stored.last() == Standing::kThere;
    if (held->opening == Opening::kSubjectGone && back) reunite(*held, one.when);
  } else if (one.answer.status == 404 || one.answer.status == 410) {
    held->stored.set(Standing::kAbsent, one.when);
    held->listed.set(Standing::kAbsent, one.when);
    shelf.open_dependants(digest, held->opening, one.when);
  }
}

void Model::learn_upload(const Observation& one, Shelf& shelf) {
  const bool closed = one.method == "PUT" || (one.method == "POST" && !one.place.reference.empty());
  if (!closed || one.answer.status != 201 || one.place.reference.empty()) return;
  auto& blob = shelf.blobs.try_emplace(one.place.reference, Standing::kAbsent).first->second;
  if (blob.last() != Standing::kThere) blob.set(Standing::kThere, one.when);
}

}  // namespace referee::model
