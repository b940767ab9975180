// Probes of group P-D: lists of strange digests, in strange places, by strange paths and methods.
#include <fmt/format.h>

#include "harness/http/syntax/url.h"
#include "harness/spec/literals/probes.h"
#include "suites/probes/list_probe.h"

namespace referee::suites {

BEHAVIOUR_PROBE_F(ListProbe, ListOfAnUnknownDigest, "probe.list.unknown-digest"_probe) {
  needs_list();
  push(image());
  return {list_outcome(fresh_digest(session().fresh_nonce()).text(), repository()),
          "in a repository that has an image"};
}

BEHAVIOUR_PROBE_F(ListProbe, ListInAnUnknownRepository, "probe.list.unknown-repo"_probe) {
  needs_list();
  const auto digest = fresh_digest(session().fresh_nonce()).text();
  Parts parts = {{"never there", list_outcome(digest, session().never_pushed())}};
  if (met(Gate::kManifestDeletion)) {
    removed(push(image(), {.in = other_repository()}));
    parts.emplace_back("emptied", list_outcome(digest, other_repository()));
  }
  const Repository fresh{session().never_pushed().name + "-upload"};
  const auto opened = raw({.method = "POST", .url = url("/v2/" + fresh.name + "/blobs/uploads/")});
  parts.emplace_back("an upload is open", list_outcome(digest, fresh));
  const auto base = http::Url::parse(opened.url);
  const auto location = opened.headers.get("Location");
  const auto upload = base && location ? http::resolve(*base, *location) : std::nullopt;
  if (upload) raw({.method = "DELETE", .url = upload->text()});
  return parted(parts);
}

BEHAVIOUR_PROBE_F(ListProbe, ListInAnImpossibleRepository, "probe.list.invalid-repo-name"_probe) {
  needs_list();
  const auto digest = fresh_digest(session().fresh_nonce()).text();
  return parted({{"upper case", list_outcome(digest, {"Upper/Case"})},
                 {"dots", list_outcome(digest, {"a/..b"})},
                 {"300 characters", list_outcome(digest, {std::string(300, 'a')})}});
}

BEHAVIOUR_PROBE_F(ListProbe, HeadOfAList, "probe.list.head"_probe) {
  needs_list();
  const auto subject = push(image());
  push_listed(sbom(), subject);
  const auto head_of = [&](const std::string& digest) {
    const auto target = list_url(digest, repository());
    const auto head = ask("HEAD", target);
    if (head.status != 200) return std::to_string(head.status);
    const auto get = ask("GET", target);
    bool same = true;
    for (const auto* name : {"Content-Type", "Content-Length", "ETag", "Link"}) {
      same = same && head.headers.get(name) == get.headers.get(name);
    }
    return std::string(same ? "200-SAME-HEADERS" : "200-OTHER-HEADERS");
  };
  return parted({{"with entries", head_of(subject.digest().text())},
                 {"empty", head_of(fresh_digest(session().fresh_nonce()).text())},
                 {"bad digest", head_of("sha256:bad")}});
}

BEHAVIOUR_PROBE_F(ListProbe, OtherMethodsOnAList, "probe.list.other-methods"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto target = list_url(subject.digest().text(), repository());
  Parts parts;
  for (const auto* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
    const auto answer = ask(method, target);
    parts.emplace_back(method, std::to_string(answer.status) + (answer.headers.has("Allow") ? "+Allow" : ""));
  }
  return parted(parts);
}

BEHAVIOUR_PROBE_F(ListProbe, IncompletePaths, "probe.list.trailing-slash"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto full = list_url(subject.digest().text(), repository());
  const auto without = full.substr(0, full.find(subject.digest().text()));
  Parts parts = {{"no digest", outcome_at(without)}, {"slash after it", outcome_at(full + "/")}};
  if (without.ends_with('/')) parts.emplace_back("no slash", outcome_at(without.substr(0, without.size() - 1)));
  return parted(parts);
}

BEHAVIOUR_PROBE_F(ListProbe, EncodedDigest, "probe.list.digest-percent-encoded"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto referrer = push_listed(sbom(), subject);
  const auto text = subject.digest().text();
  const auto asked = [&](const std::string& written) {
    const auto answer = ask("GET", list_url(written, repository()));
    return lists(answer, referrer) ? std::string("SAME") : outcome(answer);
  };
  const auto with_colon = [&](const std::string& colon) { return "sha256" + colon + text.substr(text.find(':') + 1); };
  return parted({{"%3A", asked(with_colon("%3A"))},
                 {"%253A", asked(with_colon("%253A"))},
                 {"%2f inside", asked("sha256:..%2f" + text.substr(text.find(':') + 1))}});
}

BEHAVIOUR_PROBE_F(ListProbe, ListOfABlob, "probe.list.of-blob"_probe) {
  needs_list();
  const auto blob = oci::Blob::of("application/vnd.example.data", "blob " + session().fresh_nonce());
  push_blob(blob);
  return {list_outcome(blob.digest.text(), repository()), "the digest of a blob of the repository"};
}

BEHAVIOUR_PROBE_F(ListProbe, RepositoriesNamedLikePaths, "probe.list.repo-named-referrers"_probe) {
  needs_list();
  if (!session().settings().existing_repos.empty()) throw Needs("repositories that may be made");
  const auto works_in = [&](const std::string& word) -> std::string {
    const Repository where{repository().name + "/" + word};
    try {
      const auto subject = push(image(), {.in = where});
      const auto referrer = push(sbom().refers_to(subject), {.in = where});
      const auto list = [&] { return list_all(subject); };
      if (::testing::Matches(Lists(referrer))(eventually(list, Lists(referrer)))) return "WORKS";
      const auto answer = list_outcome(subject.digest().text(), where);
      return answer.starts_with("200") ? "MISROUTED" : answer;
    } catch (const engine::PremiseBroken&) {
      return "NAME-REFUSED";
    }
  };
  return parted({{"referrers", works_in("referrers")},
                 {"manifests/x", works_in("manifests/x")},
                 {"blobs/uploads", works_in("blobs/uploads")},
                 {"_oras", works_in("_oras")}});
}

BEHAVIOUR_PROBE_F(ListProbe, BothListsSideBySide, "probe.list.legacy-oras-and-oci-side-by-side"_probe, Asked::kOci) {
  const auto& capabilities = session().capabilities();
  const auto oras = capabilities == nullptr ? std::nullopt : capabilities->newest_oras_edition();
  if (!oras) throw engine::NotApplicable("no ORAS list is offered in addition to the OCI one");
  const auto subject = push(image());
  const auto here = push_listed(oci_artifact(kSbom), subject);
  const auto there = make(oras_artifact(kOrasSbom).refers_to(subject));
  const auto accepted = put(there);
  const auto digest = subject.digest().text();
  const bool extension = *oras >= spec::Edition::kOrasRc1;
  const auto path = extension ? fmt::format("/v2/{}/_oras/artifacts/referrers?digest={}", repository().name, digest)
                              : fmt::format("/oras/artifacts/v1/{}/manifests/{}/referrers", repository().name, digest);
  const auto names = [&](const Page& page) {
    const bool has_image = ::testing::Matches(Lists(here))(page);
    const bool has_artifact = ::testing::Matches(Lists(there))(page);
    return has_image && has_artifact ? "both" : has_image ? "image" : has_artifact ? "artifact" : "neither";
  };
  const auto oci_page = list_referrers(subject);
  const auto oras_page = engine::read_page(ask("GET", url(path)), {"referrers", "references"});
  return {fmt::format("OCI list: {}, ORAS list: {}", names(oci_page), names(oras_page)),
          "push of the ORAS artifact: " + in_words(accepted)};
}

}  // namespace referee::suites
