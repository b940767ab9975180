// A pull-through cache as the target: an honest one passes, and what caches are known to do to lists is found. Upstream
// and the honest cache are the reference registry; a forwarder in between does what a bad one does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/cli/testing/forwarder.h"
#include "harness/cli/testing/judged.h"
#include "harness/cli/testing/process.h"
#include "harness/oci/digest.h"
#include "harness/oci/names.h"

namespace referee::cli {
namespace {

using ::testing::Contains;
using ::testing::Eq;
using testing::Forwarder;
using testing::Process;
using testing::results_of;
using Json = nlohmann::json;

const std::string kRepository = "library/app";

Json descriptor(const std::string& bytes, std::string_view type) {
  return {{"mediaType", type}, {"digest", oci::Digest::of(bytes).text()}, {"size", bytes.size()}};
}

// Pushes and ignores what comes back: the lists will show it.
class Pusher {
 public:
  explicit Pusher(std::string registry) : registry_(std::move(registry)) {}

  void blob(const std::string& bytes) {
    send("POST", fmt::format("blobs/uploads/?digest={}", oci::Digest::of(bytes).text()), "application/octet-stream",
         bytes);
  }
  std::string manifest(const std::string& bytes) {
    const auto digest = oci::Digest::of(bytes).text();
    send("PUT", "manifests/" + digest, std::string(oci::kImageManifest), bytes);
    return digest;
  }

 private:
  void send(const std::string& method, const std::string& path, const std::string& type, const std::string& body) {
    http::Request request{.method = method, .url = fmt::format("{}/v2/{}/{}", registry_, kRepository, path)};
    request.headers.add("Content-Type", type);
    request.body = body;
    EXPECT_THAT(transport_.exchange(request, {}).status, Eq(201)) << method << ' ' << path;
  }

  std::string registry_;
  http::CurlTransport transport_;
};

class Cache : public ::testing::Test {
 protected:
  Cache() {
    Pusher pusher(upstream());
    pusher.blob(std::string(oci::kEmptyBytes));
    const Json empty = descriptor(std::string(oci::kEmptyBytes), oci::kEmptyType);
    Json image = {{"schemaVersion", 2},
                  {"mediaType", oci::kImageManifest},
                  {"artifactType", "application/vnd.example.app"},
                  {"config", empty},
                  {"layers", {empty}}};
    subject_ = image.dump();
    pusher.manifest(subject_);
    image["subject"] = descriptor(subject_, oci::kImageManifest);
    for (int i = 0; i < 5; ++i) {
      image["annotations"]["number"] = std::to_string(i);
      referrers_.push_back(pusher.manifest(image.dump()));
    }
  }

  std::string upstream() const { return upstream_.line_after("listening on "); }
  std::string cache() const { return cache_.line_after("listening on "); }

  std::vector<std::string> reading(const std::string& url) const {
    return {"run",        url,        "--read-only", "--subject", kRepository + "@" + oci::Digest::of(subject_).text(),
            "--upstream", upstream(), "--spec",      "oci-1.1.1", "--settle",
            "300ms"};
  }

  const Process upstream_{{"serve", "--page-size", "2"}};
  const Process cache_{{"serve", "--page-size", "2", "--proxy-of", upstream()}};
  std::string subject_;
  std::vector<std::string> referrers_;
};

// The requirements of the failed checks, each once.
std::set<std::string> failed_rows(const Process& run) {
  std::set<std::string> rows;
  const auto results = results_of(run);
  for (const auto& check : results["checks"]) {
    if (check["outcome"] == "failed") rows.insert(check["requirement"]);
  }
  return rows;
}

TEST_F(Cache, ThatIsHonestShowsWhatUpstreamHas) {
  Process run(reading(cache()));
  EXPECT_THAT(run.wait(), Eq(0)) << run.output() << run.errors();
  EXPECT_THAT(testing::with_outcome(results_of(run), "passed"), Contains("Existing.ListsWhatUpstreamLists"));
  Process again({"rejudge", run.folder() + "/referee-results/results.json"});
  EXPECT_THAT(again.wait(), Eq(0)) << again.output() << again.errors();
}

TEST_F(Cache, ThatIsHonestKeepsWhatIsPushedToIt) {
  Process run({"run", cache(), "--spec", "oci-1.1.1", "--spec", "oras-rc.2", "--settle", "1s", "--cascade-wait", "1s"});
  EXPECT_THAT(run.wait(std::chrono::seconds(120)), Eq(0)) << run.output() << run.errors();
}

bool is_list(const http::Request& request) {
  return request.method == "GET" && request.url.find("/referrers/") != std::string::npos;
}

struct Spoiled {
  const char* name;
  http::Response (*answer)(http::Response honest);
  std::set<std::string> rows;  // empty: nothing is left to judge
};

void PrintTo(const Spoiled& spoiled, std::ostream* out) { *out << spoiled.name; }

class SpoilingCache : public Cache, public ::testing::WithParamInterface<Spoiled> {};

TEST_P(SpoilingCache, IsFound) {
  const Forwarder between(cache(), {.change = [](const http::Request& request, http::Response& response) {
                            if (is_list(request)) response = GetParam().answer(std::move(response));
                          }});
  Process run(reading(between.url()));
  EXPECT_THAT(run.wait(), Eq(GetParam().rows.empty() ? 3 : 1)) << run.output() << run.errors();
  EXPECT_THAT(failed_rows(run), Eq(GetParam().rows));
}

http::Response page_of(int status, const std::string& type, std::string body) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", type);
  response.body = std::move(body);
  return response;
}

http::Response with_link(http::Response honest, const std::string& target) {
  if (honest.headers.has("Link")) honest.headers.set("Link", fmt::format("<{}>; rel=\"next\"", target));
  return honest;
}

// Bugs met in caches: Harbor's dropped referrers and forwarded upstream's Link, a cache rule answered 424 where
// upstream redirected, another has no list at all.
const Spoiled kSpoiled[] = {
    {"ThatDropsReferrers",
     [](http::Response honest) {
       auto list = Json::parse(honest.body);
       list["manifests"] = Json::array();
       honest.body = list.dump();
       honest.headers.remove("Link");
       return honest;
     },
     {"oci.referrers.list.read-after-write"}},
    {"ThatForwardsALinkToUpstreamsRepository",
     [](http::Response honest) { return with_link(std::move(honest), "/v2/upstream/app/referrers/sha256:x"); },
     {"oci.referrers.page.link-resolvable"}},
    {"ThatForwardsALinkToUpstreamsHost",
     [](http::Response honest) { return with_link(std::move(honest), "http://127.0.0.1:9/v2/app/referrers/x?n=2"); },
     {"oci.referrers.page.link-resolvable"}},
    {"ThatCannotCopeWithUpstreamsRedirect",
     [](http::Response) { return page_of(424, "text/html", "<html>Failed Dependency</html>"); },
     {}},
    {"ThatFollowsUpstreamToAPageForPeople",
     [](http::Response) { return page_of(200, "text/html", "<html>Not found</html>"); },
     {"oci.referrers.list.body-index", "oci.referrers.list.content-type"}},
    {"WithoutAList",
     [](http::Response) { return page_of(404, "application/json", R"({"errors":[{"code":"UNSUPPORTED"}]})"); },
     {}},
};

INSTANTIATE_TEST_SUITE_P(All, SpoilingCache, ::testing::ValuesIn(kSpoiled),
                         [](const auto& spoiled) { return spoiled.param.name; });

TEST_F(Cache, WhoseUpstreamHidesWhatIsPushedToItIsFound) {
  const Forwarder between(cache(), {.change = [](const http::Request& request, http::Response& response) {
                            if (is_list(request) && request.url.find(kRepository) == std::string::npos) {
                              response = page_of(404, "application/json", "{}");
                            }
                          }});
  Process run({"run", between.url(), "--spec", "oci-1.1.1", "--filter", "oci.referrers.list.*", "--settle", "300ms"});
  EXPECT_THAT(run.wait(), Eq(1)) << run.output() << run.errors();
  EXPECT_THAT(failed_rows(run), Contains("oci.referrers.list.known-200"));
}

}  // namespace
}  // namespace referee::cli
