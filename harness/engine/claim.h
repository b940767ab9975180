// The words of a check: claims with a verdict of their own, gates and premises, beside GoogleTest's EXPECT_THAT.
//
//   APPLIES_IF(response, ListsExactly(sbom));               // else: skipped, with what was seen
//   GIVEN_THAT(pull(subject), HasStatus(200));              // else: blocked, with what was seen
//   EXPECT_THAT(response, HasHeader("OCI-Subject"));        // else: the row's verdict
//   EXPECT_WARN_THAT(response, Not(HasStatusIn({404})));    // else: a warning, whatever the row's verdict
#pragma once

#include <gmock/gmock.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "harness/spec/edition.h"

namespace referee::engine {

/// The rule of the check is not due on this registry: the outcome is skipped.
class NotApplicable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
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

/// Nothing if the value matches; otherwise what was expected and what came, in two lines.
template <typename Value, typename Matcher>
std::optional<std::string> mismatch(const char* expression, const Value& value, const Matcher& matcher) {
  const auto typed = ::testing::SafeMatcherCast<const Value&>(matcher);
  ::testing::StringMatchResultListener listener;
  if (typed.MatchAndExplain(value, &listener)) return std::nullopt;
  std::string text = std::string(expression) + "\nExpected: ";
  std::ostringstream wanted;
  typed.DescribeTo(&wanted);
  text += wanted.str() + "\n  Actual: " + ::testing::PrintToString(value);
  if (!listener.str().empty()) text += ", " + listener.str();
  return text;
}

}  // namespace referee::engine

#define REFEREE_UNLESS_(Exception, value, matcher)                                               \
  do {                                                                                           \
    if (const auto referee_mismatch = ::referee::engine::mismatch(#value, (value), (matcher))) { \
      throw ::referee::engine::Exception(*referee_mismatch);                                     \
    }                                                                                            \
  } while (false)

/// The gate of "if X then MUST Y": where the value does not match, the check ends as skipped.
#define APPLIES_IF(value, matcher) REFEREE_UNLESS_(NotApplicable, value, matcher)

/// What another requirement demands: where the value does not match, the check ends as blocked.
#define GIVEN_THAT(value, matcher) REFEREE_UNLESS_(PremiseBroken, value, matcher)

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
