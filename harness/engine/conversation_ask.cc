// Conversation: asking for manifests, blobs and tags, and deleting them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/engine/capabilities.h"
#include "harness/engine/conversation.h"
#include "harness/engine/unanswered.h"
#include "harness/http/client/lane.h"
#include "harness/http/syntax/link.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/json.h"

namespace referee::engine {
namespace {

constexpr std::array kManifestTypes = {oci::kImageManifest, oci::kImageIndex, oci::kOrasArtifact, oci::kDockerManifest,
                                       oci::kDockerManifestList};

constexpr std::array kPassing = {429, 502, 503, 504};
// Where an answer says when to come back the client has waited before.
constexpr std::array kWaits = {std::chrono::milliseconds(100), std::chrono::milliseconds(500),
                               std::chrono::milliseconds(2'000)};

bool may_pass(int status) { return std::ranges::find(kPassing, status) != kPassing.end(); }

// An answer of a gateway leaves open whether the request was carried out before.
bool says_it_was_done(const http::Request& request, int status) {
  const bool once = request.method == "DELETE" || request.url.find("/blobs/uploads/") != std::string::npos;
  return once && status / 100 == 4;
}

bool is_read(const std::string& method) { return method == "GET" || method == "HEAD"; }

// The write that an answer acknowledges. An upload that was opened only shows nothing yet.
std::optional<Write> write_of(const std::string& method, int status) {
  if (status / 100 != 2) return std::nullopt;
  if (method == "DELETE") return Write::kDeletion;
  return method == "PUT" || (method == "POST" && status == 201) ? std::optional(Write::kPush) : std::nullopt;
}

// By the digest of its bytes, and by the one in the path, which may be of another algorithm.
void note_sent(Session& session, const http::Request& request) {
  session.sent_manifest(oci::Digest::of(request.body));
  const auto name = http::percent_decode(request.url.substr(request.url.rfind('/') + 1));
  if (const auto digest = oci::Digest::parse(name.substr(0, name.find('?')))) session.sent_manifest(*digest);
}

// A registry may limit how many manifests a repository holds or a subject is named by.
constexpr std::size_t kMany = 16;

std::string_view repository_of_push(const http::Request& request, const std::string& base) {
  std::string_view path = request.url;
  if (request.method != "PUT" || !path.starts_with(base + "/v2/")) return {};
  path.remove_prefix(base.size() + 4);
  const auto end = path.rfind("/manifests/");
  return end == std::string_view::npos ? std::string_view() : path.substr(0, end);
}

}  // namespace

void Conversation::refused_after_many(const std::string& repository, const http::Response& answer) const {
  constexpr std::array kOfLimits = {403, 409, 413, 422};
  // What others of the check push at the same time is not counted yet, and is when the run is judged again.
  if (http::current_lane() != 0) return;
  const auto accepted = session_.accepted_in(repository);
  if (accepted < kMany || std::ranges::find(kOfLimits, answer.status) == kOfLimits.end()) return;
  throw NotApplicable(
      fmt::format("the check needs more manifests in one repository than the registry takes: after {} "
                  "pushes to it, one was answered {}",
                  accepted, ::testing::PrintToString(answer)));
}

http::Response Conversation::send(http::Request request, const Tolerating& tolerating) const {
  const std::string what = request.method + " " + request.url;
  const std::string pushed_to(repository_of_push(request, session_.client().base()));
  auto response = patiently(session_.client(), std::move(request));
  if (!pushed_to.empty() && response.status / 100 == 2) session_.accepted_manifest(pushed_to);
  const bool undecided = std::ranges::find(kInconclusive, response.status) != kInconclusive.end();
  const bool tolerated = std::ranges::find(tolerating.statuses, response.status) != tolerating.statuses.end();
  if (undecided && !tolerated) {
    if (response.status == 403 && !pushed_to.empty()) refused_after_many(pushed_to, response);
    throw PremiseBroken(fmt::format("{} was answered {}, which decides nothing: {}", what, response.status,
                                    ::testing::PrintToString(response)));
  }
  return response;
}

http::Response Conversation::patiently(http::Client& client, http::Request request) const {
  const std::string method = request.method;
  if (is_read(method)) session_.let_writes_show();
  if (method == "PUT" && request.url.find("/manifests/") != std::string::npos) note_sent(session_, request);
  bool perhaps_done = false;
  auto response = answer_of(session_, client, request, perhaps_done);
  if (perhaps_done && says_it_was_done(request, response.status)) {
    throw PremiseBroken(
        fmt::format("{} {} was not answered, and {} when it was sent again: whether it was carried out "
                    "stays open",
                    method, request.url, response.status));
  }
  for (const auto wait : kWaits) {
    if (!may_pass(response.status) || response.headers.has("Retry-After")) break;
    perhaps_done = perhaps_done || response.status == 502 || response.status == 504;
    session_.pause(wait);
    const int before = response.status;
    response = answer_of(session_, client, request, perhaps_done);
    if (perhaps_done && says_it_was_done(request, response.status)) {
      throw PremiseBroken(
          fmt::format("{} {} was answered {}, and {} when it was sent again: whether it was carried out "
                      "stays open",
                      method, request.url, before, response.status));
    }
  }
  if (const auto write = write_of(method, response.status)) session_.wrote(*write);
  return response;
}

http::Response Conversation::send_as(const Identity& identity, http::Request request) const {
  return patiently(session_.client_as(identity), std::move(request));
}

http::Response Conversation::get(const std::string& path) const {
  return send({.method = "GET", .url = url(path), .headers = {}, .body = {}});
}

namespace {

// The status that says of the manifest that it is not there, where the registry has another one than 404 for that;
// nothing while it should be there.
std::optional<int> status_of_absent(const Session& session, const Reference& reference, const Repository& where) {
  const auto* known = session.capabilities();
  if (known == nullptr) return std::nullopt;
  const auto digest = oci::Digest::parse(reference.text);
  if (!digest) return known->hidden().tags;
  const bool kept = session.has_manifest(where, *digest) && !session.may_have_vanished(where);
  return kept ? std::nullopt : known->hidden().digests;
}

}  // namespace

http::Response Conversation::manifest_request(const char* method, const Reference& reference,
                                              const Repository& where) const {
  http::Request request{
      .method = method, .url = url("/v2/" + where.name + "/manifests/" + reference.text), .headers = {}, .body = {}};
  // Without all types an existing referrer may be answered 404 or 406 and look gone.
  for (const auto type : kManifestTypes) request.headers.add("Accept", std::string(type));
  const auto hidden = status_of_absent(session_, reference, where);
  if (!hidden) return send(std::move(request));
  auto response = send(std::move(request), {.statuses = {*hidden}});
  if (response.status != *hidden) return response;
  // oci.manifest.get-404-in-repo judges the status; for all other rows it says what 404 does.
  response.status = 404;
  response.reason = fmt::format("(it was {}, which this registry answers for whatever is not there)", *hidden);
  return response;
}

http::Response Conversation::pull(const Reference& reference, const Repository& where) const {
  return manifest_request("GET", reference, where);
}

http::Response Conversation::head(const Reference& reference, const Repository& where) const {
  return manifest_request("HEAD", reference, where);
}

http::Response Conversation::pull_blob(const oci::Digest& digest, const Repository& where) const {
  return get("/v2/" + where.name + "/blobs/" + digest.text());
}

http::Response Conversation::head_blob(const oci::Digest& digest, const Repository& where) const {
  return send(
      {.method = "HEAD", .url = url("/v2/" + where.name + "/blobs/" + digest.text()), .headers = {}, .body = {}});
}

http::Response Conversation::tags(const Repository& where) const { return get("/v2/" + where.name + "/tags/list"); }

std::vector<std::string> Conversation::tag_names(const Repository& where) const {
  std::vector<std::string> names;
  std::string next = url("/v2/" + where.name + "/tags/list");
  for (int page = 0; !next.empty() && page < 1000; ++page) {
    const auto response = send({.method = "GET", .url = next, .headers = {}, .body = {}});
    const auto reading = oci::read_json(response.body);
    const bool listed =
        response.status == 200 && reading.value && reading.value->is_object() && reading.value->contains("tags");
    if (names.empty() && response.status == 404) return names;  // as long as there is no tag
    if (response.status / 100 == 4) {
      throw NotApplicable("the registry does not list tags: " + ::testing::PrintToString(response));
    }
    if (!listed) throw PremiseBroken("the tags cannot be listed: " + ::testing::PrintToString(response));
    const auto& tags = reading.value->at("tags");
    for (const auto& tag : tags.is_array() ? tags : nlohmann::json::array()) {
      if (tag.is_string()) names.push_back(tag.get<std::string>());
    }
    const auto links = http::read_links(response.headers).with_relation("next");
    const auto base = http::Url::parse(response.url);
    const auto target = links.empty() || !base ? std::nullopt : http::resolve(*base, links.front().target);
    next = target ? target->text() : "";
  }
  return names;
}

http::Response Conversation::remove(const Reference& reference, const Repository& where) const {
  session_.blobs_may_vanish(where);
  return send(
      {.method = "DELETE", .url = url("/v2/" + where.name + "/manifests/" + reference.text), .headers = {}, .body = {}},
      {.statuses = {401, 403}});
}

http::Response Conversation::remove_blob(const oci::Digest& digest, const Repository& where) const {
  session_.blobs_may_vanish(where);
  return send(
      {.method = "DELETE", .url = url("/v2/" + where.name + "/blobs/" + digest.text()), .headers = {}, .body = {}},
      {.statuses = {401, 403}});
}

void Conversation::removed(const Pushed& pushed) const {
  const auto response = remove(pushed);
  if (response.status / 100 == 4) {
    throw NotApplicable("the registry refuses to delete what the check has to delete: " +
                        ::testing::PrintToString(response));
  }
  if (response.status / 100 != 2) {
    throw PremiseBroken("a manifest could not be deleted: " + ::testing::PrintToString(response));
  }
  // Some hide what is not there behind 401 or 403, which oci.manifest.get-404-in-repo judges: it is gone all the same.
  const auto look = [&] {
    http::Request request{.method = "GET",
                          .url = url("/v2/" + pushed.repository.name + "/manifests/" + pushed.digest().text())};
    for (const auto type : kManifestTypes) request.headers.add("Accept", std::string(type));
    return send(std::move(request), {.statuses = {401, 403}});
  };
  const auto gone = ::testing::Field("status", &http::Response::status, ::testing::AnyOf(401, 403, 404, 410));
  GIVEN_EVENTUALLY(look(), gone);
}

namespace {

// What the command said, as a fact: its exit status and when the check went on, in microseconds of the wall clock; a
// line break; its output. Recorded ones of old have no time.
HookReport call(const Hook& hook, const std::string& when, const std::string& name, Session& session) {
  using std::chrono::microseconds;
  http::Clock& clock = session.client().clock();
  const auto now = [&] { return std::chrono::duration_cast<microseconds>(clock.wall().time_since_epoch()); };
  const auto said = session.fact(name, [&] {
    const auto report = hook(when);
    return fmt::format("{} {}\n{}", report.status, now().count(), shortened_output(report.output));
  });
  std::istringstream words(said.substr(0, said.find('\n')));
  int status = 0;
  microseconds::rep went_on = 0;
  words >> status >> went_on;
  if (const microseconds left = microseconds(went_on) - now(); went_on > 0 && left > microseconds(0)) {
    clock.sleep(left);  // judged again: the time that it took then
  }
  const auto line = said.find('\n');
  return {status, line == std::string::npos ? "" : said.substr(line + 1)};
}

}  // namespace

void Conversation::restart(const std::string& when) const {
  const auto& hook = session_.settings().restart;
  if (!hook) throw NotConfigured("needs --restart-hook, which was not given");
  const auto report = call(hook, when, "--restart-hook", session_);
  if (report.status != 0) {
    throw PremiseBroken(fmt::format("--restart-hook ({}) ended with {}: {}", when, report.status, report.output));
  }
}

void Conversation::collect() const {
  const auto& hook = session_.collector();
  if (!hook) return;
  const auto report = call(hook, "collect", "--gc-hook", session_);
  if (session_.interrupted()) throw http::TransportFault(http::FaultKind::kInterrupted, "the run was told to stop");
  session_.any_blob_may_vanish();
  if (report.status != 0) {
    throw PremiseBroken(fmt::format("--gc-hook ended with {}: {}", report.status, report.output));
  }
}

}  // namespace referee::engine
