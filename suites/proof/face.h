// The checks as GoogleTest tests: each pair of check and edition is a separate test, for --gtest_filter, ctest and
// IDEs.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/engine/capabilities.h"
#include "harness/engine/check.h"
#include "harness/engine/result.h"
#include "harness/engine/settings.h"
#include "harness/http/client/client.h"
#include "harness/http/clock.h"

namespace referee::proof {

/// One target, for all tests of the program. Detection runs once, with the first test.
class Face {
 public:
  Face(http::Transport& transport, http::Clock& clock, engine::Settings settings);

  /// Runs the check and deletes what it pushed.
  engine::CheckResult run(const engine::Check& check, spec::Edition edition);

 private:
  const engine::Capabilities& capabilities();

  engine::Settings settings_;
  http::BodyStore bodies_;
  std::atomic<std::uint64_t> sequence_{0};
  http::ClientContext wire_;
  int number_ = 0;
  std::unique_ptr<engine::Capabilities> capabilities_;
};

/// "oci-1.1.1", "Filtering" -> "oci_1_1_1/Filtering": a hyphen in a name would begin GoogleTest's negative filter.
std::string suite_name(spec::Edition edition, const std::string& suite);

/// Registers a test for each check in each of those editions in which its requirement exists. Failed and error fail;
/// blocked and skipped are skipped; warned and noted pass and say why in the output.
void register_tests(Face& face, const std::vector<spec::Edition>& editions);

}  // namespace referee::proof
