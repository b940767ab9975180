#include "harness/cli/options/target_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::ThrowsMessage;

TEST(TargetUrl, KeepsSchemePortAndBasePath) {
  EXPECT_THAT(target_of("http://127.0.0.1:5000", false).base, Eq("http://127.0.0.1:5000"));
  EXPECT_THAT(target_of("https://registry.example/base//", false).base, Eq("https://registry.example/base"));
  EXPECT_THAT(target_of("http://[::1]:5000/", false).base, Eq("http://[::1]:5000"));
  EXPECT_THAT(target_of("http://a", true).base, Eq("http://a"));
}

TEST(TargetUrl, AssumesHttpsByDefault) {
  EXPECT_THAT(target_of("registry.example:5000", false).base, Eq("https://registry.example:5000"));
  EXPECT_TRUE(target_of("registry.example:5000", false).assumed_scheme);
  EXPECT_THAT(target_of("localhost:5000", true).base, Eq("http://localhost:5000"));
}

TEST(TargetUrl, AssumesHttpOnThisMachine) {
  for (const std::string name :
       {"localhost", "localhost:5000", "LOCALHOST:5000/base", "127.0.0.1", "127.8.9.1:5000", "[::1]", "[::1]:5000"}) {
    EXPECT_THAT(target_of(name, false).base, Eq("http://" + name)) << name;
    EXPECT_TRUE(target_of(name, false).assumed_scheme) << name;
  }
  for (const std::string name : {"localhost.example", "127.example:5000", "128.0.0.1", "[::2]:5000"}) {
    EXPECT_THAT(target_of(name, false).base, Eq("https://" + name)) << name;
  }
  EXPECT_THAT(target_of("https://localhost:5000", false).base, Eq("https://localhost:5000"));
}

TEST(TargetUrl, TakesTheNameBeforeAnEqualSign) {
  EXPECT_THAT(named("ours=http://a").name, Eq("ours"));
  EXPECT_THAT(named("ours=http://a").rest, Eq("http://a"));
  EXPECT_THAT(named("v2.8 of ours=a:5000").name, Eq("v2.8 of ours"));
  EXPECT_THAT(named("before=out/a=b.json").rest, Eq("out/a=b.json"));
  for (const std::string unnamed : {"http://a/?x=1", "a:5000", "localhost", "out/a=b.json", ""}) {
    EXPECT_THAT(named(unnamed).name, Eq("")) << unnamed;
    EXPECT_THAT(named(unnamed).rest, Eq(unnamed)) << unnamed;
  }
  EXPECT_THROW(named("=http://a"), WrongUsage);
  EXPECT_THROW(named(std::string(61, 'a') + "=http://a"), WrongUsage);
  EXPECT_THROW(named("a\x1b=http://a"), WrongUsage);
}

TEST(TargetUrl, RefusesWithTheRemedy) {
  const auto refusal = [](std::string_view url, bool plain, std::string_view says) {
    EXPECT_THAT([&] { target_of(url, plain); }, ThrowsMessage<WrongUsage>(HasSubstr(std::string(says)))) << url;
  };
  refusal("", false, "--built-in");
  refusal("ftp://a", false, "ftp");
  refusal("http://", false, "http://");
  refusal("http://a b", false, "http://127.0.0.1:5000");
  refusal("http://a:port", false, "invalid registry URL");
  refusal("http://a:70000", false, "invalid registry URL");
  refusal("https://a", true, "--plain-http");
  refusal("http://a/v2/", false, "leave /v2 out");
  refusal("http://a?x=1", false, "query");
  refusal("http://a#x", false, "fragment");
  refusal("http://me:secret@a", false, "-u");
}

TEST(TargetUrl, NeverShowsThePassword) {
  EXPECT_THAT([] { target_of("http://me:secret@a", false); }, ThrowsMessage<WrongUsage>(Not(HasSubstr("secret"))));
  EXPECT_THAT([] { target_of("me:secret@a", false); }, ThrowsMessage<WrongUsage>(Not(HasSubstr("secret"))));
}

}  // namespace
}  // namespace referee::cli
