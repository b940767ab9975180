// Probes of group P-G: the order of lists, many at once, and limits.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/spec/literals/probes.h"
#include "suites/probes/list_probe.h"

namespace referee::suites {
namespace {

class OrderingProbe : public ListProbe {
 public:
  using ListProbe::ListProbe;

 protected:
  std::vector<std::string> order_of(const Pushed& subject) const {
    return listed_under(subject.digest().text(), subject.repository);
  }
  Pushed dated(const Pushed& subject, const std::string& date) const {
    return push_listed(sbom().created_at(date), subject);
  }
};

}  // namespace

BEHAVIOUR_PROBE_F(OrderingProbe, OrderOfAList, "probe.order.default"_probe) {
  needs_list();
  const auto subject = push(image());
  static constexpr int kOras[] = {3, 7, 1, 5, 8, 2, 6, 4};
  static constexpr int kOci[] = {6, 1, 4, 8, 2, 7, 3, 5};
  std::vector<std::string> pushed;
  std::map<int, std::string, std::greater<>> by_oras;
  std::map<int, std::string, std::greater<>> by_oci;
  for (int i = 0; i < 8; ++i) {
    const auto recipe = sbom().annotated(std::string(oci::kOciCreated), fmt::format("2022-0{}-01T00:00:00Z", kOci[i]));
    pushed.push_back(
        push_listed(recipe.created_at(fmt::format("2022-0{}-01T00:00:00Z", kOras[i])), subject).digest().text());
    by_oras[kOras[i]] = by_oci[kOci[i]] = pushed.back();
  }
  const auto values = [](const auto& map) {
    std::vector<std::string> texts;
    for (const auto& [key, digest] : map) texts.push_back(digest);
    return texts;
  };
  const auto order = order_of(subject);
  const std::vector<std::string> reversed(pushed.rbegin(), pushed.rend());
  auto by_digest = pushed;
  std::ranges::sort(by_digest);
  const char* answer = order_of(subject) != order ? "RANDOM"
                       : order == pushed          ? "PUSH"
                       : order == reversed        ? "REVERSE-PUSH"
                       : order == by_digest       ? "DIGEST"
                       : order == values(by_oci)  ? "OCI-CREATED-DESC"
                       : order == values(by_oras) ? "ORAS-CREATED-DESC"
                                                  : "RANDOM";
  return {answer, fmt::format("{} entries", order.size())};
}

BEHAVIOUR_PROBE_F(OrderingProbe, OrderStays, "probe.order.stable"_probe) {
  needs_list();
  const auto subject = push(image());
  for (int i = 0; i < 6; ++i) push_listed(sbom(), subject);
  const auto first = order_of(subject);
  for (int i = 0; i < 19; ++i) {
    if (order_of(subject) != first) return {"VARYING", fmt::format("read {} differs from the first", i + 2)};
  }
  return {"STABLE", "20 reads"};
}

BEHAVIOUR_PROBE_F(OrderingProbe, DatesThatAreNone, "probe.sort.invalid-date"_probe, Asked::kNewOras) {
  needs_list();
  const auto subject = push(image());
  dated(subject, "2022-06-30T00:00:00Z");
  const auto middle = dated(subject, "2000-01-01T00:00:00Z");  // after the zero of machines, before the odd dates
  const auto oldest = dated(subject, "1960-01-01T00:00:00Z");
  push_listed(sbom(), subject);
  Parts parts;
  for (const auto* date : {"yesterday", "2022-06-13", ""}) {
    const auto odd = make(sbom().created_at(date).refers_to(subject));
    const auto received = reception(odd, subject.digest().text());
    const std::string name = *date == '\0' ? "empty" : date;
    if (received != "ACCEPT+LISTED") {
      parts.emplace_back(name, received);
      continue;
    }
    const auto order = order_of(subject);
    const auto place = [&](const oci::Digest& digest) { return std::ranges::find(order, digest.text()); };
    const auto here = place(odd.manifest.digest);
    const bool last = here > place(oldest.digest());
    const bool as_text = here < place(middle.digest());
    parts.emplace_back(name, last ? "AS-UNDATED" : as_text ? "STRING-ORDER" : "AS-ZERO-TIME");
  }
  return parted(parts);
}

BEHAVIOUR_PROBE_F(OrderingProbe, DatesFarAway, "probe.sort.future-date"_probe, Asked::kNewOras) {
  needs_list();
  const auto subject = push(image());
  const auto past = dated(subject, "1959-01-01T00:00:00Z");
  const auto now = dated(subject, "2022-06-01T00:00:00Z");
  const auto far = push(sbom().created_at("9999-12-31T23:59:59Z").refers_to(subject));
  const auto list = eventually([&] { return list_all(subject); }, Lists(far));
  if (!list.readable()) return {outcome(list.first().response), "with a date in the year 9999"};
  const std::vector<std::string> right = {far.digest().text(), now.digest().text(), past.digest().text()};
  const auto order = engine::digests_of(list.entries());
  return {order == right ? "SORTED" : "CLAMPED", "the years 9999, 2022 and 1959"};
}

BEHAVIOUR_PROBE_F(OrderingProbe, ManyPushesAtOnce, "probe.concurrency.parallel-push"_probe) {
  needs_list();
  std::vector<int> levels = {8, 32};
  if (long_running()) levels.push_back(128);
  Parts parts;
  std::string times;
  for (const int level : levels) {
    const auto subject = push(image());
    std::vector<oci::Content> contents;
    for (int i = 0; i < level; ++i) contents.push_back(make(sbom().refers_to(subject)));
    push_parts(contents.front(), repository());
    for (const auto& content : contents) session().pushed_manifest(repository(), content.manifest.digest);
    auto& clock = session().client().clock();
    const auto answers = concurrently(level, [&](int i) {
      const auto& manifest = contents[static_cast<std::size_t>(i)].manifest;
      http::Request request{.method = "PUT",
                            .url = url("/v2/" + repository().name + "/manifests/" + manifest.digest.text()),
                            .body = manifest.bytes};
      request.headers.add("Content-Type", manifest.media_type);
      const auto begin = clock.now();
      const int status = raw(std::move(request)).status;
      return std::pair(status, std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - begin).count());
    });
    std::vector<std::string> accepted;
    std::vector<std::int64_t> spans;
    int client = 0;
    int server = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const auto [status, span] = answers[i];
      if (status == 201) accepted.push_back(contents[i].manifest.digest.text());
      client += status / 100 == 4;
      server += status / 100 == 5;
      spans.push_back(span);
    }
    const auto digests =
        engine::digests_of(eventually([&] { return list_all(subject); }, ListsEach(accepted)).entries());
    const auto lost = std::ranges::count_if(
        accepted, [&](const auto& digest) { return std::ranges::find(digests, digest) == digests.end(); });
    parts.emplace_back(std::to_string(level), fmt::format("lost {}, 4xx {}, 5xx {}", lost, client, server));
    std::ranges::sort(spans);
    times += fmt::format("\n{} at once: 95 of 100 within {} ms", level, spans[spans.size() * 95 / 100]);
  }
  return {by_class(parts), in_lines(parts) + times};
}

BEHAVIOUR_PROBE_F(OrderingProbe, SubjectGoesMeanwhile, "probe.concurrency.delete-subject-while-push"_probe) {
  needs_list();
  needs_deletion();
  const int rounds = long_running() ? 50 : 5;
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto subject = push(image());
    const auto referrer = make(sbom().refers_to(subject));
    push_parts(referrer, repository());
    const auto answers = concurrently(2, [&](int i) {
      return i == 0 ? remove(subject).status
                    : put_manifest(referrer.manifest, referrer.manifest.digest, repository()).status;
    });
    if (answers[0] / 100 == 5 || answers[1] / 100 == 5) return {"5xx", fmt::format("in round {}", round + 1)};
    refused += answers[1] / 100 == 4;
    const auto dangles = [&] {
      return is_listed(referrer.manifest.digest, subject.digest().text(), repository()) &&
             !is_there(referrer.manifest.digest, repository());
    };
    if (eventually(dangles, Eq(false))) return {"ORPHAN-ENTRY", fmt::format("in round {}", round + 1)};
  }
  return {"CONSISTENT", fmt::format("{} rounds, {} pushes refused", rounds, refused)};
}

BEHAVIOUR_PROBE_F(OrderingProbe, ReferrersOfOneSubject, "probe.limit.referrers-per-subject"_probe) {
  needs_list();
  if (!long_running()) throw Needs("--long");
  const auto subject = push(image());
  const int most = 1'000;
  for (int i = 0; i < most; ++i) {
    const auto answer = put(make(sbom().refers_to(subject)));
    if (answer.status != 201) return {fmt::format("LIMIT({}, {})", i, in_words(answer)), "pushed one after another"};
  }
  const auto listed =
      eventually([&] { return list_all(subject).entries().size(); }, Eq(static_cast<std::size_t>(most)));
  return {listed == static_cast<std::size_t>(most) ? "NONE-SEEN" : fmt::format("LISTED({})", listed),
          fmt::format("{} referrers, {} listed", most, listed)};
}

BEHAVIOUR_PROBE_F(OrderingProbe, RateOfRequests, "probe.limit.rate"_probe) {
  needs_list();
  const auto subject = push(image());
  auto& clock = session().client().clock();
  int waited = 0;
  for (int i = 0; i < 100; ++i) {
    const auto begin = clock.now();
    const auto answer = ask("GET", list_url(subject.digest().text(), repository()));
    waited += clock.now() - begin >= std::chrono::seconds(1);
    if (answer.status != 429) continue;
    const auto after = answer.headers.get("Retry-After");
    return {after ? "429+Retry-After" : "429",
            fmt::format("after {} lists, Retry-After {}", i, after.value_or("none"))};
  }
  return {waited > 0 ? "SLOWED" : "NONE-SEEN",
          fmt::format("100 lists in a row, {} of them took a second or more", waited)};
}

}  // namespace referee::suites
