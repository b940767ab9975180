// What the model says of ORAS artifacts, and of requests that are wrong on purpose.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "harness/oci/names.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "suites/model/model.h"
#include "suites/model/oras_rows.h"

namespace referee::model {
namespace {

using namespace spec::literals;  // NOLINT(google-build-using-namespace)
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kServer = "http://oras.example";

std::string digest_text(const std::string& bytes) { return oci::Digest::of(bytes).text(); }

std::string image_of(const std::string& note) {
  return fmt::format(R"({{"schemaVersion":2,"config":{{"mediaType":"a/b"}},"annotations":{{"note":"{}"}}}})", note);
}

std::string artifact_of(const std::string& subject, const std::string& created) {
  const auto dated = created.empty() ? "" : fmt::format(R"("{}":"{}",)", oci::kOrasCreated, created);
  return fmt::format(
      R"({{"mediaType":"{}","artifactType":"application/x","subject":{{"digest":"{}"}},"annotations":{{{}"note":"n"}}}})",
      oci::kOrasArtifact, subject, dated);
}

std::string listed(const std::string& bytes, const std::string& type = "application/x") {
  return fmt::format(R"({{"mediaType":"{}","digest":"{}","size":{},"artifactType":"{}"}})", oci::kOrasArtifact,
                     digest_text(bytes), bytes.size(), type);
}

// Exchanges that take no time, with a registry that is never late.
class Exchanges {
 public:
  explicit Exchanges(spec::Edition edition) : edition_(edition), model_(edition, std::chrono::seconds(0)) {}

  std::vector<std::string> put(std::string_view type, const std::string& bytes, int status = 201,
                               const std::string& reference = "") {
    auto one = begin("PUT", fmt::format("/v2/r/manifests/{}", reference.empty() ? digest_text(bytes) : reference));
    one.sent_type = std::string(type);
    one.sent_body = bytes;
    one.answer.status = status;
    one.answer.headers = {{"Location", "/v2/r/manifests/" + (location_.empty() ? digest_text(bytes) : location_)}};
    return hear(one);
  }
  std::vector<std::string> list(const std::string& subject, const std::string& entries, const std::string& query = "",
                                int status = 200) {
    const bool oras = spec::family(edition_) == spec::Family::kOras;
    auto one = begin("GET", oras ? fmt::format("/v2/r/_oras/artifacts/referrers?digest={}{}", subject, query)
                                 : fmt::format("/v2/r/referrers/{}", subject));
    one.answer.status = status;
    one.answer.headers = {{"Content-Type", oras ? "application/json" : std::string(oci::kImageIndex)}};
    if (!next_.empty()) one.answer.headers.add("Link", fmt::format("<{}>; rel=\"next\"", std::exchange(next_, "")));
    one.answer.body = oras ? fmt::format(R"({{"referrers":[{}]}})", entries)
                           : fmt::format(R"({{"schemaVersion":2,"manifests":[{}]}})", entries);
    return hear(one);
  }
  void lead_to(const std::string& location) { location_ = location; }
  /// The next list goes on elsewhere.
  void announce_a_page() { next_ = "/v2/r/_oras/artifacts/referrers?digest=a-page"; }

 private:
  static Observation begin(const std::string& method, const std::string& path) {
    const auto url = kServer + path;
    Observation one{.method = method, .url = url, .place = place_of(url, kServer)};
    one.answer.url = url;
    one.answer.method = method;
    return one;
  }
  std::vector<std::string> hear(const Observation& one) {
    std::vector<std::string> rows;
    for (const auto& said : model_.hear(one)) rows.emplace_back(said.requirement.text());
    return rows;
  }

  spec::Edition edition_;
  Model model_;
  std::string location_;
  std::string next_;
};

const std::string kImage = image_of("subject");
const std::string kOld = artifact_of(digest_text(kImage), "2022-06-11T12:00:00Z");
const std::string kNew = artifact_of(digest_text(kImage), "2022-06-12T12:00:00Z");
const std::string kUndated = artifact_of(digest_text(kImage), "");

class Artifacts : public ::testing::Test {
 protected:
  void push_all() {
    EXPECT_THAT(registry_.put(oci::kImageManifest, kImage), IsEmpty());
    for (const auto& each : {kOld, kNew, kUndated}) EXPECT_THAT(registry_.put(oci::kOrasArtifact, each), IsEmpty());
  }
  std::vector<std::string> listed_as(const std::vector<std::string>& artifacts, const std::string& query = "") {
    std::string entries;
    for (const auto& each : artifacts) entries += (entries.empty() ? "" : ",") + listed(each);
    return registry_.list(digest_text(kImage), entries, query);
  }

  Exchanges registry_{spec::Edition::kOrasRc2};
};

TEST_F(Artifacts, AreListedNewestFirst) {
  push_all();
  EXPECT_THAT(listed_as({kNew, kOld, kUndated}), IsEmpty());
  EXPECT_THAT(listed_as({kOld, kNew, kUndated}), ElementsAre("oras.sort.newest-first"));
  EXPECT_THAT(listed_as({kNew, kUndated, kOld}), ElementsAre("oras.sort.undated-last"));
  EXPECT_THAT(listed_as({kUndated, kNew, kOld}, "&artifactType=application/x"), ElementsAre("oras.sort.with-filter"));
}

TEST_F(Artifacts, AreListedByTheInstantThatTheirDateNames) {
  const auto earlier = artifact_of(digest_text(kImage), "2022-06-13T01:30:00+13:30");  // 12:00 of the day before
  const auto later = artifact_of(digest_text(kImage), "2022-06-12T12:00:01Z");
  const auto unclear = artifact_of(digest_text(kImage), "2022-06-12");
  registry_.put(oci::kImageManifest, kImage);
  for (const auto& each : {earlier, later, unclear}) registry_.put(oci::kOrasArtifact, each);
  EXPECT_THAT(listed_as({later, unclear, earlier}), IsEmpty());
  EXPECT_THAT(listed_as({earlier, later, unclear}), ElementsAre("oras.sort.instant"));
}

TEST_F(Artifacts, ComeInPagesOfTheSizeThatIsAskedForOnceTheyDid) {
  push_all();
  EXPECT_THAT(listed_as({kNew, kOld, kUndated}, "&n=1"), IsEmpty());
  registry_.announce_a_page();
  listed_as({kNew}, "&n=1");
  registry_.announce_a_page();
  listed_as({kNew, kOld}, "&n=2");
  EXPECT_THAT(listed_as({kNew, kOld, kUndated}, "&n=1"), ElementsAre("oras.page.n-limits"));
  EXPECT_THAT(listed_as({kNew, kOld, kUndated}, "&n=3"), IsEmpty());
}

TEST_F(Artifacts, AreAllListedOrAllThatMatch) {
  push_all();
  EXPECT_THAT(listed_as({kNew, kOld}), ElementsAre("oras.referrers.complete"));
  EXPECT_THAT(listed_as({kNew, kOld}, "&artifactType=application/x"), ElementsAre("oras.filter.all-or-matching"));
  EXPECT_THAT(listed_as({}, "&artifactType=application/y"), IsEmpty());
  EXPECT_THAT(listed_as({kNew, kOld, kUndated}, "&artifactType=application/y"), IsEmpty());
  EXPECT_THAT(listed_as({kNew}, "&artifactType=application/y"), ::testing::Contains("oras.filter.all-or-matching"));
}

TEST_F(Artifacts, AreRefusedWithoutTheirSubject) {
  EXPECT_THAT(registry_.put(oci::kOrasArtifact, kOld, 400), IsEmpty());
  EXPECT_THAT(registry_.put(oci::kOrasArtifact, kNew, 404), IsEmpty());  // graded by a check
  EXPECT_THAT(registry_.put(oci::kOrasArtifact, kUndated, 201), ElementsAre("oras.subject.missing-400"));
}

TEST_F(Artifacts, AreListedUnderTheSha512OfTheSubjectThatWasFoundByIt) {
  const auto subject = oci::Digest::of(kImage, oci::Algorithm::kSha512).text();
  const auto artifact = artifact_of(subject, "");
  EXPECT_THAT(registry_.list(subject, "", "", 400), IsEmpty());
  EXPECT_THAT(registry_.put(oci::kImageManifest, kImage, 201, subject), IsEmpty());
  EXPECT_THAT(registry_.list(subject, "", "", 400), IsEmpty());
  EXPECT_THAT(registry_.put(oci::kOrasArtifact, artifact), IsEmpty());
  EXPECT_THAT(registry_.list(subject, listed(artifact)), IsEmpty());
  EXPECT_THAT(registry_.list(subject, ""), ElementsAre("oras.referrers.complete"));
  EXPECT_THAT(registry_.list(subject, "", "", 400), ElementsAre("oras.referrers.success-200"));
}

TEST_F(Artifacts, SayTheirTypeAndSize) {
  push_all();
  const auto others = "," + listed(kOld) + "," + listed(kUndated);
  EXPECT_THAT(registry_.list(digest_text(kImage), listed(kNew, "application/z") + others),
              ElementsAre("oras.referrers.descriptor-artifacttype"));
}

TEST_F(Artifacts, OfAnImageAreNotThoseOfTheEditionsOfOci) {
  const auto referrer =
      fmt::format(R"({{"config":{{"mediaType":"a/b"}},"subject":{{"digest":"{}"}}}})", digest_text(kImage));
  EXPECT_THAT(registry_.put(oci::kImageManifest, kImage), IsEmpty());
  EXPECT_THAT(registry_.put(oci::kImageManifest, referrer), IsEmpty());
  EXPECT_THAT(listed_as({}), IsEmpty());
}

TEST(OddRequests, ForListsOfNoDigestAreRefused) {
  Exchanges registry(spec::Edition::kOci111);
  const auto digest = digest_text(kImage);
  EXPECT_THAT(registry.put(oci::kImageManifest, kImage), IsEmpty());
  EXPECT_THAT(registry.list(digest, ""), IsEmpty());
  EXPECT_THAT(registry.list(digest + "0", ""), ElementsAre("oci.referrers.list.bad-digest.sha256-length"));
  EXPECT_THAT(registry.list("sha256:" + std::string(64, 'g'), ""),
              ElementsAre("oci.referrers.list.bad-digest.sha256-charset"));
  EXPECT_THAT(registry.list("sha256:" + std::string(64, 'A'), ""),
              ElementsAre("oci.referrers.list.bad-digest.uppercase"));
  EXPECT_THAT(registry.list("latest", ""), ElementsAre("oci.referrers.list.bad-digest.tag"));
  EXPECT_THAT(registry.list("latest", "", "", 400), IsEmpty());
}

TEST(OddRequests, UnderTheDigestOfAnotherManifestAreRefused) {
  Exchanges registry(spec::Edition::kOci111);
  const auto other = digest_text("other");
  EXPECT_THAT(registry.put(oci::kImageManifest, kImage, 201, other), ElementsAre("oci.manifest.digest-mismatch-400"));
  EXPECT_THAT(registry.put(oci::kImageManifest, kImage, 400, other), IsEmpty());
}

TEST(OddRequests, AreNoneWhereALocationLeadsToTheManifest) {
  Exchanges registry(spec::Edition::kOci111);
  EXPECT_THAT(registry.put(oci::kImageManifest, kImage, 201, "a-tag"), IsEmpty());
  registry.lead_to("a-tag");
  EXPECT_THAT(registry.put(oci::kImageManifest, kImage), IsEmpty());
  registry.lead_to(digest_text("other"));
  EXPECT_THAT(registry.put(oci::kImageManifest, kImage), ElementsAre("oci.manifest.location"));
}

TEST(OrasRows, DependOnTheKindOfWhatIsPulled) {
  EXPECT_EQ(oras_row("oci.manifest.get-200"_requirement, Kind::kArtifact)->text(), "oras.manifest.untagged-kept");
  EXPECT_EQ(oras_row("oci.manifest.get-200"_requirement, Kind::kImage)->text(), "oras.isolation.image-unaffected");
  EXPECT_EQ(oras_row("oci.subject.missing-201"_requirement, Kind::kArtifact), std::nullopt);
}

}  // namespace
}  // namespace referee::model
