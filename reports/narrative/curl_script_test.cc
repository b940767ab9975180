// The script of a failed check: whole bodies, fresh repositories, followed places, and no word of it from a registry.
#include "reports/narrative/curl_script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/output_file.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Script : public testing::Test {
 protected:
  engine::RunResult run_ = sample_run();
  engine::CheckResult& check_ = run_.checks[3];

  Script() { check_.exchanges.clear(); }

  http::Exchange& ask(const std::string& method, const std::string& path, int status) {
    http::Exchange exchange;
    exchange.sequence = check_.exchanges.size();
    exchange.request = {
        method, run_.target_url + path, {{"User-Agent", "referee"}, {"Authorization", "Basic REDACTED"}}, ""};
    exchange.response = http::RecordedResponse{status, "", {}, ""};
    check_.exchanges.push_back(exchange);
    return check_.exchanges.back();
  }

  std::string keep(const std::string& bytes, bool capped = false) {
    const std::string digest = "sha256:" + std::string(60, 'a') + std::to_string(1000 + run_.bodies.size());
    run_.bodies[digest] = {bytes, bytes.size() + (capped ? 1 : 0), capped};
    return digest;
  }

  std::string script() const {
    const auto run = saved_of(run_);
    for (const auto& check : run.checks) {
      if (check.id == check_.id) return curl_script(run, check, Bodies(run.bodies));
    }
    return "no such check";
  }

  static CommandEnd shell(const std::string& text, const std::string& arguments) {
    const ScratchFolder folder;
    write_file(folder.path() / "script", text);
    return run_command("cd " + folder.path().string() + " && sh " + arguments + " script; ls");
  }
};

TEST_F(Script, TakesTargetAndRepositoriesFromItsEnvironment) {
  ask("GET", "/v2/referee/k3m9x0p2qa-7/tags/list", 200);
  ask("POST", "/v2/referee/k3m9x0p2qa-8/blobs/uploads/?from=referee%2Fk3m9x0p2qa-7", 201);
  const auto text = script();
  EXPECT_THAT(text, HasSubstr("GET \"$url\"/v2/\"$repo\"-7/tags/list"));
  EXPECT_THAT(text, HasSubstr("/v2/\"$repo\"'-8/blobs/uploads/?from='\"$repo_encoded\"-7"));
  EXPECT_THAT(text,
              AllOf(Not(HasSubstr("registry.example")), Not(HasSubstr("REDACTED")), Not(HasSubstr("-H User-Agent"))));
}

TEST_F(Script, FollowsWhatTheRegistryChose) {
  ask("POST", "/v2/x/blobs/uploads/", 202).response->headers = {{"Location", "/v2/x/blobs/uploads/u1?state=a"}};
  ask("PUT", "/v2/x/blobs/uploads/u1?state=a&digest=sha256:abc", 201);
  ask("GET", "/v2/x/referrers/sha256:abc", 200).response->headers = {{"Link", "<?n=2&last=q>; rel=\"next\""}};
  ask("GET", "/v2/x/referrers/sha256:abc?n=2&last=q", 200);
  EXPECT_THAT(script(),
              AllOf(HasSubstr("PUT \"$(location_with 1 digest=sha256:abc)\""), HasSubstr("GET \"$(next_page 3)\"")));
}

// Replaces curl: it writes down who asks for what, and leads each upload to another host.
constexpr auto kCurlThatIsLedAway = R"sh(#!/bin/sh
for target; do :; done
while [ $# -gt 1 ]; do
  case $1 in --config) config=$2 ;; --dump-header) head=$2 ;; esac
  shift
done
if [ -s "$config" ]; then who=owner; else who=nobody; fi
echo "$who $target" >>asked
case $target in
  */uploads/) printf 'HTTP/1.1 202 X\r\nLocation: http://127.0.0.2/u\r\nX: \033]0;x\302\233\r\n\r\n' >"$head" && printf 202 ;;
  *) printf 201 ;;
esac
)sh";

TEST_F(Script, GivesCredentialsToNoOtherHostAndShowsNoEscapeSequence) {
  ask("POST", "/v2/x/blobs/uploads/", 202).response->headers = {{"Location", "/v2/x/blobs/uploads/u1?state=a"}};
  ask("PUT", "/v2/x/blobs/uploads/u1?state=a&digest=sha256:abc", 201);
  const ScratchFolder folder;
  write_file(folder.path() / "script", script());
  write_file(folder.path() / "curl", kCurlThatIsLedAway);
  const auto end = run_command("cd " + folder.path().string() +
                               " && chmod +x curl && PATH=$PWD:$PATH REFEREE_URL=http://127.0.0.1:5000 REFEREE_TOKEN=t "
                               "sh script; cat asked");
  EXPECT_THAT(end.output, HasSubstr("owner http://127.0.0.1:5000/v2/x/blobs/uploads/\n"
                                    "nobody http://127.0.0.2/u?digest=sha256:abc\n"));
  EXPECT_THAT(end.output, AllOf(HasSubstr("X: ?]0;x??"), Not(HasSubstr("\x1b"))));
}

TEST_F(Script, SendsOnceWhatWasAskedUntilItChanged) {
  for (int i = 0; i < 4; ++i) ask("GET", "/v2/x/tags/list", i < 3 ? 404 : 200);
  const auto text = script();
  EXPECT_THAT(text, HasSubstr("sleep 1  # it was asked 4 times"));
  EXPECT_THAT(text, AllOf(HasSubstr("send 1 200 GET"), Not(HasSubstr("send 2"))));
}

TEST_F(Script, CollectsWhereTheCheckDid) {
  using std::chrono::seconds;
  for (int i = 0; i < 4; ++i) {
    ask("GET", "/v2/x/tags/list", i < 3 ? 200 : 404).started = http::WallTime(seconds(10 + i));
  }
  check_.facts["--gc-hook"] = {"0 11500000\ndone", "0 12000000\n"};
  const auto text = script();
  const auto at = [&](std::string_view part, std::size_t from) { return text.find(part, from); };
  const auto first = at("send 1 200 GET", 0);
  const auto hook = at("sh -c \"${REFEREE_GC_HOOK:?", first);
  const auto second_hook = at("sh -c \"${REFEREE_GC_HOOK:?", hook + 1);
  EXPECT_NE(first, std::string::npos);
  EXPECT_NE(second_hook, std::string::npos);
  EXPECT_NE(at("send 2 404 GET", second_hook), std::string::npos);
  EXPECT_THAT(text, Not(HasSubstr("send 3")));
}

TEST_F(Script, WritesEveryByteOfABody) {
  const std::string binary("\x00\x01\xff'\n", 5);
  ask("PUT", "/v2/x/blobs/a", 201).request.body_digest = keep(binary);
  ask("PUT", "/v2/x/blobs/b", 201).request.body_digest = keep("it's\ntext");
  const auto text = script();
  EXPECT_THAT(text, AllOf(HasSubstr("AAH/Jwo="), HasSubstr("printf %s 'it'\\''s\ntext'")));
  ask("PUT", "/v2/x/blobs/c", 201).request.body_digest = keep("only the beginning", true);
  EXPECT_THAT(script(), IsEmpty());
}

TEST_F(Script, IsOneThatTheShellReadsAndNoTextOfTheRegistryRuns) {
  const std::string attack = "$(touch hurt)`touch hurt`';touch hurt;'\n touch hurt \"$(touch hurt)";
  auto& asked = ask("GET", "/v2/" + attack, 200);
  asked.request.headers.push_back({"X-Odd", attack});
  asked.request.body_digest = keep(attack);
  asked.response->headers = {
      {"Content-Type", attack}, {"Location", attack}, {"Link", "<" + attack + ">; rel=\"next\""}};
  check_.findings[0].actual = attack;
  const auto text = script();
  ASSERT_THAT(text, Not(IsEmpty()));
  EXPECT_EQ(shell(text, "-n").output, "script\n");
  // The target is a port that nothing listens on: every answer differs, and nothing else happened.
  const ScratchFolder folder;
  write_file(folder.path() / "script", text);
  const auto end =
      run_command("cd " + folder.path().string() + " && REFEREE_URL=http://127.0.0.1:1 sh script; echo ended $?; ls");
  EXPECT_THAT(end.output, HasSubstr("ended 1\nscript\n"));
}

TEST_F(Script, IsNoneWhereNothingWasAsked) { EXPECT_THAT(script(), IsEmpty()); }

TEST(ScriptFile, HasANameThatEveryFileSystemTakes) {
  EXPECT_EQ(curl_script_file({.id = "A.B/../c", .requirement = {}, .source = {}}), "reproduce/oci-1.1.1.A.B_.._c.sh");
}

}  // namespace
}  // namespace referee::reports
