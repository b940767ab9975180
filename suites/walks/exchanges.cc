// Walk: requests and answers.
#include <fmt/format.h>

#include <iterator>
#include <ostream>

#include "harness/http/syntax/link.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/names.h"
#include "suites/walks/walk.h"

namespace referee::walks {
namespace {

constexpr int kMostPages = 200;
constexpr std::size_t kLongestChain = 16 << 20;  // bytes of all pages of a list
constexpr std::size_t kMostStrangers = 3;        // pulled of one list

constexpr std::array kManifestTypes = {oci::kImageManifest, oci::kImageIndex, oci::kOrasArtifact, oci::kDockerManifest,
                                       oci::kDockerManifestList};

// What was pulled need not be pulled again; what was not there is looked for a few times.
bool is_known_guest(const model::Shelf& shelf, const std::string& digest) {
  constexpr int kOften = 6;
  const auto stranger = shelf.strangers.find(digest);
  return stranger != shelf.strangers.end() && (stranger->second.pulled || stranger->second.missed >= kOften);
}

void append(std::vector<model::Disagreement>& all, std::vector<model::Disagreement> more) {
  std::ranges::move(more, std::back_inserter(all));
}

std::size_t size_of(const http::Response& answer) {
  return answer.url.size() + answer.body.size() + http::size_of(answer.headers.lines());
}

std::size_t size_of(const model::Observation& one) {
  return one.url.size() + one.sent_body.size() + http::size_of(one.sent_headers) + size_of(one.answer);
}

}  // namespace

void PrintTo(const Question& question, std::ostream* out) {
  const char* what = question.what == Question::What::kGet    ? "GET of the manifest "
                     : question.what == Question::What::kHead ? "HEAD of the manifest "
                     : question.what == Question::What::kBlob ? "HEAD of the blob "
                     : question.what == Question::What::kList ? "GET of the list of referrers of "
                                                              : "GET of short pages of the list of referrers of ";
  *out << what << question.reference << " in " << question.repository.name;
  if (!question.filter.empty()) *out << ", filtered by " << question.filter;
}

model::Observation Walk::exchange(http::Request request, const engine::Identity* as) {
  auto& clock = session().client().clock();
  model::Observation one{.method = request.method,
                         .url = request.url,
                         .place = model::place_of(request.url, session().client().base()),
                         .sent_type = request.headers.get("Content-Type").value_or(""),
                         .sent_body = request.body,
                         .sent_headers = request.headers.lines()};
  one.lane = http::current_lane();
  one.when.from = clock.wall();
  one.answer =
      as != nullptr ? send_as(*as, std::move(request)) : send(std::move(request), engine::Tolerating::everything());
  one.when.until = clock.wall();
  one.sequence = one.answer.sequence;
  return one;
}

// The patient model hears an answer only once the eager one disagrees with something, which on a sound registry it
// does not.
Walk::Judged Walk::hear(const model::Observation& one) {
  constexpr std::size_t kMostBytes = 2 << 20;
  Judged judged{eager_.hear(one), {}};
  unheard_bytes_ += size_of(one);
  unheard_.push_back(one);
  if (judged.good() && unheard_bytes_ < kMostBytes) return judged;
  for (const auto& earlier : unheard_) judged.at_last = patient_.hear(earlier);
  unheard_.clear();
  unheard_bytes_ = 0;
  return judged;
}

Walk::Judged Walk::ask(const Question& question, const engine::Identity* as) {
  const bool list = question.what == Question::What::kList || question.what == Question::What::kShortPages;
  if (list) return ask_list(question, as);
  http::Request request{.method = question.what == Question::What::kGet ? "GET" : "HEAD",
                        .url = url(fmt::format("/v2/{}/manifests/{}", question.repository.name, question.reference))};
  for (const auto type : kManifestTypes) request.headers.add("Accept", std::string(type));
  return hear(exchange(std::move(request), as));
}

Walk::Judged Walk::ask_list(const Question& question, const engine::Identity* as) {
  auto query = question.filter.empty() ? "" : "artifactType=" + http::percent_encode(question.filter, "/");
  if (question.what == Question::What::kShortPages) query = "n=4";
  return ask_pages(list_url(question.reference, question.repository, query), question.repository, as);
}

Walk::Judged Walk::ask_pages(std::string next, const engine::Repository& where, const engine::Identity* as,
                             const std::string& accept) {
  Judged judged;
  std::vector<std::string> strangers;
  std::size_t bytes = 0;
  for (int page = 0; !next.empty() && page < kMostPages && bytes <= kLongestChain; ++page) {
    http::Request request{.method = "GET", .url = next};
    if (!accept.empty()) request.headers.add("Accept", accept);
    const auto one = exchange(std::move(request), as);
    bytes += size_of(one.answer);
    auto said = hear(one);
    append(judged.at_once, std::move(said.at_once));
    append(judged.at_last, std::move(said.at_last));
    const auto* shelf = eager_.shelf(where.name);
    for (const auto& entry : engine::read_page(one.answer, list_keys()).entries) {
      const bool strange = entry.digest && shelf != nullptr && shelf->find(*entry.digest) == nullptr &&
                           !is_known_guest(*shelf, *entry.digest);
      if (strange && oci::Digest::parse(*entry.digest) && strangers.size() < kMostStrangers) {
        strangers.push_back(*entry.digest);
      }
    }
    const auto links = http::read_links(one.answer.headers).with_relation("next");
    const auto base = http::Url::parse(one.answer.url);
    const auto target = links.empty() || !base ? std::nullopt : http::resolve(*base, links.front().target);
    const bool here = target && http::same_origin(*target, *http::Url::parse(session().client().base()));
    next = here && target->text() != next ? target->text() : "";
  }
  ask_strangers(where, strangers);
  return judged;
}

// What a list names and the walk did not push is pulled once, so that the model can tell a guest from a ghost.
void Walk::ask_strangers(const engine::Repository& where, const std::vector<std::string>& digests) {
  for (const auto& digest : digests) ask({Question::What::kGet, where, digest, ""});
}

constexpr int kMostDeclined = 2;

// OCI distribution-spec, "Mounting a blob from another repository": 202 opens an upload in place of it.
void Walk::mount_blobs(const oci::Content& content, const engine::Repository& where) {
  const auto may_have = [&](const engine::Repository& there, const oci::Digest& digest) {
    return session().presence(there, digest) != engine::Session::Presence::kUnknown;
  };
  for (const auto& blob : content.blobs) {
    if (declined_mounts_ >= kMostDeclined || may_have(where, blob.digest)) continue;
    const auto from = std::ranges::find_if(repositories_, [&](const auto& one) { return may_have(one, blob.digest); });
    if (from == repositories_.end()) continue;
    const auto at = fmt::format("/v2/{}/blobs/uploads/?mount={}&from={}", where.name, blob.digest.text(),
                                http::percent_encode(from->name, "/"));
    try {
      const auto one = exchange({.method = "POST", .url = url(at)});
      hear(one);
      if (one.answer.status == 201) session().pushed_blob(where, blob.digest);
      if (one.answer.status != 201) ++declined_mounts_;
    } catch (const engine::PremiseBroken&) {
      ++declined_mounts_;  // it is uploaded instead
    }
  }
}

bool Walk::prepare(int node, const engine::Repository& where) {
  const auto& described = plan_.nodes[static_cast<std::size_t>(node)];
  for (const int child : described.children) {
    const auto* shelf = eager_.shelf(where.name);
    const auto* held = shelf == nullptr ? nullptr : shelf->find(content_of(child).manifest.digest.text());
    if (held == nullptr || held->stored.last() != model::Standing::kThere) put(child, where, "");
  }
  try {
    if (node % 2 == 0) mount_blobs(content_of(node), where);
    push_parts(content_of(node), where);
    return true;
  } catch (const engine::PremiseBroken&) {
    return false;  // the walk goes on without this manifest
  }
}

namespace {

http::Request push_request(const std::string& url, const oci::Manifest& manifest) {
  http::Request request{.method = "PUT", .url = url, .headers = {}, .body = manifest.bytes};
  request.headers.add("Content-Type", manifest.media_type);
  return request;
}

}  // namespace

void Walk::put(int node, const engine::Repository& where, const std::string& tag) {
  if (!prepare(node, where)) return;
  const auto& manifest = content_of(node).manifest;
  const auto reference = tag.empty() ? manifest.digest.text() : tag;
  session().pushed_manifest(where, manifest.digest);
  const auto one = exchange(push_request(url(fmt::format("/v2/{}/manifests/{}", where.name, reference)), manifest));
  hear(one);
  last_write_ = session().client().clock().now();
  if (one.answer.status / 100 == 4 && tag.empty()) put_control(node, where);
  if (one.answer.status == 201) follow_location(one, where);
}

// OCI distribution-spec, "Pushing Manifests": the Location leads to a manifest that can be pulled.
void Walk::follow_location(const model::Observation& push, const engine::Repository& where) {
  const auto base = http::Url::parse(push.answer.url);
  const auto location = push.answer.headers.get("Location");
  const auto target = base && location ? http::resolve(*base, *location) : std::nullopt;
  if (!target || !http::same_origin(*target, *http::Url::parse(session().client().base()))) return;
  const auto place = model::place_of(target->text(), session().client().base());
  if (place.area == model::Area::kManifest && place.repository == where.name) return;
  http::Request request{.method = "GET", .url = target->text()};
  for (const auto type : kManifestTypes) request.headers.add("Accept", std::string(type));
  note_broken(hear(exchange(std::move(request))).at_last);
}

void Walk::put_control(int node, const engine::Repository& where) {
  const auto& described = plan_.nodes[static_cast<std::size_t>(node)];
  if (!described.subject && !described.absent_subject) return;
  auto alone = described;
  alone.subject.reset();
  alone.absent_subject.reset();
  std::vector<oci::Descriptor> children;
  for (const int child : described.children) children.push_back(content_of(child).manifest.descriptor());
  const auto control = recipe_of(alone, session().dialect().form, {}, children)
                           .make({session().dialect(), fmt::format("{}-{}-alone", nonce_, node)})
                           .manifest;
  session().pushed_manifest(where, control.digest);
  hear(exchange(push_request(url(fmt::format("/v2/{}/manifests/{}", where.name, control.digest.text())), control)));
}

void Walk::put_two(int node, int other, const engine::Repository& where) {
  if (!prepare(node, where) || !prepare(other, where)) return;
  std::vector<http::Request> requests;
  for (const int one : {node, other}) {
    const auto& manifest = content_of(one).manifest;
    session().pushed_manifest(where, manifest.digest);
    requests.push_back(
        push_request(url(fmt::format("/v2/{}/manifests/{}", where.name, manifest.digest.text())), manifest));
  }
  const auto answers = concurrently(2, [&](int i) { return exchange(requests[static_cast<std::size_t>(i)]); });
  for (const auto& answer : answers) hear(answer);
  last_write_ = session().client().clock().now();
}

void Walk::remove_reference(const std::string& reference, const engine::Repository& where) {
  session().blobs_may_vanish(where);
  const auto at = url(fmt::format("/v2/{}/manifests/{}", where.name, reference));
  try {
    hear(exchange({.method = "DELETE", .url = at}));
  } catch (const engine::PremiseBroken&) {
    // A gateway answered in between: whether it was carried out stays open, as after no answer at all.
    const auto now = session().client().clock().wall();
    hear({.method = "DELETE",
          .url = at,
          .place = model::place_of(at, session().client().base()),
          .answer = {},
          .when = {now, now}});
  }
  last_write_ = session().client().clock().now();
}

}  // namespace referee::walks
