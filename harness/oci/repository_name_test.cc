#include "harness/oci/repository_name.h"

#include <gtest/gtest.h>

namespace referee::oci {
namespace {

TEST(RepositoryName, HasSingleSeparatorsBetweenLettersAndDigits) {
  for (const char* name : {"a", "0", "ab12", "a/b", "a/b/c", "a.b", "a_b", "a__b", "a-b", "a---b", "a.b_c-d__e/f.g",
                           "1.2/3-4", "library/hello-world"}) {
    EXPECT_TRUE(is_repository_name(name)) << name;
  }
}

TEST(RepositoryName, HasNoOtherSeparators) {
  for (const char* name : {"a..b", "a___b", "a//b", "a_-b", "a-_b", "a.-b", "a-.b", "a._b", "a_.b", "a/-b", "a-/b",
                           "a/.b", "a./b", "a_/b", "a/_b", "a/__b", "a--_b"}) {
    EXPECT_FALSE(is_repository_name(name)) << name;
  }
}

TEST(RepositoryName, NeitherBeginsNorEndsWithASeparator) {
  for (const char* name : {"", "-", "/", "-a", "a-", ".a", "a.", "_a", "a_", "a__", "/a", "a/"}) {
    EXPECT_FALSE(is_repository_name(name)) << name;
  }
}

TEST(RepositoryName, HoldsSmallLettersOfAsciiAndNoHost) {
  for (const char* name : {"A", "aB", "host:5000/a", "a b", "a@b", "\xC3\xA4", "a/b\n"}) {
    EXPECT_FALSE(is_repository_name(name)) << name;
  }
}

}  // namespace
}  // namespace referee::oci
