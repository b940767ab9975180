// Probes of group P-H: the fallback tag, discovery, manifests of the other family, codes and warnings.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/oci/json.h"
#include "harness/spec/literals/probes.h"
#include "suites/probes/list_probe.h"

namespace referee::suites {
namespace {

class FallbackProbe : public ListProbe {
 public:
  using ListProbe::ListProbe;

 protected:
  /// The tag of distribution-spec, "Referrers Tag Schema".
  static std::string tag_of(const oci::Digest& digest) {
    std::string tag = digest.text();
    std::ranges::replace(tag, ':', '-');
    return tag;
  }
  /// A fallback index with those entries, pushed under that tag.
  Response put_index(const std::vector<Child>& entries, const std::string& tag) const {
    return put(make(index(entries)), {.tag = tag});
  }
};

}  // namespace

BEHAVIOUR_PROBE_F(FallbackProbe, TagNobodyPushed, "probe.fallback.virtual-tag"_probe, Asked::kOci) {
  needs_list();
  const auto subject = push(image());
  push_listed(sbom(), subject);
  const auto tag = tag_of(subject.digest());
  const auto answer = pull(tag, repository());
  if (answer.status != 200) return {std::to_string(answer.status), "GET of " + tag};
  const auto names = tag_names(repository());
  const bool real = std::ranges::find(names, tag) != names.end();
  return {real ? "REAL-TAG-CREATED" : "VIRTUAL-INDEX", "GET of " + tag};
}

BEHAVIOUR_PROBE_F(FallbackProbe, TagThatDisagrees, "probe.fallback.client-tag-and-api"_probe, Asked::kOci) {
  needs_list();
  const auto subject = push(image());
  const auto referrer = push_listed(sbom(), subject);
  const auto stranger = push(oci_artifact(kSignature));
  const auto answer = put_index({stranger}, tag_of(subject.digest()));
  if (answer.status != 201) return {"TAG-REFUSED " + in_words(answer), "PUT of an index under the fallback tag"};
  const auto list = eventually([&] { return list_all(subject); }, Lists(stranger));
  const bool own = ::testing::Matches(Lists(referrer))(list);
  const bool foreign = ::testing::Matches(Lists(stranger))(list);
  return {!foreign ? "API-WINS" : own ? "TAG-MERGED" : "TAG-SERVED-VERBATIM", "an index that names something else"};
}

BEHAVIOUR_PROBE_F(FallbackProbe, ConditionalPush, "probe.fallback.conditional-put"_probe, Asked::kOci) {
  const auto subject = push(image());
  const auto tag = tag_of(subject.digest());
  if (const auto answer = put_index({image()}, tag); answer.status != 201) {
    return {"TAG-REFUSED " + in_words(answer), "PUT of an index under the fallback tag"};
  }
  const auto etag = pull(tag, repository()).headers.get("ETag");
  if (!etag) return {"NO-ETAG", "GET of the tag"};
  const auto other = make(index({image()}));
  push_parts(other, repository());
  const auto stale = put_manifest(other.manifest, engine::Reference(tag), repository(), {{"If-Match", "\"stale\""}});
  return {stale.status == 412 ? "412-WORKS" : stale.status == 201 ? "IGNORED" : in_words(stale), "ETag " + *etag};
}

BEHAVIOUR_PROBE_F(FallbackProbe, TagOfALongDigest, "probe.fallback.sha512-tag"_probe, Asked::kOci) {
  push(image());
  const auto tag = tag_of(fresh_digest(session().fresh_nonce(), oci::Algorithm::kSha512));
  const auto pushed = [&](const std::string& name) {
    try {
      return in_words(put_index({image()}, name));
    } catch (const engine::PremiseBroken&) {
      return std::string("REFUSED");
    }
  };
  return parted({{"135 characters", pushed(tag)}, {"cut to 64", pushed(tag.substr(0, 7 + 64))}});
}

BEHAVIOUR_PROBE_F(FallbackProbe, Extensions, "probe.discover.extensions"_probe, Asked::kOci) {
  push(image());
  const auto seen = [&](const std::string& path) -> std::string {
    const auto answer = ask("GET", url(path));
    if (answer.status != 200) return std::to_string(answer.status);
    const auto reading = oci::read_json(answer.body);
    const bool listed = reading.value && reading.value->is_object() && reading.value->contains("extensions") &&
                        reading.value->at("extensions").is_array();
    if (!listed) return "200-NO-LIST";
    std::vector<std::string> names;
    for (const auto& extension : reading.value->at("extensions")) {
      if (!extension.is_object()) continue;
      const auto name = extension.find("name");
      const std::string text = name != extension.end() && name->is_string() ? name->get<std::string>() : "?";
      names.push_back(text + (extension.contains("endpoints") ? " (endpoints)" : " (url)"));
    }
    return names.empty() ? "EMPTY" : fmt::format("{}", fmt::join(names, ", "));
  };
  return parted({{"registry", seen("/v2/_oci/ext/discover")},
                 {"repository", seen("/v2/" + repository().name + "/_oci/ext/discover")}});
}

BEHAVIOUR_PROBE_F(FallbackProbe, OrasArtifactInOci, "probe.compat.oras-manifest-in-oci-registry"_probe, Asked::kOci) {
  needs_list();
  const auto subject = push(image());
  const auto content = make(oras_artifact(kOrasSbom).refers_to(subject));
  const auto answer = put(content);
  if (answer.status != 201) return {in_words(answer), "PUT of an ORAS artifact manifest"};
  const auto list = eventually([&] { return list_all(subject); }, Lists(content));
  const bool listed = ::testing::Matches(Lists(content))(list);
  return {std::string(listed ? "201+LISTED" : "201+UNLISTED") +
              (answer.headers.has(oci::kSubjectHeader) ? ", OCI-Subject" : ""),
          "PUT of an ORAS artifact manifest"};
}

BEHAVIOUR_PROBE_F(FallbackProbe, OciImageInOras, "probe.compat.oci-image-with-subject-in-oras-registry"_probe,
                  Asked::kOras) {
  needs_list();
  const auto subject = push(image());
  const auto nowhere = absent_subject(session().fresh_nonce());
  return parted({{"subject there", reception(make(oci_artifact(kSbom).refers_to(subject)), subject.digest().text())},
                 {"subject nowhere", reception(make(oci_artifact(kSbom).refers_to(nowhere)), nowhere.digest.text())}});
}

BEHAVIOUR_PROBE_F(FallbackProbe, OciArtifactManifest, "probe.compat.oci-artifact-manifest"_probe, Asked::kOci) {
  needs_list();
  const auto subject = push(image());
  const auto received = reception(make(rc1_artifact(kSbom).refers_to(subject)), subject.digest().text());
  return {received == "ACCEPT+LISTED"      ? "LISTED"
          : received.starts_with("ACCEPT") ? "STORED"
                                           : "REJECT " + received,
          "the artifact manifest of 1.1.0-rc1"};
}

BEHAVIOUR_PROBE_F(FallbackProbe, CodesOfRefusals, "probe.error.codes"_probe) {
  const auto subject = push(image());
  const auto got = [&](const std::string& path) {
    const auto answer = ask("GET", url(path));
    return in_words(answer);
  };
  const auto pushed = [&](const Document& recipe) { return acceptance(make(recipe.refers_to(subject))); };
  const std::string here = "/v2/" + repository().name;
  const auto nowhere = fresh_digest(session().fresh_nonce()).text();
  return parted({{"missing subject", acceptance(make(sbom().refers_to(absent_subject(session().fresh_nonce()))))},
                 {"bad digest", got(here + "/blobs/sha256:bad")},
                 {"missing blob", pushed(sbom().with_missing_layer())},
                 {"too large", pushed(sbom().padded_to(5'000'000))},
                 {"unknown repository", got("/v2/" + session().never_pushed().name + "/manifests/" + nowhere)},
                 {"unknown manifest", got(here + "/manifests/" + nowhere)},
                 {"unknown blob", got(here + "/blobs/" + nowhere)}});
}

BEHAVIOUR_PROBE_F(FallbackProbe, Warnings, "probe.warning.usage"_probe) {
  std::set<std::string> seen;
  const auto note = [&](const std::string& when, const Response& answer) {
    for (const auto& text : answer.headers.all("Warning")) seen.insert(when + ": " + text);
  };
  const auto subject = push(image());
  note("push of an image", subject.response);
  note("push of a referrer", put(make(sbom().refers_to(subject))));
  note("dangling subject", put(make(sbom().refers_to(absent_subject(session().fresh_nonce())))));
  note("pull", pull(subject));
  note("list", ask("GET", list_url(subject.digest().text(), repository())));
  return {seen.empty() ? "NONE" : fmt::format("{}", fmt::join(seen, "; ")), "pushes, a pull and a list"};
}

}  // namespace referee::suites
