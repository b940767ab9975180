#include "harness/cli/commands/serve_setup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

using spec::Edition;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

TEST(ServeSetUp, InjectsWhatExistsAndNamesTheLikestOtherwise) {
  ServeOptions options;
  options.defects = {std::string(registry::all_defects().front().id)};
  options.moods = {std::string(registry::all_moods().front().id)};
  EXPECT_NO_THROW(behaviour_of(options));
  options.defects = {"oci.subject.push-201#z"};
  EXPECT_THAT([&] { behaviour_of(options); }, ThrowsMessage<WrongUsage>(HasSubstr("oci.subject.push-201#")));
}

TEST(ServeSetUp, ReadsUsersAndPaths) {
  ServeOptions options;
  options.auth = "token";
  options.users = {"me:secret:a/*:pull,push"};
  options.base_path = "/base/";
  options.specs = {"oci-main", "oras"};
  const auto set_up = registry_options(options);
  ASSERT_THAT(set_up.users, SizeIs(1));
  EXPECT_THAT(set_up.users[0].repositories, Eq("a/*"));
  EXPECT_THAT(set_up.base_path, Eq("/base"));
  EXPECT_TRUE(set_up.editions.has(Edition::kOciMain));
  EXPECT_TRUE(set_up.editions.has(Edition::kOrasRc2));
  EXPECT_FALSE(set_up.editions.has(Edition::kOci111));
}

TEST(ServeSetUp, RefusesWhatCannotWork) {
  const auto refused = [](auto change) {
    ServeOptions options;
    change(options);
    EXPECT_THROW(registry_options(options), WrongUsage);
  };
  refused([](auto& o) { o.auth = "basic"; });
  refused([](auto& o) { o.users = {"me:secret:*:pull"}; });
  refused([](auto& o) { o.auth = "basic", o.users = {"me:secret"}; });
  refused([](auto& o) { o.auth = "basic", o.users = {"me:secret:*:eat"}; });
  refused([](auto& o) { o.tls_cert = "x.pem"; });
  refused([](auto& o) { o.base_path = "base"; });
  refused([](auto& o) { o.specs = {"oci-9"}; });
}

}  // namespace
}  // namespace referee::cli
