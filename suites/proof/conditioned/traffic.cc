#include "suites/proof/conditioned/traffic.h"

#include <fmt/format.h>

#include <algorithm>

#include "fixtures/registry/routes.h"
#include "harness/oci/names.h"
#include "suites/proof/conditioned/traffic_words.h"

namespace referee::proof {
namespace {

using namespace words;  // NOLINT(google-build-using-namespace)
using registry::Json;
using registry::Request;
using registry::Response;

constexpr std::array<std::string_view, 6> kBadDigests = {
    "sha256:short",
    "latest",
    "sha256:ZZZZZZb355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    "sha256:44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A",
    "md5:abcdef",
    "sha512:ab"};

// "owner:owner's password" and "reader:reader's password" of guard().
constexpr std::string_view kOwner = "Basic b3duZXI6b3duZXIncyBwYXNzd29yZA==";
constexpr std::string_view kReader = "Basic cmVhZGVyOnJlYWRlcidzIHBhc3N3b3Jk";

/// The target of the answer's next link, resolved; empty without one.
std::string next_of(const Request& asked, const Response& answer) {
  const auto link = answer.headers.get("Link");
  if (!link || link->find('<') == std::string::npos || link->find('>') == std::string::npos) return "";
  const auto begin = link->find('<') + 1;
  const std::string target(link->substr(begin, link->find('>') - begin));
  if (!target.starts_with('?')) return target.starts_with('/') ? target : "";
  return asked.target.substr(0, asked.target.find('?')) + target;
}

}  // namespace

Traffic::Traffic(const TrafficOptions& options, std::uint64_t seed) : options_(options), random_(seed) {}

Request Traffic::request(std::string method, std::string target, std::string body, const std::string& type) {
  Request made{std::move(method), std::move(target), {{"Host", "registry.example"}}, std::move(body)};
  if (!type.empty()) made.headers.add("Content-Type", type);
  const auto who = opened_ ? below(10) : 9;  // the owner makes what is there from the beginning
  made.headers.add("User-Agent", who < 2 ? "client/2" : "client/1");
  if (options_.users && who != 0) made.headers.add("Authorization", std::string(who < 3 ? kReader : kOwner));
  return made;
}

Request Traffic::put(const Stored& manifest, const std::string& reference) {
  auto made = request("PUT", fmt::format("/v2/{}/manifests/{}", manifest.repository, reference), manifest.bytes,
                      manifest.media_type + (one_in(10) ? "; charset=utf-8" : ""));
  stored_.push_back(manifest);
  return made;
}

Request Traffic::push_new() {
  std::string media_type;
  Json document = some_document(media_type);
  const bool refers = stored_.size() > 1 && media_type != oci::kDockerManifest && !one_in(4);
  if (refers) document = refer(std::move(document), media_type);
  const std::string bytes = one_in(4) ? document.dump(2) : document.dump();
  const bool sha512 = one_in(12);
  Stored made{some_repository(), digest_of(bytes, sha512), bytes, media_type};
  if (!refers && one_in(4)) {
    pending_.push_back(made);
    return push_blob(made.repository, bytes);
  }
  if (one_in(12)) return put(made, made.digest + "?tag=v1&tag=other");
  if (media_type == oci::kImageIndex && favourites_ > 0 && one_in(3)) {
    std::string tag = stored_[below(favourites_)].digest.substr(0, 71);
    std::ranges::replace(tag, ':', '-');
    return put(made, tag);  // the one that clients keep where there is no list
  }
  return put(made, one_in(4) ? std::string(any_of(kTags)) : made.digest);
}

Request Traffic::push_pending() {
  if (pending_.empty()) return push_new();
  const auto chosen = below(pending_.size());
  Stored manifest = pending_[chosen];
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(chosen));
  return put(manifest, manifest.digest);
}

Request Traffic::push_again() {
  if (stored_.empty()) return push_new();
  Stored manifest = any_of(stored_);
  if (one_in(3)) manifest.repository = some_repository();
  return put(manifest, one_in(3) ? std::string(any_of(kTags)) : manifest.digest);
}

/// A push that is against some rule.
Request Traffic::push_refused() {
  std::string media_type;
  Json document = refer(some_document(media_type), media_type);
  const std::string repository = some_repository();
  switch (below(7)) {
    case 6:
      document["artifactType"] = 7;
      break;
    case 0:
      document["subject"] = "not a descriptor";
      break;
    case 1:
      document["annotations"] = {{"number", 7}};
      break;
    case 2:
      document["mediaType"] = oci::kDockerManifestList;
      break;
    case 3:
      document["layers"] = Json::array({descriptor_of("missing", "text/plain")});
      break;
    case 4:
      return request("PUT", fmt::format("/v2/{}/manifests/{}", repository, digest_of("other bytes")), document.dump(),
                     media_type);
    default:
      return request("PUT", fmt::format("/v2/{}/manifests/-tag", repository), document.dump(), media_type);
  }
  const std::string bytes = document.dump();
  return request("PUT", fmt::format("/v2/{}/manifests/{}", repository, digest_of(bytes)), bytes, media_type);
}

Request Traffic::push_blob(const std::string& repository, const std::string& bytes) {
  return request("POST", fmt::format("/v2/{}/blobs/uploads/?digest={}", repository, digest_of(bytes)), bytes,
                 "application/octet-stream");
}

Request Traffic::remove() {
  const std::string repository = some_repository();
  const auto reference = one_in(3) ? std::string(any_of(kTags)) : some_digest();
  if (one_in(10)) return request("DELETE", fmt::format("/v2/{}/blobs/{}", repository, digest_of(oci::kEmptyBytes)));
  return request("DELETE", fmt::format("/v2/{}/manifests/{}", repository, reference));
}

Request Traffic::list() {
  const std::string repository = one_in(25) ? "walk/nothing" : some_repository();
  const std::string digest = one_in(20) ? std::string(any_of(kBadDigests)) : some_digest();
  std::string query;
  if (one_in(3)) query += "&artifactType=" + registry::percent_encode(one_in(5) ? "none/such" : some_type());
  if (one_in(3)) query += fmt::format("&n={}", 1 + below(4));
  if (one_in(15)) query += "&unknown=yes";
  std::string target;
  if (!oras()) {
    target = fmt::format("/v2/{}/referrers/{}", repository, digest);
  } else if (options_.edition >= spec::Edition::kOrasRc1) {
    target = fmt::format("/v2/{}/_oras/artifacts/referrers", repository);
    query = "&digest=" + digest + query;
  } else {
    target = fmt::format("/oras/artifacts/v1/{}/manifests/{}/referrers", repository, digest);
  }
  if (!query.empty()) query[0] = '?';
  auto made = request(one_in(12) ? "HEAD" : "GET", target + query);
  if (one_in(4)) made.headers.add("Accept", one_in(2) ? "application/json" : std::string(oci::kImageIndex));
  return made;
}

Request Traffic::pull() {
  const std::string repository = one_in(25) ? "walk/nothing" : some_repository();
  const auto reference = one_in(3) ? std::string(any_of(kTags)) : some_digest();
  return request(one_in(3) ? "HEAD" : "GET", fmt::format("/v2/{}/manifests/{}", repository, reference));
}

Request Traffic::other() {
  const std::string repository = some_repository();
  switch (below(8)) {
    case 0:
      return request("GET", "/v2/");
    case 1:
      return request("GET", fmt::format("/v2/{}/_oci/ext/discover", repository));
    case 2:
      return request("DELETE", fmt::format("/v2/{}/referrers/{}", repository, some_digest()));
    case 3:
      return push_blob(repository, fmt::format("blob {}", ++serial_));
    case 4:
      return request("HEAD", fmt::format("/v2/{}/blobs/{}", repository, digest_of(oci::kEmptyBytes)));
    case 5:
      return request("GET", fmt::format("/v2/{}/blobs/{}", repository, digest_of(kConfig)));
    case 6:
      return request("GET", "/v2/Not_A-Name//x/referrers/" + some_digest());
    default:
      return request("GET", fmt::format("/v2/{}/tags/list", repository));
  }
}

/// Pushes of new referrers of one subject, sometimes with the deletion of an older one, which is none of the subjects:
/// in whichever order they are handled, each answer and the end are the same.
std::vector<Request> Traffic::writes_together() {
  if (favourites_ == 0) return {push_new()};
  const Stored subject = stored_[below(favourites_)];
  const Json empty = descriptor_of(oci::kEmptyBytes, oci::kEmptyType);
  const bool old = options_.edition == spec::Edition::kOrasPhase1Sm;
  std::vector<Request> requests;
  if (stored_.size() > favourites_ && one_in(3)) {
    const auto& victim = stored_[favourites_ + below(stored_.size() - favourites_)];
    const auto end = stored_.begin() + static_cast<std::ptrdiff_t>(favourites_);
    const bool pushed_again = std::ranges::find(stored_.begin(), end, victim.digest, &Stored::digest) != end;
    if (!pushed_again) {
      requests.push_back(request("DELETE", fmt::format("/v2/{}/manifests/{}", victim.repository, victim.digest)));
    }
  }
  const std::size_t writers = one_in(4) ? 12 : 3;
  while (requests.size() < writers) {
    Json document = {{"schemaVersion", 2}, {"artifactType", some_type()}, {"serial", ++serial_}};
    const std::string type(oras() ? oci::kOrasArtifact : oci::kImageManifest);
    document["mediaType"] = type;
    if (oras()) document["blobs"] = Json::array();
    if (!oras()) document["config"] = empty;
    if (!oras()) document["layers"] = Json::array({empty});
    document[old ? "subjectManifest" : "subject"] = {
        {"mediaType", subject.media_type}, {"digest", subject.digest}, {"size", subject.bytes.size()}};
    const std::string bytes = document.dump();
    const Stored made{subject.repository, digest_of(bytes), bytes, type};
    requests.push_back(put(made, made.digest));
    if (one_in(4)) requests.push_back(requests.back());
  }
  return requests;
}

std::vector<Step> Traffic::opening() {
  std::vector<Step> steps;
  for (const auto repository : kRepositories) {
    for (const auto bytes : {oci::kEmptyBytes, kConfig}) {
      steps.push_back({.requests = {push_blob(std::string(repository), std::string(bytes))}});
    }
  }
  const std::string repository(kRepositories[0]);
  std::string type(oci::kImageManifest);
  const Json empty = descriptor_of(oci::kEmptyBytes, oci::kEmptyType);
  const Json subject = {{"schemaVersion", 2}, {"mediaType", type}, {"config", empty}, {"layers", Json::array({empty})}};
  const std::string bytes = subject.dump();
  const auto plain = [&](const std::string& text) {
    const Stored manifest{repository, digest_of(text), text, type};
    steps.push_back({.requests = {put(manifest, manifest.digest)}});
  };
  plain(bytes);
  for (const auto& favourite : favourites(subject)) {
    steps.push_back({.requests = {put(favourite, favourite.digest)}});
  }
  favourites_ = stored_.size();
  if (options_.crowd == 0 && one_in(2)) {
    for (int i = 0; i < 25; ++i) steps.push_back({.requests = {push_new()}});
  }
  if (oras()) type = oci::kOrasArtifact;
  const auto* key = options_.edition == spec::Edition::kOrasPhase1Sm ? "subjectManifest" : "subject";
  for (std::size_t i = 0; i < options_.crowd; ++i) {
    Json referrer = oras() ? Json{{"mediaType", type}} : subject;
    referrer["artifactType"] = kTypes[i % kTypes.size()];
    referrer["annotations"] = {{"org.example.number", std::to_string(i)}};
    if (i % 10 == 0) referrer["annotations"] = some_annotations();
    if (referrer["annotations"].is_null()) referrer.erase("annotations");
    referrer["serial"] = i;
    referrer[key] = descriptor_of(bytes, oci::kImageManifest);
    plain(referrer.dump());
  }
  opened_ = true;
  return steps;
}

Step Traffic::next(const Response& last) {
  if (const auto target = next_of(last_, last); !target.empty() && !one_in(3)) {
    last_.target = target;
    return {.requests = {last_}};
  }
  const auto choice = below(100);
  if (choice >= 97) return {.kind = Step::Kind::kWait};
  if (choice == 96) return {.kind = Step::Kind::kCollect};
  if (choice == 95 && one_in(3)) {
    off_ = !off_;
    return {.kind = off_ ? Step::Kind::kSwitchOff : Step::Kind::kSwitchOn};
  }
  if (choice < 24) return {.requests = {push_new()}};
  if (choice < 29) return {.requests = {push_again()}};
  if (choice < 32) return {.requests = {push_pending()}};
  if (choice < 34) return {.requests = writes_together()};
  if (choice < 37) return {.requests = {push_blob(some_repository(), fmt::format("blob {}", ++serial_))}};
  if (choice < 40) return {.requests = {push_refused()}};
  if (choice < 46) return {.requests = {remove()}};
  if (choice < 60 && !last_.method.empty()) return {.requests = {last_}};
  last_ = choice < 80 ? list() : choice < 92 ? pull() : other();
  const Step step{.requests = {last_}};
  if (last_.method != "GET" && last_.method != "HEAD") last_ = {};
  return step;
}

}  // namespace referee::proof
