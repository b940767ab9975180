#include "harness/cli/sweeping/search.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "harness/engine/testing/scripted_transport.h"
#include "harness/oci/digest.h"

namespace referee::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Documents by their URL; a page may name the next.
class Site {
 public:
  struct Document {
    std::string body;
    std::string next;
  };

  void put(const std::string& path, const std::string& body, const std::string& next = "") {
    documents_[kBase + path] = {body, next};
  }
  Found search() {
    http::Client client(wire_.wire(), {.base = kBase});
    return cli::search(client, "referee", "k3");
  }

 private:
  http::Response answer(const http::Request& request) const {
    const auto found = documents_.find(request.url);
    if (found == documents_.end()) return {.status = 404, .url = request.url};
    http::Response response{.status = 200, .body = found->second.body, .url = request.url};
    if (const auto& next = found->second.next; !next.empty()) {
      response.headers.add("Link", fmt::format("<{}>; rel=\"next\"", next));
    }
    return response;
  }

  const std::string kBase = "http://registry";
  std::map<std::string, Document> documents_;
  engine::testing::TestWire wire_{[this](const http::Request& request) { return answer(request); }};
};

TEST(SearchForARun, FollowsTagsToSubjectsReferrersChildrenAndBlobs) {
  Site site;
  site.put("/v2/_catalog", R"({"repositories": ["referee/k3-1", "other/k3-1"]})", "/v2/_catalog?last=o");
  site.put("/v2/_catalog?last=o", R"({"repositories": ["referee/k34-1", "referee/k3-2"]})");
  site.put("/v2/referee/k3-1/tags/list", R"({"tags": ["v1"]})");
  site.put("/v2/referee/k3-2/tags/list", R"({"tags": null})");
  const std::string index = R"({"manifests": [{"digest": "sha256:child"}]})";
  const auto digest = oci::Digest::of(index).text();
  site.put("/v2/referee/k3-1/manifests/v1", index);
  site.put(
      "/v2/referee/k3-1/manifests/sha256:child",
      R"({"config": {"digest": "sha256:config"}, "layers": [{"digest": "sha256:layer"}, {"digest": "sha256:layer"}]})");
  site.put("/v2/referee/k3-1/referrers/" + digest, R"({"manifests": [{"digest": "sha256:signature"}]})");
  site.put("/v2/referee/k3-1/manifests/sha256:signature",
           fmt::format(R"({{"subject": {{"digest": "{}"}}, "blobs": [{{"digest": "sha256:blob"}}]}})", digest));
  const auto found = site.search();
  EXPECT_THAT(found.repositories, ElementsAre("referee/k3-1", "referee/k3-2"));
  const std::string in = "referee/k3-1";
  EXPECT_THAT(found.items, ElementsAre(PushedItem{false, in, "sha256:blob"}, PushedItem{false, in, "sha256:layer"},
                                       PushedItem{false, in, "sha256:config"}, PushedItem{true, in, digest},
                                       PushedItem{true, in, "sha256:signature"}, PushedItem{true, in, "sha256:child"}));
  EXPECT_EQ(found.fault, "");
}

TEST(SearchForARun, FindsNothingWhereThereIsNoCatalogue) {
  Site site;
  const auto found = site.search();
  EXPECT_THAT(found.items, IsEmpty());
  EXPECT_THAT(found.repositories, IsEmpty());
  EXPECT_THAT(found.fault, HasSubstr("/v2/_catalog was answered 404"));
}

TEST(SearchForARun, SurvivesWhatIsNotJson) {
  Site site;
  site.put("/v2/_catalog", R"({"repositories": ["referee/k3-1", 7]})", "/v2/_catalog");
  site.put("/v2/referee/k3-1/tags/list", R"({"tags": ["v1", "v2"]})");
  site.put("/v2/referee/k3-1/manifests/v1", "<html>");
  site.put("/v2/referee/k3-1/manifests/v2",
           R"({"config": 3, "layers": {"digest": 4}, "manifests": "x", "subject": []})");
  EXPECT_EQ(site.search().items.size(), 2U);
}

}  // namespace
}  // namespace referee::cli
