// Conversation: referrers lists, in the dialect of the edition that is judged.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/engine/capabilities.h"
#include "harness/engine/conversation.h"
#include "harness/http/syntax/link.h"
#include "harness/http/syntax/url.h"
#include "harness/http/transport.h"
#include "harness/oci/json.h"

namespace referee::engine {
namespace {

constexpr int kMostPages = 1000;
constexpr int kPagesWhereNoneEnds = 10;          // more of each chain would fill the memory and show nothing
constexpr std::size_t kLongestChain = 16 << 20;  // bytes of all its pages, as held() counts them
constexpr std::size_t kLongestWhereNoneEnds = 4 << 20;

std::string filter_query(std::string_view artifact_type) {
  return artifact_type.empty() ? "" : "artifactType=" + http::percent_encode(artifact_type, "/");
}

// What a page of a chain takes: its URL is kept twice, in the answer and among those that were asked.
std::size_t held(const http::Response& page) {
  return page.body.size() + http::size_of(page.headers.lines()) + 2 * page.url.size();
}

// A fact, since it depends on what other checks met before.
bool knows_endless_chain(Session& session) {
  const auto* capabilities = session.capabilities();
  const auto see = [&] { return capabilities != nullptr && capabilities->knows_endless_chain() ? "yes" : "no"; };
  return session.fact("an earlier chain of pages had no end", see) == "yes";
}

// Why a chain of that many bytes is not followed further; empty if it may go on.
std::string why_too_long(const Listing& listing, std::size_t bytes, Session& session) {
  const bool long_enough = listing.pages.size() == kPagesWhereNoneEnds || bytes > kLongestWhereNoneEnds;
  if (long_enough && knows_endless_chain(session)) {
    return fmt::format("the chain of pages does not end within {}, and an earlier one had no end either",
                       listing.pages.size());
  }
  if (listing.pages.size() >= kMostPages) return fmt::format("the chain of pages does not end within {}", kMostPages);
  if (bytes > kLongestChain) return fmt::format("the pages are more than {} MiB together", kLongestChain >> 20);
  return "";
}

// Whether there is a next page now. Faults of the target are the wire's; those of a host that only a link names are the
// link's, and break the chain.
template <typename Ask>
bool read_next(Listing& listing, const http::Url& page, const std::string& own, const Ask& ask) {
  try {
    listing.pages.push_back(ask(page));
    return true;
  } catch (const http::TransportFault& fault) {
    const bool interrupted = fault.kind() == http::FaultKind::kInterrupted;
    if (interrupted || same_origin(page, *http::Url::parse(own))) throw;
    listing.broken = fmt::format("the next page is at {}, which cannot be asked: {}", page.origin(), fault.what());
    return false;
  }
}

}  // namespace

std::string Conversation::list_url(const std::string& subject, const Repository& where,
                                   const std::string& query) const {
  return list_url(edition(), subject, where, query);
}

std::string Conversation::list_url(spec::Edition edition, const std::string& subject, const Repository& where,
                                   const std::string& query) const {
  std::string path;
  char separator = '?';
  switch (wire_of(edition)) {
    case ListWire::kOci:
      path = fmt::format("/v2/{}/referrers/{}", where.name, subject);
      break;
    case ListWire::kOras2021:
      path = fmt::format("/oras/artifacts/v1/{}/manifests/{}/referrers", where.name, subject);
      break;
    case ListWire::kOrasExtension:
      path = fmt::format("/v2/{}/_oras/artifacts/referrers?digest={}", where.name, subject);
      separator = '&';
      break;
  }
  return url(path) + (query.empty() ? "" : separator + query);
}

std::vector<std::string> Conversation::list_keys() const {
  switch (edition()) {
    case spec::Edition::kOrasPhase1Sm:
    case spec::Edition::kOrasPhase1:
      return {"referrers", "references"};  // the text demands one and shows the other: X09
    case spec::Edition::kOrasDraft1:
    case spec::Edition::kOrasDraft11:
      return {"references"};
    case spec::Edition::kOrasRc1:
    case spec::Edition::kOrasRc2:
      return {"referrers"};
    default:
      return {"manifests"};
  }
}

std::vector<std::string> Conversation::readable_keys() const {
  auto keys = list_keys();
  for (const char* other : {"referrers", "references", "manifests"}) {
    if (std::ranges::find(keys, other) == keys.end()) keys.emplace_back(other);
  }
  return keys;
}

Page Conversation::read_list(http::Response response, const std::string& subject, const std::string& repository) const {
  auto page = read_page(std::move(response), readable_keys());
  page.subject = subject;
  page.repository = repository;
  const auto is_own = [&](const Entry& entry) { return !entry.digest || !is_stranger(page, *entry.digest); };
  const auto others = std::ranges::stable_partition(page.entries, is_own);
  page.strangers.assign(others.begin(), others.end());
  page.entries.erase(others.begin(), others.end());
  return page;
}

namespace {

// Whether the manifest names that subject, by whatever key an edition has for it.
bool names_subject(const std::string& manifest, const std::string& subject) {
  const auto reading = oci::read_json(manifest);
  if (!reading.value || !reading.value->is_object()) return false;
  for (const char* key : {"subject", "subjectManifest"}) {
    const auto found = reading.value->find(key);
    if (found != reading.value->end() && found->is_object() && found->value("digest", "") == subject) return true;
  }
  return false;
}

}  // namespace

// Whether someone else attached it: a manifest that the check never sent, which can be pulled and names the subject;
// or one that is gone, and gone from the list as well.
bool Conversation::is_stranger(const Page& page, const std::string& digest) const {
  const auto& settings = session_.settings();
  if (settings.existing_subject || !settings.upstream.empty()) return false;  // what is there comes from others
  if (page.subject.empty() || session_.has_sent(digest) || !oci::Digest::parse(digest)) return false;
  if (const auto known = session_.is_stranger(digest)) return *known;
  bool stranger = false;
  try {
    const auto pulled = pull(digest, Repository{page.repository});
    stranger = pulled.status == 200 && names_subject(pulled.body, page.subject);
    if (pulled.status == 404 || pulled.status == 410) {
      const auto again = send({.method = "GET", .url = page.response.url, .headers = {}, .body = {}});
      const auto listed = digests_of(read_page(again, readable_keys()).entries);
      return again.status == 200 && std::ranges::find(listed, digest) == listed.end();
    }
  } catch (const PremiseBroken&) {
    return false;
  }
  session_.found_stranger(digest, stranger);
  return stranger;
}

Page Conversation::list_referrers(const std::string& subject, const Repository& where, const std::string& query) const {
  return read_list(send({.method = "GET", .url = list_url(subject, where, query), .headers = {}, .body = {}}), subject,
                   where.name);
}

Page Conversation::list_referrers(const Pushed& subject, std::string_view artifact_type) const {
  return list_referrers(subject.digest().text(), subject.repository, filter_query(artifact_type));
}

Page Conversation::list_referrers(const oci::Digest& subject, std::string_view artifact_type) const {
  return list_referrers(subject.text(), repository(), filter_query(artifact_type));
}

bool Conversation::leads_to_an_empty_page(const Listing& listing) const {
  if (!listing.ends_with_an_empty_page()) return false;
  const auto& before = listing.pages[listing.pages.size() - 2];
  auto again = send({.method = "GET", .url = before.response.url, .headers = {}, .body = {}});
  return follow(read_list(std::move(again), before.subject, before.repository)).ends_with_an_empty_page();
}

Listing Conversation::follow(Page first) const {
  Listing listing;
  std::set<std::string> seen = {first.response.url};
  const auto ask = [&, subject = first.subject, repository = first.repository](const http::Url& page) {
    return read_list(send({.method = "GET", .url = page.text(), .headers = {}, .body = {}}), subject, repository);
  };
  listing.pages.push_back(std::move(first));
  std::size_t bytes = 0;
  while (listing.pages.back().readable) {
    const auto& last = listing.pages.back().response;
    bytes += held(last);
    const auto next = http::read_links(last.headers).with_relation("next");
    if (next.empty()) break;
    const auto base = http::Url::parse(last.url);
    const auto target = base ? http::resolve(*base, next.front().target) : std::nullopt;
    if (!target) {
      listing.broken = "a Link to the next page cannot be resolved: " + next.front().target;
      break;
    }
    if (!seen.insert(target->text()).second) {
      listing.broken = "the chain of pages comes back to " + target->text();
      break;
    }
    listing.broken = why_too_long(listing, bytes, session_);
    if (!listing.broken.empty() || !read_next(listing, *target, session_.client().base(), ask)) break;
  }
  const bool endless = listing.pages.size() >= kMostPages || bytes > kLongestChain;
  if (endless && session_.capabilities() != nullptr) session_.capabilities()->met_endless_chain();
  return listing;
}

Listing Conversation::list_all(const Pushed& subject, std::string_view artifact_type) const {
  return follow(list_referrers(subject, artifact_type));
}

Listing Conversation::list_all(const oci::Digest& subject, const Repository& where, const std::string& query) const {
  return follow(list_referrers(subject.text(), where, query));
}

Listing Conversation::referrers_of(const Pushed& subject) const {
  return referrers_of(subject.digest(), subject.repository);
}

Listing Conversation::referrers_of(const oci::Digest& subject, const Repository& where) const {
  auto listing = list_all(subject, where);
  if (!listing.readable()) {
    throw UnreadableList("the list of referrers cannot be read: " + problem_of(listing), sight_of(listing));
  }
  return listing;
}

}  // namespace referee::engine
