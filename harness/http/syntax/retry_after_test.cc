// Retry-After in seconds and as a date, and the three forms of HTTP dates.
#include "harness/http/syntax/retry_after.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::http {
namespace {

using namespace std::chrono_literals;
using ::testing::Eq;
using ::testing::Optional;

// The instant that RFC 9110, section 5.6.7, writes in all three forms.
const WallTime kExample = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + 8h + 49min + 37s;

TEST(HttpDates, AreReadInAllThreeForms) {
  EXPECT_THAT(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Optional(kExample));
  EXPECT_THAT(read_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), Optional(kExample));
  EXPECT_THAT(read_http_date("Sun Nov  6 08:49:37 1994"), Optional(kExample));
}

class NoDate : public testing::TestWithParam<const char*> {};
TEST_P(NoDate, IsRefused) { EXPECT_EQ(read_http_date(GetParam()), std::nullopt); }
INSTANTIATE_TEST_SUITE_P(Texts, NoDate,
                         testing::Values("", "soon", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 08:49:37",
                                         "Sun, 31 Feb 2024 08:49:37 GMT", "Sun, 06 Noo 1994 08:49:37 GMT",
                                         "Sun, 06 Nov 1994 24:49:37 GMT", "1994-11-06T08:49:37Z", ", ",
                                         "Sun, 06 Nov 1994 08:49:37 GMT+1"));

std::optional<std::chrono::seconds> wait_for(const std::string& value) {
  return retry_after({{"Retry-After", value}}, kExample);
}

TEST(RetryAfter, IsReadInSecondsAndAsADate) {
  EXPECT_THAT(wait_for("0"), Optional(0s));
  EXPECT_THAT(wait_for("120"), Optional(120s));
  EXPECT_THAT(wait_for("Sun, 06 Nov 1994 08:50:07 GMT"), Optional(30s));
}

TEST(RetryAfter, OfThePastIsNoWait) { EXPECT_THAT(wait_for("Sun, 06 Nov 1994 08:00:00 GMT"), Optional(0s)); }

TEST(RetryAfter, OfYearsBeyondTheClockIsVeryLongOrNoWait) {
  EXPECT_GT(*wait_for("Wed, 21 Oct 4360 07:28:00 GMT"), 24h);
  EXPECT_THAT(wait_for("Wed, 21 Oct 0001 07:28:00 GMT"), Optional(0s));
}

TEST(RetryAfter, WithoutSenseIsNothing) {
  for (const char* value : {"", "-1", "1.5", "soon", "1 s"}) EXPECT_THAT(wait_for(value), Eq(std::nullopt)) << value;
  EXPECT_EQ(retry_after({}, kExample), std::nullopt);
}

TEST(RetryAfter, BeyondAllNumbersIsVeryLong) { EXPECT_GT(*wait_for("99999999999999999999"), 24h); }

}  // namespace
}  // namespace referee::http
