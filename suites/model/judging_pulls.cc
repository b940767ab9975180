// Model: what GET and HEAD of manifests and blobs must answer; OCI distribution-spec, "Pulling manifests", "Checking if
// Content Exists", "Deleting Manifests".
#include <fmt/format.h>

#include <algorithm>

#include "harness/oci/names.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

namespace {

bool is_gone(int status) { return status == 404 || status == 410; }

std::string status_of(const http::Response& answer) { return fmt::format("status {}", answer.status); }

std::string bytes_of(const http::Response& answer) {
  return fmt::format("{} bytes with the digest {}", answer.body.size(), oci::Digest::of(answer.body).text());
}

std::string by(const Observation& one) {
  const bool digest = oci::Digest::parse(one.place.reference).has_value();
  return fmt::format("{} of a manifest by {}", one.method, digest ? "digest" : "tag");
}

}  // namespace

void Model::judge_pull(const Observation& one, const Shelf& shelf, Verdicts& verdicts) const {
  if (!oci::Digest::parse(one.place.reference)) return judge_pull_by_tag(one, shelf, verdicts);
  const auto& digest = one.place.reference;
  const auto* held = shelf.find(digest);
  const int status = one.answer.status;
  if (held != nullptr) verdicts.concerns(held->reading.kind);
  if (held == nullptr) {
    if (status != 200) return verdicts.keeps("oci.manifest.get-404-in-repo"_requirement);
    const auto stranger = shelf.strangers.find(digest);
    if (one.method == "HEAD" && stranger != shelf.strangers.end() && !stranger->second.pulled) {
      verdicts.say("oci.manifest.head-200"_requirement, by(one) + " that GET does not find", "status 404",
                   status_of(one.answer));
      return;
    }
    if (shelf.refused.contains(digest)) {
      verdicts.say("oci.subject.failed-push-not-listed"_requirement, by(one) + " that was refused", "status 404",
                   status_of(one.answer));
      return;
    }
    for (const auto& [name, other] : shelves_) {
      if (other.find(digest) == nullptr) continue;
      verdicts.say("oci.manifest.get-404-in-repo"_requirement,
                   by(one) + ", which was pushed to another repository alone", "status 404", status_of(one.answer));
      return;
    }
    return;
  }
  if (only(held->stored, Standing::kThere, one.when)) {
    if (status == 200) {
      verdicts.keeps(why_not_served(one, shelf, *held));
      return judge_served(one, *held, verdicts);
    }
    verdicts.say(why_not_served(one, shelf, *held), by(one) + " that was pushed", "status 200", status_of(one.answer));
  } else if (only(held->stored, Standing::kAbsent, one.when) && held->was_deleted) {
    if (status != 200) return verdicts.keeps("oci.delete.manifest-gone"_requirement);
    verdicts.say("oci.delete.manifest-gone"_requirement, by(one) + " that was deleted", "status 404",
                 status_of(one.answer));
  } else if (status == 200) {
    judge_served(one, *held, verdicts);
  }
}

spec::RequirementId Model::why_not_served(const Observation& one, const Shelf& shelf, const Held& held) const {
  for (const auto& [name, other] : shelves_) {
    const auto* there = &other == &shelf ? nullptr : other.find(held.reading.digest);
    if (there != nullptr && there->was_deleted) return "oci.delete.other-repo-unaffected"_requirement;
  }
  const bool of_subject = shelf.deleted_referrers_of.contains(held.reading.digest);
  const bool of_sibling = held.reading.subject && shelf.deleted_referrers_of.contains(*held.reading.subject);
  if (of_subject || of_sibling) return "oci.delete.referrer-keeps-subject"_requirement;
  for (const auto& [digest, other] : shelf.manifests) {
    if (other.before_its_subject && other.reading.subject == held.reading.digest) {
      return "oci.subject.order-referrer-first"_requirement;
    }
  }
  return one.method == "HEAD" ? "oci.manifest.head-200"_requirement : "oci.manifest.get-200"_requirement;
}

void Model::judge_pull_by_tag(const Observation& one, const Shelf& shelf, Verdicts& verdicts) const {
  const auto tag = shelf.tags.find(one.place.reference);
  if (tag == shelf.tags.end()) return;
  const auto targets = tag->second.possible(one.when, settle_);
  if (targets.size() != 1 || targets.front() == kAnyDigest) return;
  const int status = one.answer.status;
  if (targets.front().empty()) {
    if (status != 200 && tag->second.changes() > 0) verdicts.keeps("oci.delete.tag-202"_requirement);
    if (status != 200 || tag->second.changes() == 0) return;
    const bool pulled = one.method == "GET";
    const auto named = one.answer.headers.get(oci::kContentDigestHeader);
    if (!pulled && !named) return;  // which manifest it is, GET will say
    const auto* held = shelf.find(pulled ? oci::Digest::of(one.answer.body).text() : *named);
    const bool deleted = held != nullptr && held->was_deleted && only(held->stored, Standing::kAbsent, one.when);
    verdicts.say(deleted ? "oci.delete.manifest-gone"_requirement : "oci.delete.tag-202"_requirement,
                 by(one) + (deleted ? ", whose manifest was deleted" : " that was deleted"), "status 404",
                 status_of(one.answer));
    return;
  }
  const auto* held = shelf.find(targets.front());
  if (held != nullptr) verdicts.concerns(held->reading.kind);
  if (held == nullptr || !only(held->stored, Standing::kThere, one.when)) return;
  if (status != 200) {
    verdicts.say(why_not_served(one, shelf, *held), by(one) + " that was pushed", "status 200", status_of(one.answer));
  } else if (one.method == "GET" && one.answer.body != held->reading.bytes &&
             shelf.find(oci::Digest::of(one.answer.body).text()) != nullptr) {
    verdicts.say("oci.manifest.get-200"_requirement, by(one),
                 "the manifest that was pushed under the tag last, " + held->reading.digest,
                 "another one, " + oci::Digest::of(one.answer.body).text());
  } else {
    judge_served(one, *held, verdicts);
  }
}

void Model::judge_served(const Observation& one, const Held& held, Verdicts& verdicts) const {
  const auto& headers = one.answer.headers;
  const auto& reading = held.reading;
  verdicts.keeps(one.method == "GET" ? "oci.manifest.bytes-exact"_requirement
                                     : "oci.manifest.head-content-length"_requirement);
  if (one.method == "GET") verdicts.keeps("oci.manifest.get-content-type"_requirement);
  if (headers.has(oci::kContentDigestHeader)) verdicts.keeps("oci.manifest.get-content-digest"_requirement);
  if (one.method == "GET" && one.answer.body != reading.bytes) {
    if (headers.has("Content-Encoding")) return;
    verdicts.say("oci.manifest.bytes-exact"_requirement, by(one),
                 fmt::format("the {} bytes that were pushed", reading.bytes.size()), bytes_of(one.answer));
    return;
  }
  if (one.method == "HEAD") {
    const auto length = headers.get("Content-Length");
    if (!length && one.answer.status == 200) {
      verdicts.say("oci.manifest.head-content-length"_requirement, by(one),
                   fmt::format("Content-Length: {}", reading.bytes.size()), "no Content-Length");
    } else if (length && *length != std::to_string(reading.bytes.size()) && !headers.has("Content-Encoding")) {
      verdicts.say("oci.manifest.head-content-length"_requirement, by(one),
                   fmt::format("Content-Length: {}", reading.bytes.size()), "Content-Length: " + *length);
    }
  }
  const auto type = headers.get("Content-Type");
  if (one.method == "GET" && type.value_or("") != reading.media_type) {
    verdicts.say("oci.manifest.get-content-type"_requirement, by(one), "Content-Type: " + reading.media_type,
                 type ? "Content-Type: " + *type : "no Content-Type");
  }
  const auto digest = headers.get(oci::kContentDigestHeader);
  if (!digest) {
    verdicts.say("oci.manifest.get-content-digest"_requirement, by(one),
                 fmt::format("{}: {}", oci::kContentDigestHeader, reading.digest),
                 fmt::format("no {}", oci::kContentDigestHeader));
    return;
  }
  const auto parsed = oci::Digest::parse(*digest);
  if (parsed && parsed->matches(reading.bytes).value_or(true)) return;
  verdicts.say("oci.manifest.get-content-digest"_requirement, by(one),
               fmt::format("{}: {}", oci::kContentDigestHeader, reading.digest),
               fmt::format("{}: {}", oci::kContentDigestHeader, *digest), spec::Verdict::kFail);
}

void Model::judge_deletion(const Observation& one, const Shelf& shelf, Verdicts& verdicts) const {
  const int status = one.answer.status;
  if (status / 100 != 2) return;
  const bool digest = oci::Digest::parse(one.place.reference).has_value();
  const bool known = digest ? shelf.find(one.place.reference) != nullptr : shelf.tags.contains(one.place.reference);
  if (!known) return;
  const auto row = digest ? "oci.delete.manifest-202"_requirement : "oci.delete.tag-202"_requirement;
  if (status == 202) return verdicts.keeps(row);
  verdicts.say(row, by(one), "status 202", status_of(one.answer));
}

void Model::judge_blob(const Observation& one, const Shelf& shelf, Verdicts& verdicts) const {
  const auto blob = shelf.blobs.find(one.place.reference);
  if (blob == shelf.blobs.end()) return;
  if (!only(blob->second, Standing::kThere, one.when)) return;
  bool needed = false;
  bool released = false;
  for (const auto& [digest, held] : shelf.manifests) {
    if (std::ranges::find(held.reading.blobs, one.place.reference) == held.reading.blobs.end()) continue;
    needed = needed || only(held.stored, Standing::kThere, one.when);
    released = released || held.was_deleted;
  }
  if (!needed || !released) return;
  if (!is_gone(one.answer.status)) return verdicts.keeps("oci.delete.shared-blob-survives"_requirement);
  verdicts.say("oci.delete.shared-blob-survives"_requirement,
               one.method + " of a blob that a manifest names, after another one that names it was deleted",
               "status 200", status_of(one.answer));
}

}  // namespace referee::model
