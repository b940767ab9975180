// What a killed run leaves is found and deleted by `referee sweep`, and nothing else is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/cli/testing/process.h"
#include "harness/cli/testing/watched_registry.h"
#include "harness/oci/digest.h"

namespace referee::cli {
namespace {

using ::testing::ContainsRegex;
using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using testing::Process;

class Sweep : public ::testing::Test {
 protected:
  nlohmann::json ask(const std::string& path) { return watched_.ask(path); }
  std::size_t stored() { return watched_.stored(); }
  // Kills it once the registry has heard so many further requests.
  void kill_after(int requests, Process& run) {
    watched_.wait_for_requests(watched_.requests() + requests);
    run.signal(SIGKILL);
    ASSERT_THAT(run.wait(), Eq(128 + SIGKILL));
  }
  // Pushes an empty index by tag, or by digest without one, and returns its digest.
  std::string push_index(const std::string& repository, const std::string& tag, const std::string& subject = "") {
    const std::string type = "application/vnd.oci.image.index.v1+json";
    nlohmann::json index = {{"schemaVersion", 2}, {"mediaType", type}, {"manifests", nlohmann::json::array()}};
    if (!subject.empty()) index["subject"] = {{"mediaType", type}, {"digest", subject}, {"size", index.dump().size()}};
    auto digest = oci::Digest::of(index.dump()).text();
    const auto answer =
        transport_.exchange({.method = "PUT",
                             .url = url_ + "/v2/" + repository + "/manifests/" + (tag.empty() ? digest : tag),
                             .headers = {{"Content-Type", type}},
                             .body = index.dump()},
                            {});
    EXPECT_THAT(answer.status, Eq(201)) << answer.body;
    return digest;
  }

  testing::WatchedRegistry watched_{"2ms"};
  std::string url_ = watched_.url();
  http::CurlTransport& transport_ = watched_.transport();
};

TEST_F(Sweep, BringsTheRegistryBackToEmptyWhereverTheRunWasKilled) {
  for (const int requests : {40, 90, 150, 220, 310, 480, 700, 1000}) {
    Process run({"run", url_, "--spec", "oci-1.1.1", "--jobs", "4"});
    kill_after(requests, run);
    EXPECT_THAT(stored(), Gt(0U));
    Process sweep({"sweep", url_, "--from", run.folder() + "/referee-results", "--yes"});
    EXPECT_THAT(sweep.wait(), Eq(0)) << sweep.output() << sweep.errors();
    EXPECT_THAT(sweep.output(), ContainsRegex("manifests? and [0-9]+ blobs? in [0-9]+ repositor.* deleted"));
    EXPECT_THAT(stored(), Eq(0U)) << "after " << requests << " requests: " << ask("/stored").dump(1);
    Process again({"sweep", url_, "--from", run.folder() + "/referee-results", "--yes"});
    EXPECT_THAT(again.wait(), Eq(0));
    EXPECT_THAT(again.output(), HasSubstr("Nothing to do"));
  }
}

TEST_F(Sweep, DeletesWhatAKilledExplorationPushed) {
  Process explore({"explore", url_});
  kill_after(150, explore);
  EXPECT_THAT(stored(), Gt(0U));
  Process sweep({"sweep", url_, "--from", explore.folder() + "/referee-results", "--yes"});
  EXPECT_THAT(sweep.wait(), Eq(0)) << sweep.output() << sweep.errors();
  EXPECT_THAT(stored(), Eq(0U)) << ask("/stored").dump(1);
}

TEST_F(Sweep, SparesWhatNoRunPushed) {
  const std::string bytes = "somebody's";
  const auto digest = oci::Digest::of(bytes).text();
  transport_.exchange({.method = "POST",
                       .url = url_ + "/v2/referee/mine/blobs/uploads/?digest=" + digest,
                       .headers = {{"Content-Type", "application/octet-stream"}},
                       .body = bytes},
                      {});
  ASSERT_THAT(stored(), Eq(1U));
  Process run({"run", url_, "--spec", "oci-1.1.1"});
  kill_after(200, run);
  Process shown({"sweep", url_, "--from", run.folder() + "/referee-results", "--dry-run"});
  EXPECT_THAT(shown.wait(), Eq(0)) << shown.errors();
  EXPECT_THAT(shown.output(), HasSubstr("would be deleted at " + url_));
  EXPECT_THAT(stored(), Gt(1U));
  Process unsure({"sweep", url_, "--from", run.folder() + "/referee-results"});
  EXPECT_THAT(unsure.wait(), Eq(2));
  EXPECT_THAT(unsure.errors(), HasSubstr("--yes"));
  Process sweep({"sweep", url_, "--from", run.folder() + "/referee-results", "--yes"});
  EXPECT_THAT(sweep.wait(), Eq(0)) << sweep.output() << sweep.errors();
  EXPECT_THAT(stored(), Eq(1U)) << ask("/stored").dump(1);
}

TEST_F(Sweep, WaitsForTheEndOfARunThatGoesOn) {
  Process run({"run", url_, "--spec", "oci-1.1.1", "--jobs", "4"});
  while (stored() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  Process sweep({"sweep", url_, "--from", run.folder() + "/referee-results", "--yes"});
  EXPECT_THAT(sweep.wait(), Eq(2)) << sweep.output();
  run.signal(SIGINT);
  EXPECT_THAT(run.wait(), Eq(130)) << run.errors();
}

TEST_F(Sweep, WantsTheUrlAndNamesIt) {
  Process run({"run", url_, "--spec", "oci-1.1.1"});
  kill_after(200, run);
  Process sweep({"sweep", "--from", run.folder() + "/referee-results", "--yes"});
  EXPECT_THAT(sweep.wait(), Eq(2));
  EXPECT_THAT(sweep.errors(), HasSubstr("missing URL: the runs pushed to " + url_));
  Process nowhere({"sweep", url_, "--from", "no-such-folder", "--yes"});
  EXPECT_THAT(nowhere.wait(), Eq(2));
  EXPECT_THAT(nowhere.errors(), HasSubstr("--from: no-such-folder does not exist"));
}

TEST_F(Sweep, LeavesARecordOfAnotherRegistryAlone) {
  Process run({"run", url_, "--spec", "oci-1.1.1"});
  kill_after(200, run);
  const auto before = stored();
  const Process other({"serve"});
  Process sweep({"sweep", other.line_after("listening on "), "--from", run.folder() + "/referee-results", "--yes"});
  EXPECT_THAT(sweep.wait(), Eq(1)) << sweep.output();
  EXPECT_THAT(sweep.errors(), HasSubstr("left alone"));
  EXPECT_THAT(stored(), Eq(before));
}

TEST_F(Sweep, FindsByTheRunWhatTagsLeadToWithoutARecord) {
  const auto subject = push_index("referee/k3-1", "v1");
  push_index("referee/k3-1", "", subject);
  push_index("referee/k34-1", "v1");
  ASSERT_THAT(stored(), Eq(3U));
  Process sweep({"sweep", url_, "--from", "no-such-folder", "--run", "k3", "--yes"});
  EXPECT_THAT(sweep.wait(), Eq(0)) << sweep.output() << sweep.errors();
  EXPECT_THAT(sweep.output(), HasSubstr("2 manifests and 0 blobs in 1 repository deleted"));
  EXPECT_THAT(stored(), Eq(1U));
  Process again({"sweep", url_, "--from", "no-such-folder", "--run", "k3", "--yes"});
  EXPECT_THAT(again.wait(), Eq(0)) << again.errors();
  EXPECT_THAT(again.output(), HasSubstr("Nothing is left"));
}

TEST_F(Sweep, DeletesWhatARunKept) {
  Process run({"run", url_, "--spec", "oci-1.1.1", "--filter", "oci.manifest.*", "--keep"});
  EXPECT_THAT(run.wait(), Eq(0)) << run.output();
  EXPECT_THAT(run.output(), HasSubstr("kept, as --keep asks"));
  EXPECT_THAT(run.errors(), HasSubstr("referee sweep"));
  EXPECT_THAT(stored(), Gt(20U));
  Process sweep({"sweep", url_, "--from", run.folder() + "/referee-results", "--yes"});
  EXPECT_THAT(sweep.wait(), Eq(0)) << sweep.output() << sweep.errors();
  EXPECT_THAT(stored(), Eq(0U)) << ask("/stored").dump(1);
}

TEST_F(Sweep, FinishedRunLeavesNoRecord) {
  Process run({"run", url_, "--spec", "oci-1.1.1", "--filter", "oci.manifest.*", "--jobs", "4"});
  EXPECT_THAT(run.wait(), Eq(0)) << run.output();
  Process sweep({"sweep", "--from", run.folder() + "/referee-results"});
  EXPECT_THAT(sweep.wait(), Eq(0)) << sweep.errors();
  EXPECT_THAT(sweep.output(), HasSubstr("Nothing to do"));
}

}  // namespace
}  // namespace referee::cli
