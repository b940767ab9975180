#include "harness/http/deflate.h"

#include <gtest/gtest.h>

namespace referee::http {
namespace {

TEST(Deflate, ComesBack) {
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(3'000'000, 'x')}) {
    EXPECT_EQ(inflate(deflate(bytes), bytes.size()), bytes);
  }
  EXPECT_LT(deflate(std::string(3'000'000, 'x')).size(), 30'000U);
}

TEST(Inflate, TakesNothingButWhatWasAnnounced) {
  const auto stream = deflate("twelve bytes");
  EXPECT_EQ(inflate(stream, 11), std::nullopt);
  EXPECT_EQ(inflate(stream, 13), std::nullopt);
  EXPECT_EQ(inflate(stream.substr(0, stream.size() - 1), 12), std::nullopt);
  EXPECT_EQ(inflate("no stream", 9), std::nullopt);
  EXPECT_EQ(inflate(deflate(std::string(1 << 20, 'x')), 10), std::nullopt);
}

}  // namespace
}  // namespace referee::http
