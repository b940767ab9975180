// The scripts of failed checks against the defects that they are about: the same wrong answers, and from an honest
// registry none of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "harness/cli/testing/process.h"

namespace referee::cli {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Process;
using ::testing::StartsWith;
namespace fs = std::filesystem;

struct Shown {
  int code = -1;
  std::string output;
};

Shown run_script(const fs::path& script, const std::string& url) {
  Shown shown;
  std::FILE* pipe = ::popen(("REFEREE_URL=" + url + " sh '" + script.string() + "' 2>&1").c_str(), "r");
  if (pipe == nullptr) return shown;
  std::array<char, 4096> part;
  for (std::size_t size; (size = std::fread(part.data(), 1, part.size(), pipe)) > 0;) {
    shown.output.append(part.data(), size);
  }
  const int status = ::pclose(pipe);
  shown.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return shown;
}

class ScriptOfADefect : public ::testing::TestWithParam<const char*> {};

TEST_P(ScriptOfADefect, SeesTheSameWrongAnswers) {
  const std::string defect = GetParam();
  Process wrong({"serve", "--defect", defect});
  const auto url = wrong.line_after("listening on ");
  ASSERT_THAT(url, StartsWith("http://"));
  Process run({"run", url, "--spec", "oci-1.1.1", "--spec", "oras-rc.2", "--filter", defect.substr(0, defect.find('#')),
               "--settle", "300ms", "--cascade-wait", "300ms"});
  ASSERT_THAT(run.wait(), Eq(1)) << run.errors() << run.output();
  std::vector<fs::path> scripts;
  for (const auto& entry : fs::directory_iterator(run.folder() + "/referee-results/reproduce")) {
    scripts.push_back(entry.path());
  }
  ASSERT_THAT(scripts, Not(IsEmpty()));
  Process honest({"serve"});
  const auto honest_url = honest.line_after("listening on ");
  for (const auto& script : scripts) {
    const auto again = run_script(script, url);
    EXPECT_THAT(again.code, Eq(0)) << again.output;
    EXPECT_THAT(again.output, HasSubstr("reproduced"));
    const auto other = run_script(script, honest_url);
    EXPECT_THAT(other.code, Eq(1)) << other.output;
    EXPECT_THAT(other.output, HasSubstr("another answer than before"));
  }
}

class ScriptBehindA : public ::testing::TestWithParam<const char*> {};

TEST_P(ScriptBehindA, LogsInAsItsEnvironmentSaysAndHoldsNoPassword) {
  Process registry({"serve", "--auth", GetParam(), "--user", "me:se\"cr\\et:*:pull,push,delete", "--defect",
                    "oci.subject.header-value#a"});
  const auto url = registry.line_after("listening on ");
  Process run({"run", url, "--spec", "oci-1.1.1", "--filter", "oci.subject.header-value", "-u", "me"},
              {{"REFEREE_PASSWORD", "se\"cr\\et"}});
  ASSERT_THAT(run.wait(), Eq(1)) << run.errors() << run.output();
  const fs::path script = fs::directory_iterator(run.folder() + "/referee-results/reproduce")->path();
  EXPECT_THAT(testing::read_file(script), Not(HasSubstr("se\"cr")));
  const auto in = run_script(script, url + " REFEREE_USERNAME=me REFEREE_PASSWORD='se\"cr\\et'");
  EXPECT_THAT(in.code, Eq(0)) << in.output;
  const auto out = run_script(script, url);
  EXPECT_THAT(out.code, Eq(1));
  EXPECT_THAT(out.output, HasSubstr("another answer than before: 401"));
}

INSTANTIATE_TEST_SUITE_P(Both, ScriptBehindA, ::testing::Values("basic", "token"),
                         [](const auto& kind) { return std::string(kind.param); });

INSTANTIATE_TEST_SUITE_P(Ten, ScriptOfADefect,
                         ::testing::Values("oci.subject.push-201#a", "oci.subject.header-value#a",
                                           "oci.subject.missing-201#a", "oci.subject.missing-listed#a",
                                           "oci.subject.chain#b", "oci.referrers.filter.header#a",
                                           "oci.referrers.list.content-type#a", "oci.referrers.list.size-exact#a",
                                           "oras.subject.missing-400#a", "oras.referrers.key#a"),
                         [](const auto& defect) {
                           std::string name = defect.param;
                           std::ranges::replace_if(
                               name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace referee::cli
