// The verbs of a check's body: push, pull, list, remove, wait. A body is a member of a class derived from this one.
//
// Verbs that prepare (push, push_blob, referrers_of, removed) carry a premise: when the registry does not do its part
// the check ends as blocked, because another requirement owns that. Verbs that ask (put, pull, list_referrers, remove)
// hand the answer back unjudged. 429, 502, 503 and 504 are asked again a few times. No verb lets 401, 403, 429, 502,
// 503, 504 or 507 decide anything unless the caller asks for it: it blocks.
#pragma once

#include <array>
#include <chrono>
#include <exception>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "harness/engine/claim.h"
#include "harness/engine/listing.h"
#include "harness/engine/session.h"
#include "harness/engine/waiting/waiting.h"
#include "harness/http/client/lane.h"
#include "harness/http/message.h"
#include "harness/oci/content.h"
#include "harness/oci/names.h"

namespace referee::engine {

/// Where a manifest goes: the check's own repository and its digest, unless said otherwise.
struct Placement {
  std::optional<Repository> in = std::nullopt;
  std::string tag = {};  // empty: by digest
};

/// A manifest that the registry accepted.
struct Pushed {
  oci::Content content;
  Repository repository;
  std::string tag;
  http::Response response;

  const oci::Digest& digest() const { return content.manifest.digest; }
  oci::Descriptor descriptor() const { return content.manifest.descriptor(); }
  const std::string& bytes() const { return content.manifest.bytes; }
  const std::string& artifact_type() const { return content.artifact_type; }
};
void PrintTo(const Pushed& pushed, std::ostream* out);

/// A tag or a digest, as it appears in a path.
struct Reference {
  std::string text;
  Reference(const oci::Digest& digest) : text(digest.text()) {}  // NOLINT(google-explicit-constructor)
  Reference(std::string tag) : text(std::move(tag)) {}           // NOLINT(google-explicit-constructor)
  Reference(const char* tag) : text(tag) {}                      // NOLINT(google-explicit-constructor)
};

/// Statuses about rights, load and gateways: they say nothing about the rule that a check asks for.
inline constexpr std::array kInconclusive = {401, 403, 429, 502, 503, 504, 507};

/// Statuses that a caller judges itself although they are inconclusive elsewhere.
struct Tolerating {
  std::vector<int> statuses = {};

  /// All of them: the caller judges whatever comes.
  static Tolerating everything() { return {.statuses = {kInconclusive.begin(), kInconclusive.end()}}; }
  /// Those by which a registry may refuse content that it need not store.
  static Tolerating refusals() { return {.statuses = {401, 403}}; }
};

class Conversation {
 public:
  explicit Conversation(Session& session) : session_(session) {}

 protected:
  // Where and when.
  Session& session() const { return session_; }
  spec::Edition edition() const { return session_.edition(); }
  Repository repository() const { return session_.repository(0); }
  Repository other_repository() const { return session_.repository(1); }
  /// Whether the gate is met on this target; for steps that only some registries can take.
  bool met(Gate gate) const;
  /// Ends the check as skipped where the gate is not met.
  void needs(Gate gate) const;

  /// A tag of this check's own that begins with the word: others may use the same repository.
  std::string tag_named(std::string_view word) const;

  // Making and pushing.
  oci::Content make(const oci::Recipe& recipe) const;
  Pushed push(const oci::Recipe& recipe, const Placement& placement = {}) const;
  Pushed push(const oci::Content& content, const Placement& placement = {}) const;
  /// Pushes blobs and children (a premise), then the manifest; the answer is unjudged.
  http::Response put(const oci::Content& content, const Placement& placement = {},
                     const Tolerating& tolerating = {}) const;
  /// Only the manifest, under a reference and a Content-Type of the caller's choice.
  http::Response put_manifest(const oci::Manifest& manifest, const Reference& reference, const Repository& where,
                              const std::vector<http::HeaderLine>& headers = {},
                              const Tolerating& tolerating = {}) const;
  void push_blob(const oci::Blob& blob, const Repository& where) const;
  void push_blob(const oci::Blob& blob) const { push_blob(blob, repository()); }
  /// Blobs and children of the content, without its manifest.
  void push_parts(const oci::Content& content, const Repository& where) const;

  // Asking.
  http::Response pull(const Reference& reference, const Repository& where) const;
  http::Response pull(const Reference& reference) const { return pull(reference, repository()); }
  http::Response pull(const Pushed& pushed) const { return pull(reference_to(pushed), pushed.repository); }
  http::Response head(const Reference& reference, const Repository& where) const;
  http::Response head(const Pushed& pushed) const { return head(reference_to(pushed), pushed.repository); }
  http::Response pull_blob(const oci::Digest& digest, const Repository& where) const;
  http::Response head_blob(const oci::Digest& digest, const Repository& where) const;
  http::Response tags(const Repository& where) const;
  /// The tag names in the repository, over all pages; blocked if they cannot be read.
  std::vector<std::string> tag_names(const Repository& where) const;

  // Listing, in the edition's dialect.
  /// The first page as it comes. `query` is added unchanged (the caller percent-encodes it). Others may push to the
  /// same subject, the registry itself included: what they attached is not among the entries.
  Page list_referrers(const std::string& subject, const Repository& where, const std::string& query = "") const;
  Page list_referrers(const Pushed& subject, std::string_view artifact_type = "") const;
  Page list_referrers(const oci::Digest& subject, std::string_view artifact_type = "") const;
  /// All pages, followed from that first one.
  Listing follow(Page first) const;
  /// Whether a chain of several pages ends with one that lists nothing, and does so again: what somebody else deletes
  /// between two pages leaves the last one empty once.
  bool leads_to_an_empty_page(const Listing& listing) const;
  Listing list_all(const Pushed& subject, std::string_view artifact_type = "") const;
  Listing list_all(const oci::Digest& subject, const Repository& where, const std::string& query = "") const;
  /// As list_all, but blocked if the list cannot be read to its end.
  Listing referrers_of(const Pushed& subject) const;
  Listing referrers_of(const oci::Digest& subject, const Repository& where) const;
  Listing referrers_of(const oci::Digest& subject) const { return referrers_of(subject, repository()); }
  /// The absolute URL of the list; `query` without a question mark.
  std::string list_url(const std::string& subject, const Repository& where, const std::string& query = "") const;
  std::string list_url(spec::Edition edition, const std::string& subject, const Repository& where,
                       const std::string& query = "") const;
  /// The key or keys under which the list's body has its entries in this edition.
  std::vector<std::string> list_keys() const;
  /// Those first, then the keys of its siblings: a wrong key has its own row, and hides no entry from the others.
  std::vector<std::string> readable_keys() const;

  // Deleting.
  http::Response remove(const Reference& reference, const Repository& where) const;
  http::Response remove(const Pushed& pushed) const { return remove(pushed.digest(), pushed.repository); }
  http::Response remove_blob(const oci::Digest& digest, const Repository& where) const;
  /// Deletes by digest and waits until it is gone. Skipped if the registry refuses with 4xx, blocked if it stays.
  void removed(const Pushed& pushed) const;

  // The operator's commands.
  /// Calls --restart-hook; skipped without one, blocked where it fails.
  void restart(const std::string& when) const;
  /// Makes the target collect its garbage, where --gc-hook is given: at once for all whose traits say `collects`, when
  /// all of them are here. Blocked where the command fails.
  void collect() const;

  // Anything else.
  http::Response send(http::Request request, const Tolerating& tolerating = {}) const;
  /// Throws NotApplicable if the answer refuses a push to a repository that took many others: its limit is met.
  void refused_after_many(const std::string& repository, const http::Response& answer) const;
  /// The same as another user; no status blocks.
  http::Response send_as(const Identity& identity, http::Request request) const;
  http::Response get(const std::string& path) const;  // below the base URL
  std::string url(const std::string& path) const { return session_.client().base() + path; }

  // Waiting.
  /// Evaluates until the matcher is content or the settle time is over; the last value. A broken premise counts as
  /// "not yet" until then.
  template <typename Ask, typename Matcher>
  auto eventually(Ask ask, const Matcher& matcher) const {
    return eventually_within(session_.settings().settle, ask, matcher);
  }
  template <typename Ask, typename Matcher>
  auto after_cascade(Ask ask, const Matcher& matcher) const {
    return eventually_within(session_.settings().cascade_wait, ask, matcher);
  }
  template <typename Ask, typename Matcher>
  auto eventually_within(std::chrono::milliseconds span, Ask ask, const Matcher& matcher) const {
    return look_until(Wait(session_, span), ask, matcher);
  }

  /// For what has to stay as it is, although something removes other things: the value now, after --gc-hook; with
  /// --long the first value within the cascade wait that does not match. Waiting for nothing to happen would cost every
  /// run that whole time.
  template <typename Ask, typename Matcher>
  auto throughout(Ask ask, const Matcher& matcher) const {
    collect();
    if (!session_.settings().long_running) return ask();
    return look_until(Wait(session_, session_.settings().cascade_wait, Wait::Manner::kWholeTime), ask,
                      ::testing::Not(matcher));
  }

  /// Runs fn(0) ... fn(n-1), each on its own thread, and returns what they returned. Claims made on those threads
  /// are lost: return the answers and judge them here. The first exception thrown is thrown again.
  template <typename Function>
  auto concurrently(int n, Function fn) const -> std::vector<decltype(fn(0))>;

 private:
  template <typename Ask, typename Matcher>
  auto look_until(Wait wait, Ask ask, const Matcher& matcher) const;
  /// The tag under which the session's guise pushes what has none; empty where it pushes by digest.
  std::string tag_in_guise(const oci::Manifest& manifest) const;
  /// The digest, but where the guise chose a tag.
  Reference reference_to(const Pushed& pushed) const;
  /// Where the session tags repositories: gives this one its tag, if it has none yet.
  void tag_first(const Repository& where) const;
  http::Response manifest_request(const char* method, const Reference& reference, const Repository& where) const;
  /// Asks a few times, until the answer is not a gateway's passing error; uses one of the session's clients.
  http::Response patiently(http::Client& client, http::Request request) const;
  /// Reads the page of a list and sets apart what others attached to the subject.
  Page read_list(http::Response response, const std::string& subject, const std::string& repository) const;
  bool is_stranger(const Page& page, const std::string& digest) const;

  Session& session_;
};

template <typename Ask, typename Matcher>
auto Conversation::look_until(Wait wait, Ask ask, const Matcher& matcher) const {
  using Value = decltype(ask());
  const ::testing::Matcher<const Value&> wanted = ::testing::SafeMatcherCast<const Value&>(matcher);
  session_.let_writes_show();
  while (true) {
    std::optional<Value> value;
    std::exception_ptr broken;
    Sight sight;
    try {
      value.emplace(ask());
    } catch (const UnreadableList& list) {
      broken = std::current_exception();
      sight = list.sight();
    } catch (const PremiseBroken&) {
      broken = std::current_exception();
    }
    if (value && wanted.Matches(*value)) {
      wait.met();
      return *std::move(value);
    }
    if (value) sight = sight_of(*value);
    if (wait.next(sight)) continue;
    if (broken) std::rethrow_exception(broken);
    return *std::move(value);
  }
}

template <typename Function>
auto Conversation::concurrently(int n, Function fn) const -> std::vector<decltype(fn(0))> {
  std::vector<std::optional<decltype(fn(0))>> results(static_cast<std::size_t>(n));
  std::vector<std::exception_ptr> errors(static_cast<std::size_t>(n));
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < n; ++i) {
      threads.emplace_back([&, i] {
        const http::LaneScope lane(static_cast<std::uint32_t>(i) + 1);
        try {
          results[static_cast<std::size_t>(i)].emplace(fn(i));
        } catch (...) {
          errors[static_cast<std::size_t>(i)] = std::current_exception();
        }
      });
    }
  }
  for (const auto& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  std::vector<decltype(fn(0))> values;
  for (auto& result : results) values.push_back(*std::move(result));
  return values;
}

}  // namespace referee::engine
