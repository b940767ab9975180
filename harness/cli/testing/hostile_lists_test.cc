// A registry that is honest except for its lists, which do what they can to hang, crash or fill the program, or to draw
// its password elsewhere: each run ends in time, with reports, within a bound on memory, and the password stays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>

#include "harness/cli/testing/forwarder.h"
#include "harness/cli/testing/hostile_answers.h"
#include "harness/cli/testing/judged.h"
#include "harness/cli/testing/process.h"

namespace referee::cli {
namespace {

using http::RawConnection;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::Eq;
using testing::Forwarder;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;
using testing::Process;
using testing::results_of;

constexpr std::chrono::seconds kLongest{90};
constexpr std::size_t kMostMemory = 256 << 20;
constexpr std::size_t kLeastMemory = 4 << 20;
// The sanitizers' own memory is many times the program's.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsTheProgramsOwn = false;
#else
constexpr bool kMemoryIsTheProgramsOwn = true;
#endif

class HostileLists : public ::testing::TestWithParam<testing::HostileAnswer> {};

TEST_P(HostileLists, EndInTimeWithinABoundOfMemoryAndGetNoPassword) {
  const std::string password = "the-password-of-the-owner";
  const Process registry({"serve", "--auth", "basic", "--user", "owner:" + password + ":*:pull,push,delete"});
  const http::RawServer elsewhere(http::RawServer::answering(http::raw_response(
      "HTTP/1.1 200 OK\r\n" + testing::kIndexType + "WWW-Authenticate: Basic realm=\"x\"", testing::kEmptyList)));
  std::atomic<int> asked{0};
  const Forwarder between(registry.line_after("listening on "),
                          {.instead = [&](const http::Request& request, RawConnection& client) {
                            if (request.method != "GET" || request.url.find("/referrers/") == std::string::npos)
                              return false;
                            ++asked;
                            const auto own = "http://" + request.headers.get("Host").value_or("");
                            GetParam().act(client, {own, elsewhere.url(), request.url});
                            return true;
                          }});
  Process run({"run", between.url(), "--spec", "oci-1.1.1", "--username", "owner", "--filter", "oci.referrers.list.*",
               "--timeout", "1s", "--run-timeout", "30s", "--settle", "400ms", "--jobs", "4"},
              {{"REFEREE_PASSWORD", password}});
  ASSERT_THAT(run.wait(kLongest), AnyOf(Eq(1), Eq(3))) << run.errors() << run.output();
  EXPECT_GT(asked, 0);
  RecordProperty("peak_mib", static_cast<int>(run.peak_memory() >> 20));
  if (kMemoryIsTheProgramsOwn) {
    EXPECT_GT(run.peak_memory(), kLeastMemory);  // it was measured
    EXPECT_THAT(run.peak_memory(), Le(kMostMemory)) << (run.peak_memory() >> 20) << " MiB";
  }
  const auto results = results_of(run);
  ASSERT_TRUE(results.is_object());
  EXPECT_THAT(results["verdict"], Not(Eq("conformant")));
  for (const auto& check : results["checks"]) {
    EXPECT_THAT(check["reason"].get<std::string>(), Not(HasSubstr("the check itself failed"))) << check["id"];
  }
  EXPECT_THAT(elsewhere.requests(), Each(Not(AnyOf(HasSubstr("uthorization:"), HasSubstr("ookie:")))));
  EXPECT_THAT(run.output() + run.errors(), Not(HasSubstr("root:")));
  testing::expect_sound_reports(run);
}

INSTANTIATE_TEST_SUITE_P(All, HostileLists, ::testing::ValuesIn(testing::hostile_answers()),
                         [](const auto& answer) { return answer.param.name; });

}  // namespace
}  // namespace referee::cli
