// Walk: requests that must be refused, and unusual forms of those that must not. Nothing is waited for: what is wrong
// to answer them is wrong at once.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "fixtures/content/digests.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/names.h"
#include "suites/walks/walk.h"

namespace referee::walks {
namespace {

std::string in_capitals(std::string digest) {
  for (std::size_t i = digest.find(':'); i < digest.size(); ++i) {
    if (digest[i] >= 'a' && digest[i] <= 'f') digest[i] = static_cast<char>(digest[i] - 'a' + 'A');
  }
  return digest;
}

std::string without_last(std::string digest) {
  digest.pop_back();
  return digest;
}

std::string not_hex(std::string digest) {
  digest.back() = 'g';
  return digest;
}

}  // namespace

void Walk::ask_oddly(Askers askers) {
  ask_oddly_as(nullptr);
  if (askers == Askers::kOne) return;
  for (const auto& where : repositories_) {
    if (const auto* other = other_reader(where)) return ask_oddly_as(other);
  }
}

void Walk::ask_oddly_as(const engine::Identity* as) {
  // Who may read one repository need not be shown another.
  const auto may_ask = [&](const Question& question) {
    return as == nullptr || other_reader(question.repository) == as;
  };
  const auto known = std::ranges::find_if(asked_, [&](const Question& question) {
    return question.what == Question::What::kList && question.reference.starts_with("sha256:") && may_ask(question);
  });
  if (known == asked_.end()) return;
  auto lists = lists_to_ask_oddly();
  std::erase_if(lists, std::not_fn(may_ask));
  const auto where = known->repository;
  const auto digest = known->reference;
  const auto get = [&](const std::string& at, const std::string& accept = "") {
    http::Request request{.method = "GET", .url = at};
    if (!accept.empty()) request.headers.add("Accept", accept);
    note_broken(hear(exchange(std::move(request), as)).at_last);
  };
  for (const auto& wrong : {in_capitals(digest), without_last(digest), not_hex(digest), tag_name(0)}) {
    get(list_url(wrong, where));
  }
  for (const auto& list : lists) {
    for (const char* query : {"org.example.unknown=1", "artifacttype=none"}) {
      get(list_url(list.reference, list.repository, query));
    }
    const auto plain = list_url(list.reference, list.repository);
    note_broken(ask_pages(plain, list.repository, as, "application/json").at_last);
  }
  for (const char* accept : {"application/vnd.oci.image.manifest.v1+json", "*/*", "application/*",
                             "application/vnd.oci.image.index.v1+json;q=0.9, application/json;q=0.5, */*;q=0.1"}) {
    get(list_url(digest, where), accept);
  }
  ask_for_filters_oddly(as);
  const auto manifest = url(fmt::format("/v2/{}/manifests/{}", where.name, digest));
  get(manifest, "*/*");
  get(url(fmt::format("/v2/{}/manifests/{}", where.name, content::fresh_digest(nonce_).text())), "*/*");
  if (as == nullptr) push_under_another_digest(where);
}

// Filters as clients write them: with a page size `n`, and with the plus encoded as `%2b`.
void Walk::ask_for_filters_oddly(const engine::Identity* as) {
  constexpr std::size_t kMost = 3;
  std::vector<Question> filtered;
  for (const auto& question : asked_) {
    const bool meant = question.what == Question::What::kList && question.filter.find('+') != std::string::npos;
    const bool may_ask = as == nullptr || other_reader(question.repository) == as;
    if (meant && may_ask && filtered.size() < kMost) filtered.push_back(question);
  }
  for (const auto& question : filtered) {
    const auto plus = question.filter.find('+');
    const auto small = http::percent_encode(question.filter.substr(0, plus), "/") + "%2b" +
                       http::percent_encode(question.filter.substr(plus + 1), "/");
    for (const auto& query : {"artifactType=" + small, "n=3&artifactType=" + small}) {
      const auto url = list_url(question.reference, question.repository, query);
      note_broken(ask_pages(url, question.repository, as).at_last);
    }
  }
}

// The whole list of one subject of each kind, of a referrer and of what is not there.
std::vector<Question> Walk::lists_to_ask_oddly() {
  std::vector<Question> lists;
  std::set<std::string> kinds;
  for (const auto& question : asked_) {
    if (question.what != Question::What::kList || !question.filter.empty()) continue;
    if (!question.reference.starts_with("sha256:")) continue;
    const auto* shelf = eager_.shelf(question.repository.name);
    const auto* held = shelf == nullptr ? nullptr : shelf->find(question.reference);
    const bool refers = held != nullptr && held->reading.subject;
    const std::string kind = held == nullptr ? "absent" : refers ? "a referrer" : held->reading.media_type;
    if (kinds.insert(kind).second) lists.push_back(question);
  }
  return lists;
}

// One of each kind of manifest that is there, with a subject and without.
void Walk::push_under_another_digest(const engine::Repository& where) {
  std::set<std::pair<std::string, bool>> kinds;
  const auto* shelf = eager_.shelf(where.name);
  for (const auto& [node, content] : contents_) {
    const auto& manifest = content.manifest;
    const auto* held = shelf == nullptr ? nullptr : shelf->find(manifest.digest.text());
    const bool there = held != nullptr && held->stored.last() == model::Standing::kThere;
    if (!there || !kinds.emplace(manifest.media_type, held->reading.subject.has_value()).second) continue;
    const auto other = content::fresh_digest(fmt::format("{}-{}", nonce_, node));
    session().pushed_manifest(where, other);
    http::Request request{.method = "PUT", .url = url(fmt::format("/v2/{}/manifests/{}", where.name, other.text()))};
    request.body = manifest.bytes;
    request.headers.add("Content-Type", manifest.media_type);
    note_broken(hear(exchange(std::move(request))).at_last);
  }
}

}  // namespace referee::walks
