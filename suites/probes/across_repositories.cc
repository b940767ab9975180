// Probes of group P-C and P-B across repositories: signatures away from their images, in the cosign styles and others.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "harness/http/syntax/url.h"
#include "harness/spec/literals/probes.h"
#include "suites/probes/probing.h"

namespace referee::suites {

BEHAVIOUR_PROBE_F(Probing, SubjectInAnotherRepository, "probe.subject.other-repo"_probe) {
  needs_list();
  const auto elsewhere = push(image(), {.in = other_repository()});
  push(image());  // the repository exists
  const auto crossing = put(make(sbom().refers_to(elsewhere)));
  const auto dangling = put(make(sbom().refers_to(absent_subject(session().fresh_nonce()))));
  const bool same = crossing.status == dangling.status && error_code(crossing) == error_code(dangling);
  std::string answer = crossing.status == 201 ? "ACCEPT" : in_words(crossing);
  if (is_there(elsewhere.digest(), repository())) answer = "MOUNT";
  return {
      answer + (same ? ", same as nowhere" : ", differs from nowhere"),
      fmt::format("subject in another repository: {}\nsubject nowhere: {}", in_words(crossing), in_words(dangling))};
}

BEHAVIOUR_PROBE_F(Probing, SignsInASeparateRepository, "probe.repo.cosign-style-separate"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto signing = make(signature().refers_to(subject));
  const auto pushed = put(signing, {.in = signatures()});
  std::string answer;
  if (pushed.status == 201) {
    const auto list = [&] { return list_all(subject.digest(), signatures()); };
    const bool found = ::testing::Matches(Lists(signing))(eventually(list, Lists(signing)));
    answer = found ? "WORKS" : "ACCEPT+UNLISTED";
  } else {
    push(subject.content, {.in = signatures()});
    const auto again = put(signing, {.in = signatures()});
    answer = again.status == 201 ? "NEEDS-SUBJECT-COPY" : "REFUSED " + in_words(again);
  }
  const bool leaks = is_listed(signing.manifest.digest, subject.digest().text(), repository());
  return {answer + (leaks ? ", listed with the image too" : ""),
          fmt::format("push of the signature to {}: {}", signatures().name, in_words(pushed))};
}

BEHAVIOUR_PROBE_F(Probing, KeepsSignaturesUnderATag, "probe.repo.cosign-tag-style"_probe) {
  needs_list();
  const auto subject = push(image(), {.tag = tag_named("subject")});
  std::string tag = subject.digest().text() + ".sig";
  tag[tag.find(':')] = '-';
  const auto answer = put(make(oci_artifact(kSignature)), {.tag = tag});
  if (answer.status != 201) return {"REFUSED " + in_words(answer), "PUT of an image under " + tag};
  if (!listed_under(subject.digest().text(), repository()).empty()) return {"LISTED-AS-REFERRER", "under " + tag};
  if (!met(Gate::kManifestDeletion)) return {"PLAIN-TAG", "deletion is not offered: what becomes of it is not known"};
  removed(subject);
  const auto left = after_cascade([&] { return pull(tag, repository()); }, HasStatus(404));
  return {left.status == 404 ? "DELETED-WITH-SUBJECT" : "PLAIN-TAG",
          "after the image was deleted the tag is answered " + in_words(left)};
}

BEHAVIOUR_PROBE_F(Probing, MountsSignatureBlobs, "probe.repo.mounted-blob-signature"_probe) {
  const auto subject = push(image());
  const auto payload = oci::Blob::of("application/vnd.example.data", "payload " + session().fresh_nonce());
  push_blob(payload);
  push(image(), {.in = signatures()});
  const auto path = fmt::format("/v2/{}/blobs/uploads/?mount={}&from={}", signatures().name, payload.digest.text(),
                                http::percent_encode(repository().name));
  session().pushed_blob(signatures(), payload.digest);
  const auto mounted = send({.method = "POST", .url = url(path)});
  std::string answer = in_words(mounted);
  if (mounted.status != 201) return {answer, "no mount: an upload is offered instead"};
  auto recipe = oci_artifact(kSignature).with_layers({payload});
  const auto signing = make(oci() ? recipe.refers_to(subject) : oras_artifact(kOrasSignature).with_layers({payload}));
  const auto pushed = put(signing, {.in = signatures()});
  answer += pushed.status == 201 ? "" : ", signature " + in_words(pushed);
  if (!met(Gate::kBlobDeletion)) return {answer, "deletion of blobs is not offered"};
  const auto deleted = remove_blob(payload.digest, repository());
  const bool survives = head_blob(payload.digest, signatures()).status == 200;
  return {answer + (survives ? ", survives deletion" : ", lost with its origin"),
          fmt::format("DELETE of the origin's blob: {}", in_words(deleted))};
}

BEHAVIOUR_PROBE_F(Probing, SubjectWithUrls, "probe.subject.other-registry-urls"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto urls = Json::array({url("/v2/" + other_repository().name + "/manifests/" + subject.digest().text())});
  const auto referrer = make(sbom().refers_to(subject).with_subject_member("urls", urls));
  const auto reception_here = reception(referrer, subject.digest().text());
  if (!reception_here.starts_with("ACCEPT")) return {"REJECTED " + reception_here, "PUT with urls on the subject"};
  const auto list = list_all(subject);
  bool shown = false;
  for (const auto& entry : list.entries()) shown = shown || (entry.raw && entry.raw->contains("urls"));
  const auto fetched = is_there(subject.digest(), other_repository());
  return {std::string(fetched ? "FETCHED" : "IGNORED") + (shown ? ", urls in the list" : "") +
              (reception_here != "ACCEPT+LISTED" ? ", unlisted" : ""),
          "the subject's urls name another repository"};
}

BEHAVIOUR_PROBE_F(Probing, NondistributableLayer, "probe.nondistributable.layer"_probe) {
  const auto subject = push(image());
  auto recipe = oci() ? oci_artifact(kSbom).with_nondistributable_layer() : sbom().with_nondistributable_layer();
  const auto referrer = make(recipe.refers_to(subject));
  const auto answer = put(referrer);
  if (answer.status != 201) return {"REJECT " + in_words(answer), "PUT with a layer that has urls and is not there"};
  const auto document = nlohmann::json::parse(referrer.manifest.bytes);
  const auto& listed = document.at(oci() ? "layers" : "blobs").back();
  const auto path = "/v2/" + repository().name + "/blobs/" + listed.at("digest").get<std::string>();
  http::Request request{.method = "HEAD", .url = url(path)};
  const auto blob = raw(std::move(request));
  const bool redirected = !blob.url.starts_with(session().client().base());
  return {redirected ? "ACCEPT+REDIRECT" : "ACCEPT+" + std::to_string(blob.status) + "-BLOB", "HEAD of the layer"};
}

BEHAVIOUR_PROBE_F(Probing, SameManifestInTwoRepositories, "probe.repo.same-manifest-two-repos"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto copy = push(subject.content, {.in = other_repository()});
  const auto here = push_listed(sbom(), subject);
  const auto there = push(here.content, {.in = other_repository()});
  const auto list = [&] { return list_all(copy); };
  if (!::testing::Matches(Lists(there))(eventually(list, Lists(there)))) {
    return {"SECOND-NOT-LISTED", "the same bytes in a second repository"};
  }
  if (!met(Gate::kManifestDeletion)) return {"LISTED-IN-BOTH", "deletion is not offered"};
  removed(here);
  const auto left = after_cascade([&] { return pull(there); }, HasStatus(404));
  const bool listed = is_listed(there, copy);
  return {left.status == 200 && listed ? "INDEPENDENT" : "SHARED-DELETE",
          fmt::format("after deletion in the first: {} in the second, {}", in_words(left),
                      listed ? "listed" : "not listed")};
}

}  // namespace referee::suites
