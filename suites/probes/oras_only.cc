// Probes of group P-H that only ORAS editions know.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/spec/literals/probes.h"
#include "suites/probes/list_probe.h"

namespace referee::suites {

BEHAVIOUR_PROBE_F(ListProbe, UnknownDigestInDrafts, "probe.oras.unknown-digest-old"_probe, Asked::kOldOras) {
  needs_list();
  push(image());
  return {list_outcome(fresh_digest(session().fresh_nonce()).text(), repository()), "before the text said what is due"};
}

BEHAVIOUR_PROBE_F(ListProbe, UnknownRepositoryInOras, "probe.oras.unknown-repo"_probe, Asked::kOras) {
  needs_list();
  push(image());
  const auto digest = fresh_digest(session().fresh_nonce()).text();
  Parts parts = {{"never there", list_outcome(digest, session().never_pushed())}};
  parts.emplace_back("bad digest", list_outcome("x", repository()));
  if (edition() >= spec::Edition::kOrasRc1) {
    const auto full = list_url(digest, repository());
    parts.emplace_back("no digest", outcome_at(full.substr(0, full.find('?'))));
    parts.emplace_back("two digests", list_outcome(digest, repository(), "digest=" + digest));
  }
  return parted(parts);
}

BEHAVIOUR_PROBE_F(ListProbe, NullBlobs, "probe.oras.blobs-null"_probe, Asked::kOras) {
  const auto subject = push(image());
  const auto right = sbom().refers_to(subject);
  return parted({{"blobs null", acceptance(make(right.with("blobs", nullptr)))},
                 {"null among blobs", acceptance(make(right.with("blobs", Json::array({nullptr}))))}});
}

BEHAVIOUR_PROBE_F(ListProbe, BothSubjectKeys, "probe.oras.both-keys"_probe, Asked::kOras) {
  needs_list();
  const auto one = push(image());
  const auto two = push(image());
  const auto content = make(oras_artifact(kOrasSbom)
                                .with("subject", descriptor_json(one.descriptor()))
                                .with("subjectManifest", descriptor_json(two.descriptor())));
  const auto received = reception(content, one.digest().text());
  if (!received.starts_with("ACCEPT")) return {received, "PUT with subject and subjectManifest"};
  const bool first = received == "ACCEPT+LISTED";
  const auto list = eventually([&] { return list_all(two); }, Lists(content));
  const bool second = ::testing::Matches(Lists(content))(list);
  return {first && second ? "BOTH"
          : first         ? "NEW-WINS"
          : second        ? "OLD-WINS"
                          : "NEITHER",
          "subject and subjectManifest name different manifests"};
}

BEHAVIOUR_PROBE_F(ListProbe, AnnotationsInTheList, "probe.oras.list-annotations"_probe, Asked::kOras) {
  needs_list();
  const auto subject = push(image());
  const auto referrer =
      push_listed(sbom().annotated("org.example.one", "1").annotated("org.example.two", "2"), subject);
  const auto entry = entry_of(list_all(subject), referrer);
  if (!entry.raw || !entry.raw->contains("annotations")) return {"NONE", "two annotations and a nonce"};
  const auto& shown = entry.raw->at("annotations");
  const auto sent = nlohmann::json::parse(referrer.bytes()).at("annotations");
  if (shown == sent) return {"ALL", shown.dump()};
  std::vector<std::string> keys;
  if (shown.is_object()) {
    for (const auto& [key, value] : shown.items()) keys.push_back(key);
  }
  return {fmt::format("SOME({})", fmt::join(keys, ", ")), shown.dump()};
}

}  // namespace referee::suites
