#include "harness/cli/sweeping/watched_transport.h"

#include <string_view>
#include <utility>

#include "harness/http/syntax/url.h"
#include "harness/oci/digest.h"

namespace referee::cli {
namespace {

constexpr std::string_view kManifests = "/manifests/";
constexpr std::string_view kBlobs = "/blobs/";
constexpr std::string_view kUploads = "/blobs/uploads/";

// The path below /v2/ without its query; nothing if the URL is not one of the registry's API.
std::optional<std::string_view> api_path(const std::string& url, const std::string& base) {
  std::string_view path = url;
  const std::string api = base + "/v2/";
  if (!path.starts_with(api)) return std::nullopt;
  path.remove_prefix(api.size());
  return path.substr(0, path.find('?'));
}

std::optional<std::string> parameter(const std::string& url, std::string_view name) {
  const auto question = url.find('?');
  if (question == std::string::npos) return std::nullopt;
  for (auto& [key, value] : http::query_pairs(std::string_view(url).substr(question + 1))) {
    if (key == name) return std::move(value);
  }
  return std::nullopt;
}

std::string without_query(const std::string& url) { return url.substr(0, url.find('?')); }

bool is_digest(std::string_view reference) { return reference.find(':') != std::string_view::npos; }

std::optional<PushOrDeletion> of_manifest(const http::Request& request, std::string_view repository,
                                          std::string_view reference) {
  const auto named = http::percent_decode(reference);
  const bool push = request.method == "PUT";
  if (!push && !(request.method == "DELETE" && is_digest(named))) return std::nullopt;
  auto digest = is_digest(named) ? named : oci::Digest::of(request.body).text();
  return PushOrDeletion{push, {true, std::string(repository), std::move(digest)}};
}

}  // namespace

std::optional<PushOrDeletion> push_or_deletion(const http::Request& request, const std::string& base) {
  const auto path = api_path(request.url, base);
  if (!path) return std::nullopt;
  // A repository may have "manifests" in its name; a reference has no slash.
  const auto at = path->rfind(kManifests);
  if (at != std::string_view::npos && path->find('/', at + kManifests.size()) == std::string_view::npos) {
    return of_manifest(request, path->substr(0, at), path->substr(at + kManifests.size()));
  }
  const auto uploads = path->rfind(kUploads);
  if (uploads != std::string_view::npos && (request.method == "POST" || request.method == "PUT")) {
    auto digest =
        parameter(request.url, request.method == "POST" && parameter(request.url, "mount") ? "mount" : "digest");
    if (!digest) return std::nullopt;
    return PushOrDeletion{true, {false, std::string(path->substr(0, uploads)), std::move(*digest)}};
  }
  const auto blobs = path->rfind(kBlobs);
  if (blobs == std::string_view::npos || request.method != "DELETE") return std::nullopt;
  auto digest = http::percent_decode(path->substr(blobs + kBlobs.size()));
  if (!is_digest(digest)) return std::nullopt;
  return PushOrDeletion{false, {false, std::string(path->substr(0, blobs)), std::move(digest)}};
}

std::optional<PushOrDeletion> WatchedTransport::watched(const http::Request& request) {
  if (auto known = push_or_deletion(request, base_)) return known;
  if (request.method != "PUT") return std::nullopt;
  auto digest = parameter(request.url, "digest");
  if (!digest) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto upload = uploads_.find(without_query(request.url));
  if (upload == uploads_.end()) return std::nullopt;
  return PushOrDeletion{true, {false, upload->second, std::move(*digest)}};
}

// Where an upload goes on may be anywhere; only the request that began it names the repository.
void WatchedTransport::hear_of_upload(const http::Request& request, const http::Response& response) {
  if (request.method != "POST" && request.method != "PATCH") return;
  const auto location = response.headers.get("Location");
  const auto from = http::Url::parse(request.url);
  if (!location || !from) return;
  const auto upload = http::resolve(*from, *location);
  if (!upload) return;
  const std::lock_guard lock(mutex_);
  std::string repository;
  if (const auto path = api_path(request.url, base_); path && path->rfind(kUploads) != std::string_view::npos) {
    repository = path->substr(0, path->rfind(kUploads));
  } else if (const auto known = uploads_.extract(without_query(request.url))) {
    repository = known.mapped();
  }
  if (!repository.empty() && !upload->text().starts_with(base_ + "/v2/" + repository + "/")) {
    uploads_[without_query(upload->text())] = repository;
  }
}

http::Response WatchedTransport::exchange(const http::Request& request, const http::ExchangeLimits& limits) {
  if (record_ == nullptr) return inner_.exchange(request, limits);
  const auto known = watched(request);
  const bool is_new = known && known->is_push && record_->sends(known->item);
  auto response = inner_.exchange(request, limits);  // where it throws, the item may be there
  if (!known) {
    hear_of_upload(request, response);
    return response;
  }
  const bool refused = response.status / 100 == 4 && response.status != 408;
  const bool not_mounted = response.status == 202 && known->is_push && request.method == "POST";
  if (known->is_push ? is_new && (refused || not_mounted) : response.status / 100 == 2 || response.status == 404) {
    record_->gone(known->item);
  }
  if (not_mounted) hear_of_upload(request, response);
  return response;
}

}  // namespace referee::cli
