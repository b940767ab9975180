#include "harness/cli/sweeping/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "harness/http/syntax/link.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/digest.h"
#include "harness/oci/json.h"

namespace referee::cli {
namespace {

using nlohmann::json;

constexpr int kMostPages = 10'000;
constexpr auto kManifestTypes =
    "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, "
    "application/vnd.oci.artifact.manifest.v1+json, application/vnd.cncf.oras.artifact.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json";

const json& member(const json& object, const char* name) {
  static const json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(name);
  return found == object.end() ? kNothing : *found;
}

std::string digest_in(const json& descriptor) {
  const auto& digest = member(descriptor, "digest");
  return digest.is_string() ? digest.get<std::string>() : "";
}

class Search {
 public:
  explicit Search(http::Client& client) : client_(client) {}

  Found run(const std::string& beginning) {
    const auto catalogue = client_.base() + "/v2/_catalog";
    for (const auto& name : texts_of_pages(catalogue, "repositories")) {
      if (name.starts_with(beginning)) found_.repositories.push_back(name);
    }
    for (const auto& repository : found_.repositories) look_in(repository);
    // Manifests in the order of finding: what refers comes after what it refers to.
    std::ranges::stable_partition(found_.items, [](const PushedItem& item) { return !item.is_manifest; });
    return std::move(found_);
  }

 private:
  std::optional<http::Response> get(const std::string& url) {
    http::Request request{.method = "GET", .url = url};
    request.headers.add("Accept", kManifestTypes);
    auto response = client_.send(std::move(request));
    if (response.status == 200) return response;
    const bool wanted = response.status != 404 || url.ends_with("/_catalog");  // what is gone meanwhile is not missed
    if (wanted) found_.fault = fmt::format("GET {} was answered {}", response.url, response.status);
    return std::nullopt;
  }

  static json document(const std::string& body) {
    const auto reading = oci::read_json(body);
    return reading.value ? *reading.value : json();
  }

  std::vector<std::string> texts_of_pages(std::string url, const char* key) {
    std::vector<std::string> texts;
    for (int page = 0; page < kMostPages; ++page) {
      const auto response = get(url);
      if (!response) break;
      const auto body = document(response->body);
      for (const auto& text : member(body, key)) {
        if (text.is_string()) texts.push_back(text.get<std::string>());
      }
      const auto next = http::read_links(response->headers).with_relation("next");
      const auto from = http::Url::parse(response->url);
      const auto follow = next.empty() || !from ? std::nullopt : http::resolve(*from, next.front().target);
      if (!follow || !http::same_origin(*from, *follow) || follow->text() == url) break;
      url = follow->text();
    }
    return texts;
  }

  void look_in(const std::string& repository) {
    const auto below = client_.base() + "/v2/" + repository;
    std::vector<std::string> open = texts_of_pages(below + "/tags/list", "tags");
    std::set<std::string> seen;
    while (!open.empty()) {
      const auto reference = std::move(open.back());
      open.pop_back();
      if (!seen.insert(reference).second) continue;
      const auto response = get(fmt::format("{}/manifests/{}", below, http::percent_encode(reference, ":")));
      if (!response) continue;
      const bool by_digest = reference.find(':') != std::string::npos;
      const auto digest = by_digest ? reference : oci::Digest::of(response->body).text();
      if (!by_digest && !seen.insert(digest).second) continue;
      found_.items.push_back({true, repository, digest});
      const auto manifest = document(response->body);
      for (const auto* key : {"layers", "blobs"}) take_blobs(repository, member(manifest, key));
      take_blobs(repository, json::array({member(manifest, "config")}));
      for (const auto& child : member(manifest, "manifests")) open.push_back(digest_in(child));
      open.push_back(digest_in(member(manifest, "subject")));
      if (const auto list = get(fmt::format("{}/referrers/{}", below, digest))) {
        const auto entries = document(list->body);
        for (const auto& entry : member(entries, "manifests")) open.push_back(digest_in(entry));
      }
      std::erase(open, "");
    }
  }

  void take_blobs(const std::string& repository, const json& descriptors) {
    for (const auto& descriptor : descriptors) {
      const PushedItem blob{false, repository, digest_in(descriptor)};
      if (!blob.digest.empty() && blobs_.insert(blob).second) found_.items.push_back(blob);
    }
  }

  http::Client& client_;
  Found found_;
  std::set<PushedItem> blobs_;
};

}  // namespace

Found search(http::Client& client, const std::string& prefix, const std::string& run) {
  return Search(client).run(fmt::format("{}/{}-", prefix, run));
}

}  // namespace referee::cli
