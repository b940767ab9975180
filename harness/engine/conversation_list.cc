// Conversation: referrers lists, in the dialect of the edition that is judged.
#include <fmt/format.h>

#include <set>

#include "harness/engine/capabilities.h"
#include "harness/engine/conversation.h"
#include "harness/http/link.h"
#include "harness/http/url.h"

namespace referee::engine {
namespace {

constexpr int kMostPages = 1000;

std::string filter_query(std::string_view artifact_type) {
  return artifact_type.empty() ? "" : "artifactType=" + http::percent_encode(artifact_type, "/");
}

}  // namespace

std::string Conversation::list_url(const std::string& subject, const Repository& where,
                                   const std::string& query) const {
  std::string path;
  char separator = '?';
  switch (wire_of(edition())) {
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

Page Conversation::list_referrers(const std::string& subject, const Repository& where, const std::string& query) const {
  return read_page(get(list_url(subject, where, query).substr(session_.client().base().size())), list_keys());
}

Page Conversation::list_referrers(const Pushed& subject, std::string_view artifact_type) const {
  return list_referrers(subject.digest().text(), subject.repository, filter_query(artifact_type));
}

Page Conversation::list_referrers(const oci::Digest& subject, std::string_view artifact_type) const {
  return list_referrers(subject.text(), repository(), filter_query(artifact_type));
}

Listing Conversation::follow(Page first) const {
  Listing listing;
  std::set<std::string> seen = {first.response.url};
  listing.pages.push_back(std::move(first));
  while (listing.pages.back().readable) {
    const auto& last = listing.pages.back().response;
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
    if (listing.pages.size() >= kMostPages) {
      listing.broken = fmt::format("the chain of pages does not end within {}", kMostPages);
      break;
    }
    listing.pages.push_back(
        read_page(send({.method = "GET", .url = target->text(), .headers = {}, .body = {}}), list_keys()));
  }
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
  if (!listing.readable()) throw PremiseBroken("the list of referrers cannot be read: " + problem_of(listing));
  return listing;
}

}  // namespace referee::engine
