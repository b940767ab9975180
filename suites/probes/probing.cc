#include "suites/probes/probing.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/http/syntax/link.h"
#include "harness/http/syntax/url.h"
#include "suites/error_body.h"

namespace referee::suites {

std::string by_class(const Parts& parts) {
  std::vector<std::pair<std::string, std::vector<std::string>>> classes;
  for (const auto& [part, answer] : parts) {
    auto known = std::ranges::find(classes, answer, [](const auto& c) { return c.first; });
    if (known == classes.end()) known = classes.insert(classes.end(), {answer, {}});
    known->second.push_back(part);
  }
  if (classes.size() == 1) return classes.front().first;
  std::vector<std::string> texts;
  for (const auto& [answer, which] : classes) texts.push_back(fmt::format("{}: {}", answer, fmt::join(which, ", ")));
  return fmt::format("{}", fmt::join(texts, "; "));
}

std::string in_lines(const Parts& parts) {
  std::string text;
  for (const auto& [part, answer] : parts) text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", part, answer);
  return text;
}

std::string error_code(const Response& response) {
  const auto codes = error_codes(response);
  return codes.empty() ? "" : codes.front();
}

std::string in_words(const Response& response) {
  const auto code = error_code(response);
  return std::to_string(response.status) + (code.empty() ? "" : " " + code);
}

std::string next_url(const Response& response) {
  const auto links = http::read_links(response.headers).with_relation("next");
  const auto base = http::Url::parse(response.url);
  const auto target = links.empty() || !base ? std::nullopt : http::resolve(*base, links.front().target);
  return target ? target->text() : "";
}

Pushed Probing::push_listed(const Document& recipe, const Pushed& subject, const engine::Placement& placement) const {
  const auto pushed = push(recipe.refers_to(subject), placement);
  if (has_list()) eventually([&] { return list_all(subject); }, Lists(pushed));
  return pushed;
}

std::string Probing::reception(const oci::Content& referrer, const std::string& subject) const {
  const auto answer = put(referrer);
  if (answer.status != 201) return in_words(answer);
  const auto list = eventually([&] { return list_all(oci::Digest::verbatim(subject), repository()); }, Lists(referrer));
  const bool listed = ::testing::Matches(Lists(referrer))(list);
  if (listed || list.readable()) return listed ? "ACCEPT+LISTED" : "ACCEPT+UNLISTED";
  return fmt::format("ACCEPT+LIST-{}", list.pages.back().response.status);  // nothing can be said of the referrer
}

std::string Probing::acceptance(const oci::Content& content, const engine::Placement& placement) const {
  const auto answer = put(content, placement);
  return answer.status == 201 ? "ACCEPT" : in_words(answer);
}

std::vector<std::string> Probing::listed_under(const std::string& subject, const Repository& where,
                                               const std::string& query) const {
  return engine::digests_of(list_all(oci::Digest::verbatim(subject), where, query).entries());
}

bool Probing::is_listed(const oci::Digest& referrer, const std::string& subject, const Repository& where) const {
  const auto digests = listed_under(subject, where);
  return std::ranges::find(digests, referrer.text()) != digests.end();
}

std::vector<Fate> Probing::fates_of(const std::vector<Pushed>& referrers, const Pushed& subject) const {
  std::vector<Fate> fates(referrers.size());
  const auto look = [&](auto gone) {
    bool all_gone = true;
    for (std::size_t i = 0; i < fates.size(); ++i) {
      if (!fates[i].pullable) continue;
      fates[i].pullable = is_there(referrers[i]);
      if (!fates[i].pullable) gone(fates[i]);
      all_gone = all_gone && !fates[i].pullable;
    }
    return all_gone;
  };
  engine::Poll poll(session().client().clock(), session().settings().cascade_wait);
  bool all_gone = false;
  do {
    all_gone = look([&](Fate& fate) { fate.gone_after = poll.elapsed(); });
  } while (!all_gone && poll.next());
  if (!all_gone && has_collector()) {
    collect();
    look([](Fate& fate) { fate.by_collector = true; });
  }
  if (!has_list()) return fates;
  for (std::size_t i = 0; i < fates.size(); ++i) {
    // A list may lag behind what can be pulled; what it says in the end counts.
    const auto list = eventually([&] { return list_all(subject); },
                                 fates[i].pullable ? ::testing::Matcher<const Listing&>(Lists(referrers[i]))
                                                   : ::testing::Matcher<const Listing&>(Not(Lists(referrers[i]))));
    fates[i].listed = ::testing::Matches(Lists(referrers[i]))(list);
  }
  return fates;
}

Response Probing::ask(const std::string& method, const std::string& url, const http::Headers& headers) const {
  return raw({.method = method, .url = url, .headers = headers, .body = {}});
}

Response Probing::raw(http::Request request) const {
  return send(std::move(request), engine::Tolerating::everything());
}

Repository Probing::signatures() const {
  const auto& existing = session().settings().existing_repos;
  if (existing.size() == 1) throw engine::Needs("--existing-repo twice");
  if (!existing.empty()) return other_repository();
  return {repository().name + "-sigs"};
}

}  // namespace referee::suites
