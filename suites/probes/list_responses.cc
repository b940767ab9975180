// Probes of group P-D: what comes with a list: headers, caches, other forms, further fields, and when.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "harness/spec/literals/probes.h"
#include "suites/probes/list_probe.h"

namespace referee::suites {

BEHAVIOUR_PROBE_F(ListProbe, CompressedList, "probe.list.gzip"_probe) {
  needs_list();
  const auto subject = push(image());
  push_listed(sbom(), subject);
  const auto gzipped = [&](const std::string& target) -> std::string {
    const auto answer = ask("GET", target, {{"Accept-Encoding", "gzip"}, {"Accept", std::string(oci::kImageManifest)}});
    if (answer.status != 200) return in_words(answer);
    if (answer.headers.get("Content-Encoding").value_or("identity") == "identity") return "IDENTITY";
    const bool magic = answer.body.starts_with("\x1f\x8b");
    const auto length = answer.headers.get("Content-Length");
    const bool fits = !length || *length == std::to_string(answer.body.size());
    return magic && fits ? "GZIP-OK" : "GZIP-BROKEN";
  };
  const auto manifest = url("/v2/" + repository().name + "/manifests/" + subject.digest().text());
  return parted({{"list", gzipped(list_url(subject.digest().text(), repository()))}, {"manifest", gzipped(manifest)}});
}

BEHAVIOUR_PROBE_F(ListProbe, ConditionalList, "probe.list.etag"_probe) {
  needs_list();
  const auto subject = push(image());
  push_listed(sbom(), subject);
  const auto target = list_url(subject.digest().text(), repository());
  const auto tag = ask("GET", target).headers.get("ETag");
  if (!tag) return {"NONE", "no ETag on the list"};
  const std::string weak = tag->starts_with("W/") ? ", WEAK" : "";
  const http::Headers condition = {{"If-None-Match", *tag}};
  const auto same = ask("GET", target, condition);
  if (same.status != 304) return {"IGNORED" + weak, "If-None-Match was answered " + in_words(same)};
  push(signature().refers_to(subject));
  const auto changed = eventually([&] { return ask("GET", target, condition); }, HasStatus(200));
  return {(changed.status == 304 ? "STALE-304" : "304-WORKS") + weak, "ETag " + *tag};
}

BEHAVIOUR_PROBE_F(ListProbe, CachedList, "probe.list.cache-headers"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto target = list_url(subject.digest().text(), repository());
  const auto before = ask("GET", target);
  const auto referrer = push(sbom().refers_to(subject));
  // At once: other verbs let the time pass that the target is known to need.
  const bool stale = !lists(session().client().send({.method = "GET", .url = target}), referrer);
  const auto control = before.headers.get("Cache-Control").value_or("");
  std::string answer = "NONE";
  if (const auto at = control.find("max-age="); at != std::string::npos) {
    answer = "MAX-AGE(" + control.substr(at + 8, control.find(',', at) - at - 8) + ")";
  } else if (!control.empty()) {
    answer = control.find("no-store") != std::string::npos ? "NO-STORE" : control;
  }
  for (const auto* name : {"Age", "Expires"}) answer += before.headers.has(name) ? std::string(", ") + name : "";
  return {answer + (stale ? ", stale answer seen" : ""), "Cache-Control: " + control};
}

BEHAVIOUR_PROBE_F(ListProbe, DigestOfAList, "probe.list.digest-header"_probe) {
  needs_list();
  const auto subject = push(image());
  push_listed(sbom(), subject);
  const auto answer = ask("GET", list_url(subject.digest().text(), repository()));
  const auto header = answer.headers.get(oci::kContentDigestHeader);
  if (!header) return {"ABSENT", "no Docker-Content-Digest on the list"};
  return {*header == oci::Digest::of(answer.body).text() ? "CORRECT" : "WRONG", *header};
}

BEHAVIOUR_PROBE_F(ListProbe, OtherFormsOfAList, "probe.list.accept-json"_probe) {
  needs_list();
  const auto subject = push(image());
  push_listed(sbom(), subject);
  const auto target = list_url(subject.digest().text(), repository());
  const auto usual = ask("GET", target).headers.get("Content-Type");
  const auto accepting = [&](std::string_view type) -> std::string {
    const auto answer = ask("GET", target, {{"Accept", std::string(type)}});
    if (answer.status != 200) return in_words(answer);
    return answer.headers.get("Content-Type") == usual ? "IGNORED" : "OTHER-FORMAT";
  };
  return parted({{"application/json", accepting("application/json")},
                 {"ORAS artifact", accepting(oci::kOrasArtifact)},
                 {"text/html", accepting("text/html")}});
}

BEHAVIOUR_PROBE_F(ListProbe, FieldsOfAList, "probe.list.index-fields"_probe) {
  needs_list();
  const auto subject = push(image());
  if (oci()) push_listed(image(), subject);
  push_listed(sbom(), subject);
  const auto page = list_referrers(subject);
  if (!page.readable) return {outcome(page.response), "the list cannot be read"};
  std::set<std::string> extra;
  const std::set<std::string> usual = {"schemaVersion", "mediaType", page.key};
  for (const auto& [key, value] : page.body->items()) {
    if (!usual.contains(key)) extra.insert("index " + key);
  }
  const std::set<std::string> described = {"mediaType", "digest", "size", "artifactType", "annotations"};
  for (const auto& entry : page.entries) {
    if (!entry.raw || !entry.raw->is_object()) continue;
    for (const auto& [key, value] : entry.raw->items()) {
      if (!described.contains(key)) extra.insert("entry " + key);
    }
  }
  return {extra.empty() ? "NONE" : fmt::format("{}", fmt::join(extra, ", ")), "beyond the members that are described"};
}

BEHAVIOUR_PROBE_F(ListProbe, IllegalTypes, "probe.list.artifacttype-illegal"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto shown = [&](const Document& recipe, const std::string& type) -> std::string {
    const auto content = make(recipe.refers_to(subject));
    const auto received = reception(content, subject.digest().text());
    if (!received.starts_with("ACCEPT")) return "PUSH-REFUSED " + received;
    if (received != "ACCEPT+LISTED") return received.substr(std::string("ACCEPT+").size());
    const auto entry = entry_of(list_all(subject), content);
    const auto filtered = listed_under(subject.digest().text(), repository(), "artifactType=" + type);
    const bool filterable = filtered == std::vector<std::string>{content.manifest.digest.text()};
    const std::string answer = !entry.artifact_type           ? "OMITTED"
                               : *entry.artifact_type == type ? "COPIED"
                                                              : "NORMALISED";
    return answer + (filterable ? "+FILTERABLE" : "");
  };
  push(image().refers_to(subject));  // something that a filter has to leave out
  Parts parts = {{"artifactType a/b/c", shown(sbom().with_artifact_type(ArtifactType("a/b/c")), "a/b/c")}};
  if (oci()) parts.emplace_back("config without slash", shown(config_artifact(ArtifactType("noslash")), "noslash"));
  return parted(parts);
}

BEHAVIOUR_PROBE_F(ListProbe, LagOfAList, "probe.list.lag"_probe) {
  needs_list();
  const int rounds = long_running() ? 50 : 10;
  auto& clock = session().client().clock();
  std::vector<std::int64_t> lags;
  const auto subject = push(image());
  // Without the pause that other verbs make where the target is known to be late.
  const auto look = [&] {
    const auto where = list_url(subject.digest().text(), subject.repository);
    return follow(engine::read_page(session().client().send({.method = "GET", .url = where}), readable_keys()));
  };
  // From the first look at the list that does not show it yet, so that the time of one exchange does not count as lag.
  std::optional<Response> unreadable;  // a list that fails does not count as late
  const auto measure = [&](const auto& matcher) {
    const auto begin = clock.now();
    const auto first = look();
    const bool at_once = ::testing::Matches(matcher)(first);
    if (!first.readable()) unreadable = first.pages.back().response;
    if (!at_once) eventually([&] { return list_all(subject); }, matcher);
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - begin);
    lags.push_back(at_once ? 0 : span.count());
  };
  for (int i = 0; i < rounds; ++i) {
    const auto referrer = push(sbom().refers_to(subject));
    measure(Lists(referrer));
    if (!met(Gate::kManifestDeletion) || remove(referrer).status / 100 != 2) continue;
    measure(Not(Lists(referrer)));
  }
  if (unreadable) return {outcome(*unreadable), "the list cannot be read right after a push or a deletion"};
  std::ranges::sort(lags);
  const auto detail = fmt::format("median {} ms, most {} ms, of {} pushes and deletions", lags[lags.size() / 2],
                                  lags.back(), lags.size());
  if (lags.back() == 0) return {"NONE", detail};
  return {lags.back() < 1'000 ? "BELOW-1s" : lags.back() < 10'000 ? "BELOW-10s" : "10s-OR-MORE", detail};
}

}  // namespace referee::suites
