// The words of a check: claims with their own verdict, gates and premises, in addition to GoogleTest's EXPECT_THAT.
//
//   APPLIES_IF(response, ListsExactly(sbom));               // else: skipped, with what was seen
//   APPLIES_IF(paged, Holds("the list has pages", "all referrers are on one page"));  // a truth value has sentences
//   GIVEN_THAT(pull(subject), HasStatus(200));              // else: blocked, with what was seen
//   EXPECT_THAT(response, HasHeader("OCI-Subject"));        // else: the row's verdict
//   EXPECT_WARN_THAT(response, Not(HasStatusIn({404})));    // else: a warning, whatever the row's verdict
#pragma once

#include <gmock/gmock.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/engine/listing.h"
#include "harness/engine/named.h"
#include "harness/http/message.h"
#include "harness/spec/edition.h"

namespace referee::engine {

/// The rule of the check is not due on this registry: the outcome is skipped.
class NotApplicable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// ... since an option of the operator is missing, which says nothing of the registry.
class NotConfigured : public NotApplicable {
 public:
  using NotApplicable::NotApplicable;
};

/// What another requirement demands does not hold, so that nothing can be said: the outcome is blocked.
class PremiseBroken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A mark in a claim's message that gives the claim its own verdict; the engine takes it out again.
std::string graded(spec::Verdict verdict);

/// The verdict marked in the message, which loses the mark; nothing if it has none.
std::optional<spec::Verdict> take_grade(std::string& message);

/// What a claim wants and what came instead, in words for readers of reports.
struct Mismatch {
  std::string expected;
  std::string actual;
  std::vector<std::uint64_t> exchanges;  // sequence numbers of those that the value came with
  bool is_sentence = false;              // `actual` says all there is to say

  /// Both, each on its own line.
  std::string text() const;
  /// Why a rule does not apply, or why nothing can be said of it.
  std::string why_not_due() const;
  std::string why_blocked() const;
};

/// Gathers the parts of a mismatch; the streams that this takes are out of line, since every claim has it in its code.
class MismatchParts {
 public:
  MismatchParts();
  ~MismatchParts();
  MismatchParts(const MismatchParts&) = delete;
  MismatchParts& operator=(const MismatchParts&) = delete;

  std::ostream* expected();
  ::testing::MatchResultListener* explanation();
  /// `noun` is what one thing in the value is called.
  Mismatch with(const std::string& printed, std::string_view noun, std::vector<std::uint64_t> exchanges);
  /// The same of a value with a name; `several`: each thing in it has that name.
  Mismatch named(const std::string& printed, const std::string& name, bool several,
                 std::vector<std::uint64_t> exchanges);

 private:
  struct Streams;
  std::unique_ptr<Streams> streams_;
};

/// The exchanges that a value came with: none for what is not a registry's answer.
void add_exchanges_of(const http::Response& response, std::vector<std::uint64_t>& sequences);
void add_exchanges_of(const Entry& entry, std::vector<std::uint64_t>& sequences);
void add_exchanges_of(const Page& page, std::vector<std::uint64_t>& sequences);
void add_exchanges_of(const Listing& listing, std::vector<std::uint64_t>& sequences);
template <typename Value>
void add_exchanges_of(const Value& /*value*/, std::vector<std::uint64_t>& /*sequences*/) {}
template <typename Value>
void add_exchanges_of(const std::vector<Value>& values, std::vector<std::uint64_t>& sequences) {
  for (const auto& value : values) add_exchanges_of(value, sequences);
}

template <typename Value>
std::vector<std::uint64_t> exchanges_of(const Value& value) {
  std::vector<std::uint64_t> exchanges;
  add_exchanges_of(value, exchanges);
  return exchanges;
}

/// Whether the value matches; what is wanted and what came goes to `parts` where it does not.
template <typename Value, typename Matcher>
bool compared(const Value& value, const Matcher& matcher, MismatchParts& parts) {
  const auto typed = ::testing::SafeMatcherCast<const Value&>(matcher);
  if (typed.Matches(value)) return true;
  typed.DescribeTo(parts.expected());
  typed.MatchAndExplain(value, parts.explanation());
  return false;
}

/// Nothing if the value matches.
template <typename Value, typename Matcher>
std::optional<Mismatch> mismatch(const Value& value, const Matcher& matcher) {
  static_assert(!std::is_same_v<Value, bool>, "say what is wanted and what is so otherwise: Holds(\"...\", \"...\")");
  MismatchParts parts;
  if (compared(value, matcher, parts)) return std::nullopt;
  return parts.with(::testing::PrintToString(value), noun_of(value), exchanges_of(value));
}
template <typename Value, typename Inner>
std::optional<Mismatch> mismatch(const Value& value, const Named<Inner>& matcher) {
  MismatchParts parts;
  if (compared(value, matcher.inner(), parts)) return std::nullopt;
  return parts.named(::testing::PrintToString(value), matcher.name(), kIsSeveral<Value>, exchanges_of(value));
}
inline std::optional<Mismatch> mismatch(bool value, const Holds& matcher) {
  if (value) return std::nullopt;
  return Mismatch{.expected = matcher.wanted(), .actual = matcher.otherwise(), .exchanges = {}, .is_sentence = true};
}

/// What GoogleTest reports of a violated claim; its parts go to the thread's ClaimCollector, if there is one.
::testing::AssertionResult violated(const char* expression, Mismatch mismatch);

/// The predicate of EXPECT_THAT and ASSERT_THAT: as GoogleTest's own, but that it keeps the parts.
template <typename Matcher>
class Claimed {
 public:
  explicit Claimed(Matcher matcher) : matcher_(std::move(matcher)) {}

  template <typename Value>
  ::testing::AssertionResult operator()(const char* expression, const Value& value) const {
    if (auto found = mismatch(value, matcher_)) return violated(expression, *std::move(found));
    return ::testing::AssertionSuccess();
  }

 private:
  Matcher matcher_;
};
template <typename Matcher>
Claimed<Matcher> claimed(Matcher matcher) {
  return Claimed<Matcher>(std::move(matcher));
}

/// Keeps the parts of the claims that are violated on this thread while it lives; the innermost one hears of them.
class ClaimCollector {
 public:
  /// `last_exchange` gives the sequence number for claims on values that came with no exchange; 0 for none.
  explicit ClaimCollector(std::function<std::uint64_t()> last_exchange);
  ~ClaimCollector();
  ClaimCollector(const ClaimCollector&) = delete;
  ClaimCollector& operator=(const ClaimCollector&) = delete;

  /// The parts of the first claim not taken yet whose text the message begins with; `note` is what follows it.
  struct Taken {
    Mismatch parts;
    std::string note;
  };
  std::optional<Taken> take(const std::string& message);

 private:
  friend ::testing::AssertionResult violated(const char* expression, Mismatch mismatch);
  struct Kept {
    std::string text;
    Mismatch parts;
  };

  std::function<std::uint64_t()> last_exchange_;
  std::deque<Kept> kept_;
  ClaimCollector* outer_;
};

}  // namespace referee::engine

// The claims of checks keep their parts: what GoogleTest makes of them is a text.
#undef EXPECT_THAT
#undef ASSERT_THAT
#define EXPECT_THAT(value, matcher) EXPECT_PRED_FORMAT1(::referee::engine::claimed(matcher), value)
#define ASSERT_THAT(value, matcher) ASSERT_PRED_FORMAT1(::referee::engine::claimed(matcher), value)

#define REFEREE_UNLESS_(Exception, why, value, matcher)                                  \
  do {                                                                                   \
    if (const auto referee_mismatch = ::referee::engine::mismatch((value), (matcher))) { \
      throw ::referee::engine::Exception(referee_mismatch->why());                       \
    }                                                                                    \
  } while (false)

/// The gate of "if X then MUST Y": where the value does not match, the check ends as skipped.
#define APPLIES_IF(value, matcher) REFEREE_UNLESS_(NotApplicable, why_not_due, value, matcher)

/// What another requirement demands: where the value does not match, the check ends as blocked.
#define GIVEN_THAT(value, matcher) REFEREE_UNLESS_(PremiseBroken, why_blocked, value, matcher)

/// Claims whose violation is a warning, a note or a failure, whatever the requirement's verdict is.
#define EXPECT_WARN_THAT(value, matcher) \
  EXPECT_THAT(value, matcher) << ::referee::engine::graded(::referee::spec::Verdict::kWarn)
#define EXPECT_NOTE_THAT(value, matcher) \
  EXPECT_THAT(value, matcher) << ::referee::engine::graded(::referee::spec::Verdict::kInfo)
#define EXPECT_FAIL_THAT(value, matcher) \
  EXPECT_THAT(value, matcher) << ::referee::engine::graded(::referee::spec::Verdict::kFail)

/// The same as EXPECT_THAT, for something that may take the settle time to come true: the expression is evaluated again
/// until it matches or the time is over, and the last value is judged.
#define EXPECT_EVENTUALLY(expression, matcher) EXPECT_THAT(eventually([&] { return expression; }, matcher), matcher)
#define EXPECT_WARN_EVENTUALLY(expression, matcher) \
  EXPECT_WARN_THAT(eventually([&] { return expression; }, matcher), matcher)
#define GIVEN_EVENTUALLY(expression, matcher) GIVEN_THAT(eventually([&] { return expression; }, matcher), matcher)
#define APPLIES_EVENTUALLY(expression, matcher) APPLIES_IF(eventually([&] { return expression; }, matcher), matcher)
