// Every format of one small run, byte for byte, so that each change of a report shows in a diff. Where a change is
// wanted, rewrite the kept files and look at what git makes of them:
//
//   REFEREE_WRITE_GOLDEN=1 scripts/test -R reports_test
#include <gtest/gtest.h>

#include <cstdlib>

#include "reports/output_file.h"
#include "reports/testing/golden_run.h"
#include "reports/testing/sample_run.h"
#include "reports/writing/write_reports.h"

namespace referee::reports {
namespace {

std::filesystem::path golden_file(const Format& format) {
  return std::filesystem::path("reports/testing/golden") / format.name;
}

class Golden : public testing::TestWithParam<Format> {};

TEST_P(Golden, IsAsItWas) {
  const auto path = golden_file(GetParam());
  const auto bytes = GetParam().render(golden_run());
  if (std::getenv("REFEREE_WRITE_GOLDEN") != nullptr) write_file(path, bytes);
  const auto kept = read_file(path);
  if (bytes == kept) return;
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(bytes, kept).in1 - bytes.begin());
  const auto from = at < 60 ? 0 : at - 60;
  ADD_FAILURE() << path << " differs from byte " << at << " on; wanted? REFEREE_WRITE_GOLDEN=1 rewrites it\n--- kept\n"
                << (from < kept.size() ? kept.substr(from, 200) : "") << "\n--- now\n"
                << bytes.substr(from, 200);
}

INSTANTIATE_TEST_SUITE_P(All, Golden, testing::ValuesIn(formats().begin(), formats().end()),
                         [](const auto& format) { return std::string(format.param.name); });

}  // namespace
}  // namespace referee::reports
