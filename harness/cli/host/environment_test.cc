#include "harness/cli/host/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>

#include "harness/cli/testing/scoped_variable.h"

namespace referee::cli {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;
using testing::ScopedVariable;
using ::testing::StartsWith;

TEST(Environment, TakesAnEmptyVariableForUnset) {
  const ScopedVariable set("REFEREE_TEST_VARIABLE", "x");
  const ScopedVariable empty("REFEREE_TEST_EMPTY", "");
  EXPECT_THAT(environment("REFEREE_TEST_VARIABLE"), Optional(Eq("x")));
  EXPECT_THAT(environment("REFEREE_TEST_EMPTY"), Eq(std::nullopt));
  EXPECT_THAT(environment("REFEREE_TEST_UNSET"), Eq(std::nullopt));
  EXPECT_THAT(environment(""), Eq(std::nullopt));
}

TEST(ChildEnvironment, HoldsNoSecretOfReferee) {
  std::list<ScopedVariable> secrets;
  for (const auto* name : {"REFEREE_PASSWORD", "REFEREE_SIGNER_PASSWORD", "REFEREE_IDENTITY_TOKEN",
                           "REFEREE_REGISTRY_TOKEN", "REFEREE_SIGN_KEY", "REFEREE_HEADER", "REFEREE_USER",
                           "REFEREE_GC_HOOK", "REFEREE_RESTART_HOOK", "OCI_PASSWORD"}) {
    EXPECT_TRUE(is_secret_variable(name)) << name;
    secrets.emplace_back(name, "s3cret");
  }
  EXPECT_THAT(child_environment(), Each(Not(HasSubstr("s3cret"))));
}

TEST(ChildEnvironment, KeepsWhatHooksAndHelpersNeed) {
  std::list<ScopedVariable> needed;
  for (const auto* name : {"PATH", "HOME", "DOCKER_CONFIG", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
                           "AWS_SECRET_ACCESS_KEY", "REFEREE_URL", "OCI_REGISTRY"}) {
    needed.emplace_back(name, "needed");
    EXPECT_THAT(child_environment(), Contains(std::string(name) + "=needed"));
  }
}

TEST(ChildEnvironment, HoldsWhatIsSetForTheChildOnce) {
  const ScopedVariable before("REFEREE_HOOK", "before");
  const auto all = child_environment({{"REFEREE_HOOK", "after"}, {"REFEREE_PASSWORD", "given on purpose"}});
  EXPECT_THAT(all, Contains("REFEREE_HOOK=after"));
  EXPECT_THAT(all, Contains(StartsWith("REFEREE_HOOK=")).Times(1));
  EXPECT_THAT(all, Contains("REFEREE_PASSWORD=given on purpose"));
}

}  // namespace
}  // namespace referee::cli
