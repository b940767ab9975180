// Files that come from elsewhere: saved results and baselines.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "harness/fuzz/property.h"
#include "reports/comparison/baseline.h"
#include "reports/saved/load_results.h"
#include "reports/saved/results.h"

using namespace referee;  // NOLINT(google-build-using-namespace): a target is one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = memfd_create("input", 0);
  HOLDS(file >= 0 && write(file, data, size) == static_cast<ssize_t>(size));
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  try {
    reports::load_baseline(path);
  } catch (const reports::CannotRead&) {
  }
  try {
    const auto results = reports::load_results(path);
    reports::baseline_text(results, {});
  } catch (const reports::CannotRead&) {
  }
  close(file);
  return 0;
}
