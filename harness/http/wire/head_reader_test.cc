// The head of a response from raw lines: what is read, and what contradicts itself.
#include "harness/http/wire/head_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

// Takes the lines, which end with LF each, until one is refused.
HeadReader read(std::string_view text, std::size_t limit = 10'000) {
  HeadReader head(limit);
  while (!text.empty()) {
    const auto end = text.find('\n') + 1;
    if (!head.take(text.substr(0, end))) break;
    text.remove_prefix(end);
  }
  return head;
}

FaultKind fault_in(const std::string& text) {
  const HeadReader head = read(text);
  EXPECT_TRUE(head.fault().has_value()) << text;
  return head.fault() ? head.fault()->kind() : FaultKind::kInterrupted;
}

TEST(ReadHead, GivesStatusReasonAndLines) {
  const HeadReader head = read("HTTP/1.1 404 Not Found\r\nA:1\r\nb:  two words \t\r\na: 3\r\n\r\n");
  EXPECT_TRUE(head.complete());
  EXPECT_EQ(head.status(), 404);
  EXPECT_EQ(head.reason(), "Not Found");
  EXPECT_THAT(head.headers().lines(),
              ElementsAre(HeaderLine{"A", "1"}, HeaderLine{"b", "two words"}, HeaderLine{"a", "3"}));
}

TEST(ReadHead, TakesALineWithoutReasonAndWithoutCarriageReturns) {
  EXPECT_EQ(read("HTTP/1.1 200\n\n").status(), 200);
  EXPECT_THAT(read("HTTP/1.1 200 \r\n\r\n").reason(), IsEmpty());
}

TEST(ReadHead, ForgetsInterimResponses) {
  const HeadReader head = read("HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 201 Created\r\n\r\n");
  EXPECT_EQ(head.status(), 201);
  EXPECT_THAT(head.headers().lines(), IsEmpty());
  EXPECT_FALSE(read("HTTP/1.1 103 Early Hints\r\n\r\n").complete());
}

TEST(ReadHead, PassesOverTrailers) {
  EXPECT_THAT(read("HTTP/1.1 200 OK\r\n\r\nTrailer: x\r\n").headers().lines(), IsEmpty());
}

TEST(ReadHead, JoinsFoldedLines) {
  const HeadReader head = read("HTTP/1.1 200 OK\r\nA: one\r\n  two\r\nB: x\r\n\r\n");
  EXPECT_THAT(head.headers().lines(), ElementsAre(HeaderLine{"A", "one two"}, HeaderLine{"B", "x"}));
}

TEST(ReadHead, AcceptsOneLengthSaidTwice) {
  EXPECT_THAT(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\ncontent-length: 5, 5\r\n\r\n").content_length(),
              Optional(5u));
}

TEST(ReadHead, RefusesTwoLengthsThatDiffer) {
  EXPECT_EQ(fault_in("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"), FaultKind::kMalformed);
  EXPECT_EQ(fault_in("HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n"), FaultKind::kMalformed);
}

class MalformedHead : public testing::TestWithParam<const char*> {};
TEST_P(MalformedHead, IsNamed) { EXPECT_EQ(fault_in(GetParam()), FaultKind::kMalformed); }
INSTANTIATE_TEST_SUITE_P(Texts, MalformedHead,
                         testing::Values("<html>\n", "HTTP/1.1\r\n", "HTTP/1.1 OK\r\n", "HTTP/1.1 20\r\n",
                                         "HTTP/1.1 2000\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n",
                                         "HTTP/1.1 200 OK\r\n: x\r\n", "HTTP/1.1 200 OK\r\n folded\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"));

TEST(ReadHead, LimitsTheNumberOfLinesFoldedOnesCounted) {
  for (const std::string line : {"A: x\r\n", " x\r\n"}) {
    std::string text = "HTTP/1.1 200 OK\r\nA: x\r\n";
    for (std::size_t i = 2; i < HeadReader::kMostLines; ++i) text += line;
    EXPECT_FALSE(read(text, 1 << 20).fault().has_value());
    const HeadReader head = read(text + line, 1 << 20);
    ASSERT_TRUE(head.fault().has_value());
    EXPECT_EQ(head.fault()->kind(), FaultKind::kTooLarge);
  }
}

TEST(ReadHead, LimitsTheBytesOfAllLines) {
  const HeadReader head = read("HTTP/1.1 200 OK\r\nA: " + std::string(100, 'x') + "\r\n\r\n", 100);
  ASSERT_TRUE(head.fault().has_value());
  EXPECT_EQ(head.fault()->kind(), FaultKind::kTooLarge);
}

}  // namespace
}  // namespace referee::http
