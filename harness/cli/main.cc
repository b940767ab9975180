// referee: see harness/cli/parse.cc for its commands.
#include <cstdlib>  // defines __GLIBC__ where it is so

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <gtest/gtest.h>

#include "harness/cli/main.h"

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // Large bodies go back to the system when they are done with, instead of staying with the thread that read them.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
  // The checks speak GoogleTest; a variable of somebody's test run must not turn their claims into exceptions.
  ::testing::GTEST_FLAG(throw_on_failure) = false;
  return referee::cli::main_of({argv + 1, argv + argc});
}
