// What the tests of matchers share: the texts of a matcher, which appear in findings.
#pragma once

#include <gmock/gmock.h>

#include <sstream>
#include <string>

namespace referee::match {

template <typename T, typename M>
std::string description(const M& matcher) {
  return ::testing::DescribeMatcher<T>(matcher);
}
template <typename T, typename M>
std::string negation_of(const M& matcher) {
  return ::testing::DescribeMatcher<T>(matcher, true);
}

/// What the matcher says of a value beyond its description.
template <typename T, typename M>
std::string explanation(const M& matcher, const T& value) {
  ::testing::StringMatchResultListener listener;
  ::testing::SafeMatcherCast<const T&>(matcher).MatchAndExplain(value, &listener);
  return listener.str();
}

}  // namespace referee::match
