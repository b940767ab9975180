// Model: what the answer to an accepted push must say; OCI distribution-spec, "Pushing Manifests" and "Pushing
// Manifests with Subject".
#include <fmt/format.h>

#include <algorithm>

#include "harness/oci/names.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

void Model::judge_push(const Observation& one, const Shelf& shelf, const Reading& reading, Verdicts& verdicts) const {
  const auto& answer = one.answer;
  verdicts.concerns(reading.kind);
  if (is_oras()) judge_artifact_push(one, shelf, reading, verdicts);
  if (answer.status / 100 != 2) return judge_refusal(one, shelf, reading, verdicts);
  const std::string about =
      fmt::format("PUT of a manifest by {}", one.place.reference == reading.digest ? "digest" : "tag");
  if (answer.status != 201 && !is_oras()) {
    const auto* subject = reading.subject ? shelf.find(*reading.subject) : nullptr;
    const bool absent = reading.subject && (subject == nullptr || subject->stored.last() != Standing::kThere);
    verdicts.say(absent ? "oci.subject.missing-201"_requirement : "oci.subject.push-201"_requirement, about,
                 "status 201", fmt::format("status {}", answer.status));
  } else if (reading.subject && !is_oras()) {
    verdicts.keeps("oci.subject.push-201"_requirement);
  }
  if (answer.headers.has("Location")) {
    judge_location(one, reading, verdicts);
  } else {
    verdicts.say("oci.manifest.location"_requirement, about, "a Location header", "none");
  }
  if (const auto digest = answer.headers.get(oci::kContentDigestHeader)) {
    const auto parsed = oci::Digest::parse(*digest);
    const bool right = one.place.reference == reading.digest ? *digest == reading.digest
                                                             : parsed && parsed->matches(one.sent_body).value_or(true);
    if (right) {
      verdicts.keeps("oci.manifest.content-digest-put"_requirement);
    } else {
      verdicts.say("oci.manifest.content-digest-put"_requirement, about,
                   fmt::format("{} to be the digest of the manifest, {}", oci::kContentDigestHeader, reading.digest),
                   fmt::format("{}: {}", oci::kContentDigestHeader, *digest));
    }
  }
  judge_acknowledgement(one, shelf, reading, verdicts);
  judge_refused(one, shelf, reading, verdicts);
}

// What is refused at first is the business of checks that know why; but what was taken once may be pushed again.
void Model::judge_refusal(const Observation& one, const Shelf& shelf, const Reading& reading,
                          Verdicts& verdicts) const {
  const auto* known = shelf.find(reading.digest);
  const int status = one.answer.status;
  if (known == nullptr || !reading.subject || status / 100 != 4 || is_about_policy(status)) return;
  const bool same_reference = one.place.reference == reading.digest;
  if (!same_reference || known->stored.last() != Standing::kThere) return;
  verdicts.say("oci.subject.header-repush"_requirement, "PUT of a manifest that was pushed before", "status 201",
               fmt::format("status {}", status));
}

// Another push that differs only by its subject was refused: then the subject is the reason.
void Model::judge_refused(const Observation& control, const Shelf& shelf, const Reading& reading,
                          Verdicts& verdicts) const {
  if (reading.subject || reading.apart_from_subject.empty()) return;
  for (const auto& [digest, refused] : shelf.refused) {
    const auto& wanted = refused.reading;
    if (!refused.for_its_own_sake || refused.unsure || wanted.media_type != reading.media_type) continue;
    if (!wanted.subject || !is_sha256(*wanted.subject) || wanted.apart_from_subject != reading.apart_from_subject)
      continue;
    const auto& subject = refused.subject;
    if (is_oras() && (!subject || !refers(wanted))) continue;  // as it should be, or for what it has apart from that
    auto row = "oci.subject.missing-201"_requirement;
    if (subject) row = "oci.subject.push-201"_requirement;
    if (!subject && refused.elsewhere) row = "oci.subject.other-repo-201"_requirement;
    if (subject && subject->subject) row = "oci.subject.chain"_requirement;
    if (subject && subject->kind == Kind::kDocker) row = "oci.subject.docker-subject"_requirement;
    if (subject && subject->kind == Kind::kIndex) row = "oci.subject.index-subject"_requirement;
    verdicts.answered_by({control.sequence, refused.sequence});
    verdicts.say(row, "PUT of a manifest with a subject",
                 "status 201, as the same manifest without its subject is answered",
                 fmt::format("status {}", refused.status));
  }
}

// Whether the manifest was pushed to another repository and is there.
bool Model::lies_elsewhere(const Shelf& shelf, const std::string& digest) const {
  return std::ranges::any_of(shelves_, [&](const auto& each) {
    const auto* held = &each.second == &shelf ? nullptr : each.second.find(digest);
    return held != nullptr && held->stored.last() == Standing::kThere;
  });
}

void Model::judge_acknowledgement(const Observation& one, const Shelf& shelf, const Reading& reading,
                                  Verdicts& verdicts) const {
  if (is_oras()) return;
  const auto said = one.answer.headers.all(oci::kSubjectHeader);
  const std::string about = "PUT of a manifest";
  if (!reading.subject) {
    if (said.empty()) return verdicts.keeps("oci.subject.header-absent-without-subject"_requirement);
    verdicts.say("oci.subject.header-absent-without-subject"_requirement, about + " without subject",
                 fmt::format("no {}", oci::kSubjectHeader), fmt::format("{}: {}", oci::kSubjectHeader, said.front()));
    return;
  }
  const bool due =
      lists_ && is_sha256(*reading.subject) && (reading.kind == Kind::kImage || reading.kind == Kind::kIndex);
  const auto* known_subject = shelf.find(*reading.subject);
  const bool missing = known_subject == nullptr || known_subject->stored.last() != Standing::kThere;
  if (missing) verdicts.keeps("oci.subject.missing-201"_requirement);
  const auto row = why_acknowledged(one, shelf, reading);
  if (due && !said.empty()) verdicts.keeps(row);
  if (said.empty()) {
    if (!due) return;
    verdicts.say(row, about + " with a subject", fmt::format("{}: {}", oci::kSubjectHeader, *reading.subject),
                 fmt::format("no {}", oci::kSubjectHeader));
  } else if (said.size() > 1 || said.front() != *reading.subject) {
    verdicts.say("oci.subject.header-value"_requirement, about + " with a subject",
                 fmt::format("{}: {}", oci::kSubjectHeader, *reading.subject),
                 fmt::format("{}: {}", oci::kSubjectHeader, fmt::join(said, "; ")));
  } else {
    verdicts.keeps("oci.subject.header-value"_requirement);
  }
}

// Of the rules that want the acknowledgement, the one that says most of this case.
spec::RequirementId Model::why_acknowledged(const Observation& one, const Shelf& shelf, const Reading& reading) const {
  if (reading.kind == Kind::kIndex) return "oci.subject.header-index"_requirement;
  const auto* known = shelf.find(reading.digest);
  if (known != nullptr && known->pushes > 0) return "oci.subject.header-repush"_requirement;
  if (one.place.reference != reading.digest) return "oci.subject.header-tag"_requirement;
  const auto* subject = shelf.find(*reading.subject);
  const bool absent = subject == nullptr || !maybe(subject->stored, Standing::kThere, one.when);
  return absent ? "oci.subject.header-missing-subject"_requirement : "oci.subject.header-digest"_requirement;
}

}  // namespace referee::model
