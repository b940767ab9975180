// referee: see harness/cli/options/parse.cc for its commands.
#include <gtest/gtest.h>

#include "harness/cli/host/malloc_tuning.h"
#include "harness/cli/main.h"

int main(int argc, char** argv) {
  referee::cli::tune_malloc();
  // The checks use GoogleTest; a variable of another test run must not turn their claims into exceptions.
  ::testing::GTEST_FLAG(throw_on_failure) = false;
  return referee::cli::main_of({argv + 1, argv + argc});
}
