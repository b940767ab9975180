// gMock matchers on referrers lists: a Page, or a Listing with all its pages. Order never matters here.
//
//   EXPECT_THAT(referrers_of(subject), ListsExactly(sbom, signature));
//   EXPECT_EVENTUALLY(list_all(subject), ListsNothing());
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "harness/engine/conversation.h"
#include "harness/engine/listing.h"

namespace referee::match {

using ::testing::MatchResultListener;

namespace internal {
inline std::string digest_text(const engine::Pushed& pushed) { return pushed.digest().text(); }
inline std::string digest_text(const oci::Content& content) { return content.manifest.digest.text(); }
inline std::string digest_text(const oci::Digest& digest) { return digest.text(); }
inline std::string digest_text(const std::string& digest) { return digest; }

template <typename Range>
std::vector<std::string> digest_texts(const Range& range) {
  std::vector<std::string> texts;
  for (const auto& item : range) texts.push_back(digest_text(item));
  return texts;
}

std::string describe(const std::vector<std::string>& digests);

/// Whether the set of digests listed is the wanted one; says what is missing and what is too much. A list that
/// cannot be read to its end matches where what was read is just that. A digest listed twice counts once: duplicates
/// are judged by their own requirement.
bool same_set(const std::vector<std::string>& listed, const std::string& problem,
              const std::vector<std::string>& wanted, MatchResultListener* listener);
/// Whether each wanted digest is listed. An unreadable list may still show all of them before it breaks.
bool all_listed(const std::vector<std::string>& listed, const std::string& problem,
                const std::vector<std::string>& wanted, MatchResultListener* listener);
}  // namespace internal

/// The set of digests listed is exactly that of the range (of Pushed, Content, Digest or string).
MATCHER_P(ListsExactlyAll, digests,
          std::string(negation ? "does not list exactly " : "lists exactly ") + internal::describe(digests)) {
  return internal::same_set(engine::digests_of(engine::entries_of(arg)), engine::problem_of(arg), digests,
                            result_listener);
}

/// Each digest of the range is listed; where all are, it does not matter that a further page cannot be read.
MATCHER_P(ListsAll, digests,
          std::string(!negation             ? "lists "
                      : digests.size() == 1 ? "does not list "
                                            : "does not list all of ") +
              internal::describe(digests)) {
  return internal::all_listed(engine::digests_of(engine::entries_of(arg)), engine::problem_of(arg), digests,
                              result_listener);
}

template <typename... Items>
auto ListsExactly(const Items&... items) {
  return ListsExactlyAll(std::vector<std::string>{internal::digest_text(items)...});
}
template <typename Range>
auto ListsExactlyEach(const Range& range) {
  return ListsExactlyAll(internal::digest_texts(range));
}
/// The list is readable and has no entries.
inline auto ListsNothing() { return ListsExactlyAll(std::vector<std::string>{}); }

template <typename Item>
auto Lists(const Item& item) {
  return ListsAll(std::vector<std::string>{internal::digest_text(item)});
}
template <typename Range>
auto ListsEach(const Range& range) {
  return ListsAll(internal::digest_texts(range));
}

/// The digests that occur more than once, as often as they do so again.
std::vector<std::string> repeated(const std::vector<std::string>& digests);

/// The list can be read: a 200 whose body is an object with the array of entries.
MATCHER(IsReadableList, std::string(negation ? "cannot be read as a list" : "can be read as a list")) {
  const std::string problem = engine::problem_of(arg);
  *result_listener << problem;
  return problem.empty();
}

/// The body does not begin with U+FEFF, with which JSON on the wire must not begin (RFC 8259, section 8.1).
MATCHER(HasNoByteOrderMark,
        std::string(negation ? "a body with a byte order mark in front"
                             : "a body without a byte order mark in front (RFC 8259, section 8.1)")) {
  return !engine::response_of(arg).body.starts_with("\xEF\xBB\xBF");
}

/// The entry for that digest, the first if it is listed twice; blocks the check if there is none.
engine::Entry entry_for(const std::vector<engine::Entry>& entries, const std::string& digest);
template <typename List, typename Item>
engine::Entry entry_of(const List& list, const Item& item) {
  return entry_for(engine::entries_of(list), internal::digest_text(item));
}

}  // namespace referee::match
