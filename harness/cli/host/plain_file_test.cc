#include "harness/cli/host/plain_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>

namespace referee::cli {
namespace {

TEST(PlainFile, IsARegularOneOrAPipeThatIsOpenAlready) {
  EXPECT_TRUE(is_plain_file("/proc/self/exe"));
  EXPECT_FALSE(is_plain_file("/nowhere/at/all"));
  EXPECT_FALSE(is_plain_file("/"));
  EXPECT_FALSE(is_plain_file("/dev/null"));
  const auto pipe = std::filesystem::temp_directory_path() / ("referee-pipe-" + std::to_string(::getpid()));
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_FALSE(is_plain_file(pipe));
  std::filesystem::remove(pipe);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  EXPECT_TRUE(is_plain_file("/dev/fd/" + std::to_string(ends[0])));
  for (const int end : ends) ::close(end);
}

}  // namespace
}  // namespace referee::cli
