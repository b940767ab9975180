// Probes of group P-F: pages of lists, their sizes, and their continuations.
#include <fmt/format.h>

#include <algorithm>

#include "harness/http/syntax/link.h"
#include "harness/http/syntax/url.h"
#include "harness/spec/literals/probes.h"
#include "suites/probes/list_probe.h"

namespace referee::suites {
namespace {

constexpr std::size_t kBeyondADefault = 25;  // referrers: more than the usual page of many registries
constexpr std::size_t kBeyondACap = 120;     // more than the greatest page of most

class PagingProbe : public ListProbe {
 public:
  using ListProbe::ListProbe;

 protected:
  /// That many referrers of a fresh subject, all of them listed.
  Pushed push_batch(std::size_t count) const {
    needs_list();
    const auto subject = push(image());
    std::vector<std::string> digests;
    for (std::size_t i = 0; i < count; ++i) digests.push_back(push(sbom().refers_to(subject)).digest().text());
    eventually([&] { return list_all(subject); }, ListsEach(digests));
    return subject;
  }

  Page page_of(const Pushed& subject, const std::string& query) const {
    return list_referrers(subject.digest().text(), subject.repository, query);
  }

  /// What a value of `n` gives, compared with the first page without it.
  std::string answer_to(const Pushed& subject, const std::string& query, std::size_t all) const {
    const auto page = page_of(subject, query);
    if (!page.readable) return outcome(page.response);
    const std::string link = next_url(page.response).empty() ? "-NO-LINK" : "+LINK";
    if (page.entries.empty()) return "EMPTY" + link;
    if (page.entries.size() == all) return "ALL";
    return page.entries.size() == page_of(subject, "").entries.size() ? "DEFAULT"
                                                                      : fmt::format("{}{}", page.entries.size(), link);
  }

  /// Numbers of entries to ask for, and how many referrers it takes to see whether they make pages; 0: no number.
  struct Stage {
    std::size_t referrers;
    std::vector<std::size_t> numbers;
  };
  static std::vector<Stage> stages(std::size_t least) {
    return {{least, {2, 1, 3}}, {25, {5, 10, 20}}, {120, {50, 100, 0}}};
  }
  static std::string query_for(std::size_t number) { return number == 0 ? "" : fmt::format("n={}", number); }

  /// More referrers, until the subject has that many.
  void grow(const Pushed& subject, std::size_t& count, std::size_t wanted) const {
    std::vector<std::string> digests;
    for (; count < wanted; ++count) digests.push_back(push(sbom().refers_to(subject)).digest().text());
    eventually([&] { return list_all(subject); }, ListsEach(digests));
  }

  /// A subject with a list of several pages, and the URL of the second one.
  struct Chain {
    Pushed subject;
    Page first;
    std::string next;
  };
  /// Least and greatest sizes of pages differ: it is looked for with more and more referrers.
  Chain chain(std::size_t least = 5) const {
    std::size_t count = least;
    Chain chain{push_batch(count), {}, {}};
    for (const auto& stage : stages(least)) {
      grow(chain.subject, count, stage.referrers);
      for (const auto number : stage.numbers) {
        chain.first = page_of(chain.subject, query_for(number));
        chain.next = next_url(chain.first.response);
        if (!chain.next.empty()) return chain;
      }
    }
    throw engine::NotApplicable(fmt::format("{} entries are on one page, whatever n", count));
  }
};

}  // namespace

BEHAVIOUR_PROBE_F(PagingProbe, HonoursN, "probe.page.n-honoured"_probe) {
  std::size_t count = 5;
  const auto subject = push_batch(count);
  for (const auto& stage : stages(count)) {
    grow(subject, count, stage.referrers);
    const auto usual = page_of(subject, "").entries.size();
    for (const auto number : stage.numbers) {
      if (number == 0) continue;
      const auto page = page_of(subject, query_for(number));
      if (!page.readable) return {outcome(page.response), fmt::format("n={} of {}", number, count)};
      if (page.entries.size() == usual) continue;
      return {next_url(page.response).empty() ? "HONOURED-WITHOUT-LINK" : "HONOURED+LINK",
              fmt::format("{} of {} with n={}, {} without n", page.entries.size(), count, number, usual)};
    }
  }
  return {"IGNORED", fmt::format("as many of {} with n as without", count)};
}

BEHAVIOUR_PROBE_F(PagingProbe, ZeroN, "probe.page.n-zero"_probe) {
  const auto subject = push_batch(kBeyondADefault);
  return {answer_to(subject, "n=0", kBeyondADefault), fmt::format("of {} entries", kBeyondADefault)};
}

BEHAVIOUR_PROBE_F(PagingProbe, ImpossibleN, "probe.page.n-negative"_probe) {
  const auto subject = push_batch(kBeyondADefault);
  Parts parts;
  for (const auto* n : {"-1", "abc", "1.5", ""}) {
    const std::string query = std::string("n=") + n;
    parts.emplace_back(query, answer_to(subject, query, kBeyondADefault));
  }
  return parted(parts);
}

BEHAVIOUR_PROBE_F(PagingProbe, HugeN, "probe.page.n-huge"_probe) {
  const auto subject = push_batch(kBeyondACap);
  Parts parts;
  for (const auto* n : {"1000000", "2147483648", "9223372036854775808", "1000000000000000000000000000000"}) {
    const auto answer = answer_to(subject, std::string("n=") + n, kBeyondACap);
    parts.emplace_back(n, answer == "DEFAULT" ? "CAPPED" : answer);
  }
  return parted(parts);
}

BEHAVIOUR_PROBE_F(PagingProbe, UsualSize, "probe.page.default-size"_probe) {
  const std::size_t count = long_running() ? 2'000 : 120;
  const auto page = page_of(push_batch(count), "");
  if (!page.readable) return {outcome(page.response), "the list cannot be read"};
  const bool all = page.entries.size() >= count;
  return {all ? fmt::format(">= {}", count) : std::to_string(page.entries.size()),
          fmt::format("the first page has {} of {} entries", page.entries.size(), count)};
}

BEHAVIOUR_PROBE_F(PagingProbe, BytesOfAPage, "probe.page.byte-limit"_probe) {
  needs_list();
  constexpr std::size_t kCount = 6;
  const auto subject = push(image());
  std::vector<std::string> digests;
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto answer = put(make(sbom().refers_to(subject).padded_to(1'000'000)));
    if (answer.status != 201) return {"PUSH-REFUSED " + in_words(answer), "a manifest of a megabyte"};
  }
  const auto listing =
      eventually([&] { return list_all(subject); },
                 ::testing::ResultOf([](const Listing& list) { return list.entries().size(); }, Eq(kCount)));
  std::size_t biggest = 0;
  for (const auto& page : listing.pages) biggest = std::max(biggest, page.response.body.size());
  const auto detail = fmt::format("{} pages, the biggest of {} bytes", listing.pages.size(), biggest);
  if (listing.pages.size() == 1) return {biggest > 1'000'000 ? "NONE-SEEN" : "NO-ANNOTATIONS", detail};
  if (biggest < 500'000) return {"PAGED WITHOUT ANNOTATIONS", detail};
  return {fmt::format("ABOUT {} MB", (biggest + 500'000) / 1'000'000), detail};
}

BEHAVIOUR_PROBE_F(PagingProbe, TamperedToken, "probe.page.invalid-token"_probe) {
  const auto [subject, first, next] = chain();
  auto target = http::Url::parse(next);
  const auto tampered = [&](const std::string& value) -> std::string {
    std::string query;
    for (const auto& [key, old] : http::query_pairs(target->query)) {
      const bool token = key != "n" && key != "digest" && key != "artifactType";
      query += (query.empty() ? "" : "&") + key + "=" + http::percent_encode(token ? value : old);
    }
    auto changed = *target;
    changed.query = query;
    const auto answer = ask("GET", changed.text());
    const auto page = read(answer);
    if (!page.readable) return outcome(answer);
    if (page.entries.empty()) return "EMPTY";
    return engine::digests_of(page.entries) == engine::digests_of(first.entries) ? "FIRST-PAGE" : "ANOTHER-PAGE";
  };
  return parted(
      {{"garbage", tampered("garbage")}, {"foreign digest", tampered(fresh_digest(session().fresh_nonce()).text())}});
}

BEHAVIOUR_PROBE_F(PagingProbe, ForeignContinuation, "probe.page.token-cross-use"_probe) {
  const auto [subject, first, next] = chain();
  const auto other = push_batch(3);
  std::string spliced = next;
  const auto at = spliced.find(subject.digest().text());
  if (at == std::string::npos) return {"OPAQUE", "the continuation does not name its subject: " + next};
  spliced.replace(at, subject.digest().text().size(), other.digest().text());
  const auto answer = ask("GET", spliced);
  const auto page = read(answer);
  if (!page.readable) return {outcome(answer), "the token of another subject's list"};
  const auto of_first = listed_under(subject.digest().text(), repository());
  for (const auto& digest : engine::digests_of(page.entries)) {
    if (std::ranges::find(of_first, digest) != of_first.end()) return {"LEAK", "entries of the other list"};
  }
  return {page.entries.empty() ? "EMPTY" : "IGNORED", "the token of another subject's list"};
}

BEHAVIOUR_PROBE_F(PagingProbe, FormOfLinks, "probe.page.link-form"_probe) {
  const auto [subject, first, next] = chain();
  const auto links = http::read_links(first.response.headers).with_relation("next");
  const auto& link = links.front();
  const std::string form = http::Url::parse(link.target)  ? "absolute"
                           : link.target.starts_with("?") ? "query-only"
                           : link.target.starts_with("/") ? "path-absolute"
                                                          : "path-relative";
  const auto parameters = http::query_pairs(http::Url::parse(next)->query).size();
  return {fmt::format("{}, {} rel, {} parameters", form, link.quoted_relation ? "quoted" : "bare", parameters),
          fmt::format("{}", fmt::join(first.response.headers.all("Link"), "\n"))};
}

BEHAVIOUR_PROBE_F(PagingProbe, ChainsThatLoop, "probe.page.loop"_probe) {
  const auto subject = push_batch(5);
  Parts parts;
  for (const auto* query : {"", "n=0", "n=1", "n=2"}) {
    const auto first = page_of(subject, query);
    if (!first.readable) continue;
    const auto listing = follow(first);
    const bool loops = listing.broken.find("comes back") != std::string::npos ||
                       listing.broken.find("does not end") != std::string::npos;
    parts.emplace_back(*query == '\0' ? "plain" : query, loops ? "LOOP" : "NONE");
  }
  if (parts.empty()) return {outcome(page_of(subject, "").response), "the list cannot be read"};
  return parted(parts);
}

// Deletions first, pushes after them: pushes would fill the gap that deletions leave where pages are counted.
BEHAVIOUR_PROBE_F(PagingProbe, WritesBetweenPages, "probe.page.write-between"_probe) {
  const auto [subject, first, next] = chain(6);
  const auto before = listed_under(subject.digest().text(), repository());
  const auto seen = engine::digests_of(first.entries);
  const auto is_among = [](const std::vector<std::string>& digests, const std::string& digest) {
    return std::ranges::find(digests, digest) != digests.end();
  };
  const auto lost_of = [&](const std::vector<std::string>& rest) {
    return std::ranges::count_if(before, [&](const auto& d) { return !is_among(rest, d) && !is_among(seen, d); });
  };
  if (met(Gate::kManifestDeletion)) {
    for (const auto& digest : seen) remove(oci::Digest::verbatim(digest), repository());
    eventually([&] { return list_all(subject); }, Not(Lists(seen.back())));
  }
  auto lost = lost_of(engine::digests_of(follow(read(ask("GET", next))).entries()));
  std::vector<std::string> fresh;
  for (int i = 0; i < 4; ++i) fresh.push_back(push(sbom().refers_to(subject)).digest().text());
  eventually([&] { return list_all(subject); }, ListsEach(fresh));
  const auto rest = engine::digests_of(follow(read(ask("GET", next))).entries());
  lost = std::max(lost, lost_of(rest));
  const auto again = std::ranges::count_if(seen, [&](const auto& digest) { return is_among(rest, digest); });
  const auto shown = std::ranges::count_if(fresh, [&](const auto& digest) { return is_among(rest, digest); });
  return {lost > 0 || again > 0 ? "OFFSET"
          : shown > 0           ? "CURSOR"
                                : "SNAPSHOT",
          fmt::format("lost {} of the old, repeats {}, shows {} of 4 new", lost, again, shown)};
}

}  // namespace referee::suites
