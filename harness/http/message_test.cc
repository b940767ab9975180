// Header lines keep their order, case and number.
#include "harness/http/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

TEST(HeaderNames, AreComparedWithoutRegardToCase) {
  EXPECT_TRUE(same_name("Content-TYPE", "content-type"));
  EXPECT_FALSE(same_name("Content-Type", "Content-Typ"));
  EXPECT_FALSE(same_name("a@", "a`"));  // their codes differ in the bit that letters differ in
}

TEST(HeaderLines, KeepOrderCaseAndNumber) {
  Headers headers{{"Link", "<a>"}, {"ETag", "x"}};
  headers.add("link", "<b>");
  EXPECT_THAT(headers.get("LINK"), Optional(std::string("<a>")));
  EXPECT_THAT(headers.all("LINK"), ElementsAre("<a>", "<b>"));
  EXPECT_THAT(headers.lines(),
              ElementsAre(HeaderLine{"Link", "<a>"}, HeaderLine{"ETag", "x"}, HeaderLine{"link", "<b>"}));
}

TEST(HeaderLines, AreReplacedAllAtOnce) {
  Headers headers{{"A", "1"}, {"B", "2"}, {"a", "3"}};
  headers.set("a", "4");
  EXPECT_THAT(headers.all("A"), ElementsAre("4"));
  headers.remove("b");
  EXPECT_FALSE(headers.has("B"));
  EXPECT_THAT(headers.all("C"), IsEmpty());
}

}  // namespace
}  // namespace referee::http
