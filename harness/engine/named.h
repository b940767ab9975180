// Claims on values that do not say themselves what they are: a number, a text, a truth value. The claim names them.
//
//   EXPECT_THAT(status, The("status", Lt(500)));         // expected: status less than 500; got: status 502
//   EXPECT_THAT(missing, The("referrer", IsEmpty()));    // expected: no referrers
//   APPLIES_IF(paged, Holds("several pages", "the registry returns all referrers on one page"));
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "harness/engine/listing.h"
#include "harness/http/message.h"

namespace referee::engine {

/// What The() makes: the matcher, with the name of what it is about.
template <typename Inner>
class Named {
 public:
  Named(std::string name, Inner inner) : name_(std::move(name)), inner_(std::move(inner)) {}

  const std::string& name() const { return name_; }
  const Inner& inner() const { return inner_; }

  template <typename Value>
  operator ::testing::Matcher<Value>() const {  // NOLINT(google-explicit-constructor): how gMock takes matchers
    return ::testing::SafeMatcherCast<Value>(inner_);
  }

 private:
  std::string name_;
  Inner inner_;
};

/// The name is in the singular; of what is in a list, that of one.
template <typename Inner>
Named<Inner> The(std::string name, Inner inner) {
  return {std::move(name), std::move(inner)};
}

/// Matches true. Two sentences: what is wanted, and what is so where it does not hold.
class Holds {
 public:
  Holds(std::string wanted, std::string otherwise) : wanted_(std::move(wanted)), otherwise_(std::move(otherwise)) {}

  const std::string& wanted() const { return wanted_; }
  const std::string& otherwise() const { return otherwise_; }

  template <typename Value>
  operator ::testing::Matcher<Value>() const {  // NOLINT(google-explicit-constructor): how gMock takes matchers
    return ::testing::SafeMatcherCast<Value>(::testing::Eq(true));
  }

 private:
  std::string wanted_;
  std::string otherwise_;
};

/// What one of the things in a value is called where the claim does not say it.
template <typename Value>
const char* noun_of(const Value& /*value*/) {
  return "item";
}
inline const char* noun_of(const Listing& /*value*/) { return "entry"; }
inline const char* noun_of(const std::vector<Entry>& /*value*/) { return "entry"; }
inline const char* noun_of(const std::vector<Page>& /*value*/) { return "page"; }
inline const char* noun_of(const std::vector<Listing>& /*value*/) { return "list"; }
inline const char* noun_of(const std::vector<http::Response>& /*value*/) { return "answer"; }

/// Whether a value has several things in it, each of which has the name.
template <typename Value>
inline constexpr bool kIsSeveral = requires(const Value& value) {
  value.begin();
  typename Value::value_type;
}
&&!std::is_convertible_v<Value, std::string_view> && !requires(const Value& value) { value.dump(); };

}  // namespace referee::engine
