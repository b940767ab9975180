// The line that an exploration draws, on a clock of the test's own.
#include "harness/cli/commands/exploring/exploring_line.h"

#include <gmock/gmock.h>

#include "harness/http/clock.h"
#include "harness/spec/literals/probes.h"

namespace referee::cli {
namespace {

using spec::Edition;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using namespace spec::literals;  // NOLINT(google-build-using-namespace)

class Line : public ::testing::Test {
 protected:
  static engine::ProbeResult answer(spec::ProbeId probe) {
    return {
        .probe = probe, .edition = Edition::kOci111, .answer = "KEEP", .detail = {}, .started = {}, .exchanges = {}};
  }

  http::ManualClock clock_;
  std::vector<std::string> drawn_;
  ExploringLine line_{{"ours", "theirs"}, clock_, [this](std::string_view text) { drawn_.emplace_back(text); }};
};

TEST_F(Line, SaysHowFarEachRegistryIsAndWhatTakesLongest) {
  line_.planned(0, 3);
  line_.planned(1, 2);
  line_.began(0, "probe.filter.plus"_probe, Edition::kOci111);
  clock_.advance(std::chrono::seconds(4));
  line_.began(1, "probe.delete.subject-untagged"_probe, Edition::kOci111);
  clock_.advance(std::chrono::seconds(1));
  EXPECT_THAT(line_.text(), Eq("5 s: ours 0/3, theirs 0/2; 5 s for ours: probe.filter.plus, oci-1.1.1"));
  line_.answered(0, answer("probe.filter.plus"_probe));
  EXPECT_THAT(line_.text(), Eq("5 s: ours 1/3, theirs 0/2; 1 s for theirs: probe.delete.subject-untagged, oci-1.1.1"));
  line_.answered(1, answer("probe.delete.subject-untagged"_probe));
  EXPECT_THAT(line_.text(), Eq("5 s: ours 1/3, theirs 1/2"));
}

TEST_F(Line, IsDrawnAtMostTenTimesASecond) {
  line_.draw();
  EXPECT_THAT(drawn_, IsEmpty());
  for (int i = 0; i < 100; ++i) {
    clock_.advance(std::chrono::milliseconds(20));
    line_.draw();
  }
  EXPECT_THAT(drawn_, SizeIs(20));
  line_.clear();
  EXPECT_THAT(drawn_.back(), IsEmpty());
}

}  // namespace
}  // namespace referee::cli
