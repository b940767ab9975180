#include "harness/cli/sweeping/watched_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/engine/testing/scripted_transport.h"
#include "harness/oci/digest.h"
#include "harness/testing/scratch_folder.h"

namespace referee::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kBase = "http://registry/base";
const std::string kDigest = "sha256:" + std::string(64, 'a');

class AWatchedTransport : public ::testing::Test {
 protected:
  void send(const std::string& method, const std::string& url, int status, const std::string& location = "",
            const std::string& body = "{}") {
    answer_ = [=](const http::Request&) {
      http::Response response{.status = status};
      if (!location.empty()) response.headers.add("Location", location);
      return response;
    };
    watched_.exchange({.method = method, .url = url, .headers = {}, .body = body}, {});
  }
  std::vector<PushedItem> left() {
    return pushed_records_in(folder_.path()).empty() ? std::vector<PushedItem>{}
                                                     : read_pushed_record(record_.path()).items;
  }
  const std::string api_ = std::string(kBase) + "/v2/";

  ScratchFolder folder_;
  PushedRecord record_{folder_.path(), {"k3", kBase, {}}};
  engine::testing::ScriptedTransport::Script answer_;
  engine::testing::ScriptedTransport inner_{[this](const http::Request& request) { return answer_(request); }};
  WatchedTransport watched_{inner_, kBase, &record_};
};

TEST_F(AWatchedTransport, NotesManifestsByTheirDigest) {
  send("PUT", api_ + "a/b/manifests/" + kDigest, 201);
  send("PUT", api_ + "a/b/manifests/v1", 201, "", "bytes");
  send("GET", api_ + "a/b/manifests/v2", 200);
  EXPECT_THAT(left(),
              ElementsAre(PushedItem{true, "a/b", kDigest}, PushedItem{true, "a/b", oci::Digest::of("bytes").text()}));
  send("DELETE", api_ + "a/b/manifests/v1", 202);  // the tag, not what it names
  send("DELETE", api_ + "a/b/manifests/" + kDigest, 202);
  EXPECT_THAT(left(), ElementsAre(PushedItem{true, "a/b", oci::Digest::of("bytes").text()}));
}

TEST_F(AWatchedTransport, NotesBlobsHoweverTheyAreUploaded) {
  send("POST", api_ + "one/blobs/uploads/?digest=" + kDigest, 201);
  send("POST", api_ + "two/blobs/uploads/?mount=sha256%3Abb&from=one", 201);
  send("POST", api_ + "three/blobs/uploads/", 202, "/base/v2/three/blobs/uploads/7?state=x");
  send("PUT", api_ + "three/blobs/uploads/7?state=x&digest=sha256:cc", 201);
  send("POST", api_ + "four/blobs/uploads/", 202, "http://storage/upload/9?state=y");
  send("PATCH", "http://storage/upload/9?state=y", 202, "http://storage/upload/9/next?state=z");
  send("PUT", "http://storage/upload/9/next?state=z&digest=sha256:dd", 201);
  EXPECT_THAT(left(), ElementsAre(PushedItem{false, "one", kDigest}, PushedItem{false, "two", "sha256:bb"},
                                  PushedItem{false, "three", "sha256:cc"}, PushedItem{false, "four", "sha256:dd"}));
  send("DELETE", api_ + "one/blobs/" + kDigest, 202);
  send("DELETE", api_ + "two/blobs/sha256:bb", 404);
  send("DELETE", api_ + "three/blobs/sha256:cc", 405);
  EXPECT_THAT(left(), ElementsAre(PushedItem{false, "three", "sha256:cc"}, PushedItem{false, "four", "sha256:dd"}));
}

TEST_F(AWatchedTransport, KnowsRepositoriesThatAreNamedLikeEndpoints) {
  send("POST", api_ + "a/manifests/x/blobs/uploads/", 202, "/base/v2/a/manifests/x/blobs/uploads/1");
  send("PUT", api_ + "a/manifests/x/blobs/uploads/1?digest=" + kDigest, 201);
  send("PUT", api_ + "a/blobs/b/manifests/" + kDigest, 201);
  EXPECT_THAT(left(), ElementsAre(PushedItem{false, "a/manifests/x", kDigest}, PushedItem{true, "a/blobs/b", kDigest}));
}

TEST_F(AWatchedTransport, ForgetsWhatIsRefusedUnlessItWasThere) {
  send("PUT", api_ + "a/manifests/" + kDigest, 400);
  send("POST", api_ + "a/blobs/uploads/?mount=sha256:bb&from=b", 202, "/base/v2/a/blobs/uploads/1");
  EXPECT_THAT(left(), IsEmpty());
  send("PUT", api_ + "a/manifests/" + kDigest, 201);
  send("PUT", api_ + "a/manifests/" + kDigest, 429);
  send("PUT", api_ + "a/manifests/other", 503, "", "perhaps stored");
  EXPECT_THAT(left(), ElementsAre(PushedItem{true, "a", kDigest},
                                  PushedItem{true, "a", oci::Digest::of("perhaps stored").text()}));
}

TEST_F(AWatchedTransport, KeepsWhatWasLeftUnanswered) {
  answer_ = [](const http::Request&) -> http::Response {
    throw http::TransportFault(http::FaultKind::kClosed, "closed");
  };
  EXPECT_THROW(watched_.exchange({.method = "PUT", .url = api_ + "a/manifests/" + kDigest}, {}), http::TransportFault);
  EXPECT_THAT(left(), ElementsAre(PushedItem{true, "a", kDigest}));
}

TEST_F(AWatchedTransport, HasNoEyeForOtherServers) {
  send("PUT", "http://elsewhere/v2/a/manifests/" + kDigest, 201);
  send("PUT", "http://elsewhere/upload?digest=" + kDigest, 201);
  EXPECT_THAT(left(), IsEmpty());
}

TEST_F(AWatchedTransport, HandsOnWithoutARecord) {
  WatchedTransport unwatched(inner_, kBase, nullptr);
  answer_ = [](const http::Request&) { return http::Response{.status = 201}; };
  EXPECT_EQ(unwatched.exchange({.method = "PUT", .url = api_ + "a/manifests/" + kDigest}, {}).status, 201);
  EXPECT_THAT(left(), IsEmpty());
}

}  // namespace
}  // namespace referee::cli
