// Failures are grouped where one cause explains two or more of them.
#include "reports/narrative/causes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

SavedCheck failed(const std::string& requirement, const std::string& actual = "200, 0 bytes") {
  SavedCheck check;
  check.requirement = requirement;
  check.findings.push_back({.actual = actual});
  return check;
}

TEST(Causes, ExplainSeveralFailures) {
  const std::vector<SavedCheck> checks = {failed("oci.http.no-5xx"), failed("oci.referrers.list.bad-digest.tag"),
                                          failed("oci.referrers.page.complete"), failed("oci.blob.bad-digest-400"),
                                          failed("oci.referrers.list.bad-digest.structure")};
  std::vector<const SavedCheck*> all;
  for (const auto& check : checks) all.push_back(&check);
  const auto groups = causes_of(all);
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_EQ(groups[0].cause, "digests in requests are not validated");
  EXPECT_THAT(groups[0].checks, ElementsAre(&checks[1], &checks[3], &checks[4]));
  EXPECT_EQ(groups[1].cause, "");
  EXPECT_THAT(groups[1].checks, ElementsAre(&checks[0], &checks[2]));
}

TEST(Causes, LookAtWhatCame) {
  const std::vector<SavedCheck> checks = {
      failed("oci.referrers.list.empty-200", "404, 0 bytes"), failed("oci.referrers.list.never-404", "404, 0 bytes"),
      failed("oci.referrers.list.known-200", "a list with sha256:a404b, which is one entry too many")};
  const auto groups = causes_of({&checks[0], &checks[1], &checks[2]});
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_THAT(groups[0].checks, SizeIs(2));
  EXPECT_THAT(causes_of({}), ::testing::IsEmpty());
}

}  // namespace
}  // namespace referee::reports
