#include "suites/model/observation.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "harness/http/syntax/url.h"

namespace referee::model {
namespace {

std::optional<std::string> parameter(const http::Url& url, std::string_view key) {
  for (auto& [name, value] : http::query_pairs(url.query)) {
    if (name == key) return value;
  }
  return std::nullopt;
}

// What is before the last occurrence of the word, and after it.
bool split(std::string_view path, std::string_view word, std::string& before, std::string& after) {
  const auto at = path.rfind(word);
  if (at == std::string_view::npos || at == 0) return false;
  before = std::string(path.substr(0, at));
  after = http::percent_decode(path.substr(at + word.size()));
  return true;
}

Place place_in_v2(std::string_view path, const http::Url& url) {
  Place place;
  if (path.ends_with("/_oras/artifacts/referrers")) {
    place.area = Area::kList;
    place.repository = std::string(path.substr(0, path.find("/_oras/")));
    place.reference = parameter(url, "digest").value_or("");
  } else if (split(path, "/blobs/uploads/", place.repository, place.reference)) {
    place.area = Area::kUpload;
    const auto mounted = parameter(url, "mount");
    place.reference = mounted ? *mounted : parameter(url, "digest").value_or("");
    place.mounted_from = parameter(url, "from").value_or("");
  } else if (split(path, "/blobs/", place.repository, place.reference)) {
    place.area = Area::kBlob;
  } else if (split(path, "/referrers/", place.repository, place.reference)) {
    place.area = Area::kList;
  } else if (split(path, "/manifests/", place.repository, place.reference)) {
    place.area = Area::kManifest;
  }
  return place;
}

bool is_redirect(const http::Exchange& exchange) {
  if (!exchange.response) return false;
  const int status = exchange.response->status;
  const bool leads_on = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  const auto& lines = exchange.response->headers;
  return leads_on && std::ranges::any_of(lines, [](const auto& l) { return http::same_name(l.name, "Location"); });
}

// The body under that digest; false if it was not kept to its end.
bool body_of(const http::BodyStore& bodies, const std::string& digest, std::string& body) {
  if (digest.empty()) return true;
  auto kept = bodies.find(digest);
  if (!kept || kept->capped) return false;
  body = std::move(kept->bytes);
  return true;
}

http::WallTime end_of(const http::Exchange& exchange) {
  return exchange.started +
         std::chrono::duration_cast<http::WallTime::duration>(std::chrono::duration<double>(exchange.seconds));
}

Observation begin(const http::Exchange& exchange, const http::BodyStore& bodies, std::string_view base) {
  Observation one{.method = exchange.request.method,
                  .url = exchange.request.url,
                  .place = place_of(exchange.request.url, base),
                  .sequence = exchange.sequence,
                  .lane = exchange.lane};
  for (const auto& line : exchange.request.headers) {
    if (http::same_name(line.name, "Content-Type")) one.sent_type = line.value;
    one.sent_headers.push_back(line);
  }
  one.whole = body_of(bodies, exchange.request.body_digest, one.sent_body);
  one.when.from = exchange.started;
  return one;
}

void end(const http::Exchange& exchange, const http::BodyStore& bodies, Observation& one) {
  one.when.until = end_of(exchange);
  one.answer.url = exchange.request.url;
  one.answer.method = exchange.request.method;
  one.answer.sequence = exchange.sequence;
  if (!exchange.response) return;
  one.answer.status = exchange.response->status;
  one.answer.headers = {};
  one.answer.headers = http::Headers(exchange.response->headers);
  one.whole = body_of(bodies, exchange.response->body_digest, one.answer.body) && one.whole;
}

}  // namespace

bool is_about_policy(int status) {
  return status == 401 || status == 403 || status == 405 || status == 413 || status == 429;
}

namespace {

// The path below the base and the query; nothing for a URL of another host. A URL that begins as the base is written
// needs no parsing.
std::optional<http::Url> below(std::string_view url, std::string_view base) {
  const bool begins = url.starts_with(base) && url.substr(base.size()).starts_with("/");
  if (begins && url.find('#') == std::string_view::npos) {
    const auto rest = url.substr(base.size());
    const auto question = rest.find('?');
    http::Url short_one;
    short_one.path = std::string(rest.substr(0, question));
    short_one.has_query = question != std::string_view::npos;
    if (short_one.has_query) short_one.query = std::string(rest.substr(question + 1));
    return short_one;
  }
  auto parsed = http::Url::parse(url);
  const auto target = http::Url::parse(base);
  if (!parsed || !target || !http::same_origin(*parsed, *target) || !parsed->path.starts_with(target->path)) return {};
  parsed->path.erase(0, target->path.size());
  return parsed;
}

}  // namespace

Place place_of(std::string_view url, std::string_view base) {
  const auto parsed = below(url, base);
  if (!parsed) return {};
  std::string_view path = parsed->path;
  Place place;
  constexpr std::string_view kOld = "/oras/artifacts/v1/";
  if (path.starts_with("/v2/")) {
    place = place_in_v2(path.substr(4), *parsed);
  } else if (path.starts_with(kOld) && path.ends_with("/referrers")) {
    path.remove_prefix(kOld.size());
    path.remove_suffix(std::string_view("/referrers").size());
    if (split(path, "/manifests/", place.repository, place.reference)) place.area = Area::kList;
  }
  if (place.area == Area::kList) place.filter = parameter(*parsed, "artifactType");
  return place;
}

std::vector<Observation> observations_of(const std::vector<const http::Exchange*>& exchanges,
                                         const http::BodyStore& bodies, std::string_view base) {
  std::vector<Observation> all;
  std::map<std::uint32_t, Observation> open;  // by lane, those whose answer was a redirect
  for (const auto* exchange : exchanges) {
    if (!exchange->has_whole_heads()) break;  // from here on it is unknown what was pushed and what was answered
    const auto waiting = open.find(exchange->lane);
    Observation one = waiting == open.end() ? begin(*exchange, bodies, base) : std::move(waiting->second);
    if (waiting != open.end()) open.erase(waiting);
    if (is_redirect(*exchange)) {
      open.emplace(exchange->lane, std::move(one));
      continue;
    }
    end(*exchange, bodies, one);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace referee::model
