#include "suites/model/hearing_checks.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/model/ordinary.h"

namespace referee::model {
namespace {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kAt = "http://registry.example";
constexpr const char* kImageType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* kListType = "application/vnd.oci.image.index.v1+json";
constexpr const char* kSomeDigest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

std::string named(const std::string& bytes) { return oci::Digest::of(bytes).text(); }

std::string described(const std::string& type) {
  return fmt::format(R"({{"mediaType":"{}","digest":"{}","size":2}})", type, kSomeDigest);
}

std::string document(const std::string& subject, const std::string& nonce, const std::string& type = "application/x") {
  const auto refers =
      subject.empty() ? ""
                      : fmt::format(R"("subject":{{"mediaType":"{}","digest":"{}","size":2}},)", kImageType, subject);
  return fmt::format(
      R"({{"schemaVersion":2,"mediaType":"{}","artifactType":"{}","config":{},"layers":[{}],{}"annotations":{{"org.example.nonce":"{}"}}}})",
      kImageType, type, described("application/vnd.oci.empty.v1+json"), described("a/b"), refers, nonce);
}

const std::string kPlainImage = document("", "image");
const std::string kPlainReferrer = document(named(kPlainImage), "referrer");
const std::string kMalformed = document(named(kPlainImage), "broken", "no type");  // its artifactType is malformed

std::string an_entry_of(const std::string& bytes) {
  return fmt::format(
      R"({{"mediaType":"{}","digest":"{}","size":{},"artifactType":"application/x","annotations":{{"org.example.nonce":"referrer"}}}})",
      kImageType, named(bytes), bytes.size());
}

// What a check and a registry say to each other; each exchange takes a second.
class Conversing {
 public:
  explicit Conversing(std::set<std::string> shared = {})
      : shared_(std::move(shared)), hearing_({spec::Edition::kOci111, 0ms, true, shared_}, 0ms) {}

  std::vector<std::string> put(const std::string& bytes, const std::string& reference = "", int status = 201) {
    auto one = begin("PUT", "manifests/" + (reference.empty() ? named(bytes) : reference));
    one.sent_type = kImageType;
    one.sent_body = bytes;
    one.answer.status = status;
    one.answer.headers = {{"Location", "/x"}};
    if (bytes.find("subject") != std::string::npos) one.answer.headers.add("OCI-Subject", named(kPlainImage));
    return hear(one);
  }
  std::vector<std::string> remove(const std::string& reference) {
    auto one = begin("DELETE", "manifests/" + reference);
    one.answer.status = 202;
    return hear(one);
  }
  std::vector<std::string> get(const std::string& reference, int status,
                               http::HeaderLine header = {"Accept", kImageType}) {
    auto one = begin("GET", "manifests/" + reference);
    one.sent_headers = {std::move(header)};
    one.answer.status = status;
    return hear(one);
  }
  std::vector<std::string> list(const std::string& entries, const std::string& query = "") {
    auto one = begin("GET", "referrers/" + named(kPlainImage) + query);
    one.answer.status = 200;
    one.answer.headers = {{"Content-Type", kListType}};
    one.answer.body = fmt::format(R"({{"schemaVersion":2,"mediaType":"{}","manifests":[{}]}})", kListType, entries);
    return hear(one);
  }
  /// The next exchange begins before the last one has ended.
  void at_once() { now_ -= 500ms; }

 private:
  Observation begin(const std::string& method, const std::string& path) {
    const auto url = fmt::format("{}/v2/r/{}", kAt, path);
    Observation one{.method = method, .url = url, .place = place_of(url, kAt), .when = {now_, now_ + 1s}};
    now_ += 1s;
    one.answer.url = url;
    one.answer.method = method;
    return one;
  }
  std::vector<std::string> hear(const Observation& one) {
    std::vector<std::string> rows;
    for (const auto& said : hearing_.hear(one)) rows.emplace_back(said.requirement.text());
    return rows;
  }

  std::set<std::string> shared_;
  HearingChecks hearing_;
  http::WallTime now_{};
};

TEST(HearingChecks, MissesAnEntryOfAPlainReferrer) {
  Conversing check;
  check.put(kPlainImage);
  EXPECT_THAT(check.put(kPlainReferrer), IsEmpty());
  EXPECT_THAT(check.list(an_entry_of(kPlainReferrer)), IsEmpty());
  EXPECT_THAT(check.list(""), ElementsAre("oci.subject.newly-pushed-all"));
  EXPECT_THAT(check.get(named(kPlainReferrer), 404), ElementsAre("oci.manifest.get-200"));
}

TEST(HearingChecks, SaysNothingOfManifestsThatAreMalformed) {
  Conversing check;
  check.put(kPlainImage);
  EXPECT_THAT(check.put(kMalformed), IsEmpty());
  EXPECT_THAT(check.list(""), IsEmpty());
  EXPECT_THAT(check.get(named(kMalformed), 404), IsEmpty());
}

TEST(HearingChecks, SaysNothingOfRefusals) {
  Conversing check;
  check.put(kPlainImage);
  check.put(kPlainReferrer);
  EXPECT_THAT(check.put(kPlainReferrer, "", 400), IsEmpty());
  EXPECT_THAT(check.list(""), ElementsAre("oci.subject.newly-pushed-all")) << "it was taken before";
}

TEST(HearingChecks, SaysNothingWhereAQuestionIsOdd) {
  Conversing check;
  check.put(kPlainImage);
  check.put(kPlainReferrer);
  EXPECT_THAT(check.list("", "?unknown=1"), IsEmpty());
  EXPECT_THAT(check.list("", "?artifactType=APPLICATION/x"), IsEmpty()) << "differs in capitals alone";
  EXPECT_THAT(check.get(named(kPlainReferrer), 404, {"Accept", "text/plain"}), IsEmpty());
  EXPECT_THAT(check.get(named(kPlainReferrer), 304, {"If-None-Match", "\"x\""}), IsEmpty());
}

TEST(HearingChecks, SaysNothingMoreOnceADeletionCrossesAPush) {
  Conversing check;
  check.put(kPlainImage);
  check.put(kPlainReferrer);
  check.remove(named(kPlainImage));
  check.at_once();
  check.put(kPlainReferrer);
  EXPECT_THAT(check.list(""), IsEmpty());
}

TEST(HearingChecks, SaysNothingMoreOnceSomethingUnknownIsDeleted) {
  Conversing check;
  check.put(kPlainImage);
  check.put(kPlainReferrer);
  check.put(kMalformed);
  check.remove(named(kMalformed));
  EXPECT_THAT(check.list(""), IsEmpty()) << "what the registry made of it, and took with it, is open";
}

TEST(HearingChecks, SaysNothingMoreOnceATagOfReferrersIsPushed) {
  Conversing check;
  check.put(kPlainImage);
  check.put(document("", "listed by tag"), "sha256-" + named(kPlainImage).substr(7));
  EXPECT_THAT(check.list(an_entry_of(kPlainReferrer)), IsEmpty());
}

TEST(HearingChecks, WantsANonceWhereOthersPush) {
  const auto alike = document("", "x");
  std::string without = alike;
  without.replace(without.find("org.example.nonce"), 17, "org.example.title");
  Conversing check({"r"});
  check.put(without);
  EXPECT_THAT(check.get(named(without), 404), IsEmpty()) << "others may push and delete the same";
  check.put(alike);
  EXPECT_THAT(check.get(named(alike), 404), ElementsAre("oci.manifest.get-200"));
}

TEST(OrdinaryDocuments, HaveWhatIsDemandedOfThem) {
  const auto is = [](std::string text, const std::string& what, const std::string& with) {
    if (!what.empty()) text.replace(text.find(what), what.size(), with);
    return is_ordinary_document(kImageType, text, spec::Edition::kOci111);
  };
  EXPECT_TRUE(is(kPlainReferrer, "", ""));
  EXPECT_FALSE(is(kPlainReferrer, R"("schemaVersion":2)", R"("schemaVersion":"2")"));
  EXPECT_FALSE(is(kPlainReferrer, R"("size":2)", R"("size":-2)"));
  EXPECT_FALSE(is(kPlainReferrer, R"("org.example.nonce":"referrer")", R"("org.example.nonce":1)"));
  EXPECT_FALSE(is(kPlainReferrer, R"("schemaVersion":2)", R"("schemaVersion":2,"schemaVersion":2)"));
  EXPECT_FALSE(is(kPlainReferrer, named(kPlainImage), "sha256:short"));
  EXPECT_FALSE(is(kPlainReferrer, R"("subject":)", R"("subjectManifest":)")) << "the key of another revision";
  EXPECT_FALSE(is_ordinary_document(kListType, kPlainReferrer, spec::Edition::kOci111)) << "pushed under another type";
}

}  // namespace
}  // namespace referee::model
