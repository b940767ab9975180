// Probes of group P-C: the same content pushed again, types that disagree, and what else a push may lack.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/spec/literals/probes.h"
#include "suites/probes/probing.h"

namespace referee::suites {

BEHAVIOUR_PROBE_F(Probing, PushedAgainAndTagged, "probe.repush.duplicates"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto referrer = push_listed(sbom(), subject);
  const auto entries = [&] {
    const auto digests = listed_under(subject.digest().text(), repository());
    return std::ranges::count(digests, referrer.digest().text());
  };
  push(referrer.content);
  const auto by_push = entries();
  push(referrer.content, {.tag = tag_named("first")});
  push(referrer.content, {.tag = tag_named("second")});
  const auto by_tag = entries();
  return {by_push > 1  ? "PER-PUSH"
          : by_tag > 1 ? "PER-TAG"
                       : "ONE",
          fmt::format("{} after a second push, {} after two tags", by_push, by_tag)};
}

BEHAVIOUR_PROBE_F(Probing, PushedAgainAsAnotherType, "probe.repush.changed-content-type"_probe, Asked::kOci) {
  needs_list();
  const auto subject = push(image());
  const auto both = push_listed(sbom().without_media_type().with("manifests", Json::array()), subject);
  oci::Manifest as_index = both.content.manifest;
  as_index.media_type = oci::kImageIndex;
  const auto again = put_manifest(as_index, both.digest(), repository());
  if (again.status != 201) return {in_words(again), "the same bytes as an index"};
  const auto digests = listed_under(subject.digest().text(), repository());
  if (std::ranges::count(digests, both.digest().text()) > 1) return {"TWO-ENTRIES", "one for each type"};
  const auto type = pull(both).headers.get("Content-Type").value_or("");
  return {type == oci::kImageIndex ? "LAST-TYPE" : "FIRST-TYPE", "served as " + type};
}

BEHAVIOUR_PROBE_F(Probing, TypesDisagree, "probe.push.content-type-mismatch"_probe) {
  const auto subject = push(image());
  const auto put_as = [&](const Document& recipe, std::string_view header) -> std::string {
    const auto content = make(recipe.of_type(header));
    const auto answer = put(content);
    if (answer.status != 201) return in_words(answer);
    const auto served = pull(content.manifest.digest, repository()).headers.get("Content-Type").value_or("");
    return served == header ? "201-HEADER-WINS" : "201-BODY-WINS";
  };
  const auto listed = index({image()}, kSbom).refers_to(subject);
  if (!oci()) return {put_as(sbom().refers_to(subject), oci::kImageManifest), "an artifact sent as an image"};
  return parted({{"image as index", put_as(sbom().refers_to(subject), oci::kImageIndex)},
                 {"index as image", put_as(listed, oci::kImageManifest)}});
}

BEHAVIOUR_PROBE_F(Probing, MissingContent, "probe.push.missing-blob"_probe) {
  const auto subject = push(image());
  const auto put_with = [&](const Document& recipe) {
    const auto answer = put(make(recipe.refers_to(subject)));
    return answer.status == 201 ? std::string("ACCEPT") : "REJECT " + in_words(answer);
  };
  const auto missing = put_with(sbom().with_missing_layer());
  if (!oci()) return {missing, "a blob that is not there"};
  const auto nowhere = fresh_digest(session().fresh_nonce()).text();
  return parted({{"layer", missing},
                 {"config", put_with(sbom().with("/config/digest", nowhere).with("/config/size", 7))},
                 {"child", put_with(index({image()}, kSbom).with_missing_child())}});
}

BEHAVIOUR_PROBE_F(Probing, BrokenDescriptorElsewhere, "probe.push.invalid-descriptor-elsewhere"_probe) {
  const auto subject = push(image());
  const auto right = sbom().refers_to(subject);
  const std::string first = oci() ? "/layers/0/" : "/blobs/0/";
  return parted({{"negative size", acceptance(make(right.with(first + "size", -1)))},
                 {"bad digest", acceptance(make(right.with(first + "digest", "notadigest")))}});
}

BEHAVIOUR_PROBE_F(Probing, ManyBlobs, "probe.push.artifact-many-blobs"_probe) {
  const auto subject = push(image());
  std::vector<std::size_t> sizes = {100, 1000};
  if (long_running()) sizes.push_back(10'000);
  std::size_t accepted = 0;
  for (const auto size : sizes) {
    const auto answer = put(make(sbom().with_layers(std::vector<oci::Blob>(size, empty_blob())).refers_to(subject)));
    if (answer.status != 201) {
      return {fmt::format("LIMIT({}, {})", size, in_words(answer)), fmt::format("{} were accepted", accepted)};
    }
    accepted = size;
  }
  return {fmt::format("NONE-SEEN(>= {})", accepted), "blobs or layers of one artifact"};
}

}  // namespace referee::suites
