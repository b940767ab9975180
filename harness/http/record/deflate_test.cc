#include "harness/http/record/deflate.h"

#include <gtest/gtest.h>

namespace referee::http {
namespace {

TEST(Deflate, ComesBack) {
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(3'000'000, 'x')}) {
    EXPECT_EQ(inflate(deflate(bytes, 30'000).value(), bytes.size()), bytes);
  }
}

TEST(Deflate, StopsAtTheBound) {
  const std::string bytes = "what does not repeat";
  const auto size = deflate(bytes, 1000).value().size();
  EXPECT_TRUE(deflate(bytes, size).has_value());
  EXPECT_FALSE(deflate(bytes, size - 1).has_value());
}

TEST(Inflate, TakesNothingButWhatWasAnnounced) {
  const auto stream = deflate("twelve bytes", 100).value();
  EXPECT_EQ(inflate(stream, 11), std::nullopt);
  EXPECT_EQ(inflate(stream, 13), std::nullopt);
  EXPECT_EQ(inflate(stream.substr(0, stream.size() - 1), 12), std::nullopt);
  EXPECT_EQ(inflate("no stream", 9), std::nullopt);
  EXPECT_EQ(inflate(deflate(std::string(1 << 20, 'x'), 1 << 20).value(), 10), std::nullopt);
}

}  // namespace
}  // namespace referee::http
