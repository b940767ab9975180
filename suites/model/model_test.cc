#include "suites/model/model.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"

namespace referee::model {
namespace {

using namespace spec::literals;        // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kBase = "http://registry.example";
constexpr const char* kType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* kIndexType = "application/vnd.oci.image.index.v1+json";

std::string digest_of(const std::string& bytes) { return oci::Digest::of(bytes).text(); }

std::string manifest(const std::string& subject, const std::string& note) {
  return fmt::format(
      R"({{"schemaVersion":2,"mediaType":"{}","artifactType":"application/x","config":{{"mediaType":"a/b"}},{}"annotations":{{"note":"{}"}}}})",
      kType, subject.empty() ? "" : fmt::format(R"("subject":{{"digest":"{}"}},)", subject), note);
}

std::string entry(const std::string& bytes, const std::string& note, const std::string& type = "application/x") {
  return fmt::format(
      R"({{"mediaType":"{}","digest":"{}","size":{},"artifactType":"{}","annotations":{{"note":"{}"}}}})", kType,
      digest_of(bytes), bytes.size(), type, note);
}

// A conversation in which each exchange takes no time, and time passes only where the test says so.
class Talk {
 public:
  explicit Talk(std::chrono::milliseconds settle) : model_(spec::Edition::kOci111, settle) {}

  std::vector<std::string> put(const std::string& bytes, const std::string& tag = "", const std::string& in = "r") {
    auto one = begin("PUT", fmt::format("{}/v2/{}/manifests/{}", kBase, in, tag.empty() ? digest_of(bytes) : tag));
    one.sent_type = kType;
    one.sent_body = bytes;
    one.answer.status = 201;
    one.answer.headers = {{"Location", "/x"}};
    if (const auto subject = read_manifest("", kType, bytes, spec::Edition::kOci111).subject) {
      one.answer.headers.add("OCI-Subject", *subject);
    }
    return hear(one);
  }
  std::vector<std::string> put_refused(const std::string& bytes, int status) {
    auto one = begin("PUT", fmt::format("{}/v2/r/manifests/{}", kBase, digest_of(bytes)));
    one.sent_type = kType;
    one.sent_body = bytes;
    one.answer.status = status;
    return hear(one);
  }
  std::vector<std::string> remove(const std::string& reference, int status = 202) {
    auto one = begin("DELETE", fmt::format("{}/v2/r/manifests/{}", kBase, reference));
    one.answer.status = status;
    return hear(one);
  }
  std::vector<std::string> get(const std::string& reference, int status, const std::string& bytes = "",
                               const std::string& in = "r") {
    auto one = begin("GET", fmt::format("{}/v2/{}/manifests/{}", kBase, in, reference));
    one.answer.status = status;
    one.answer.headers = {{"Content-Type", kType}, {"Docker-Content-Digest", digest_of(bytes)}};
    one.answer.body = bytes;
    return hear(one);
  }
  std::vector<std::string> get_at(const std::string& path, int status, const std::string& body) {
    auto one = begin("GET", kBase + path);
    one.answer.status = status;
    one.answer.body = body;
    return hear(one);
  }
  std::vector<std::string> head(const std::string& reference, const std::string& bytes) {
    auto one = begin("HEAD", fmt::format("{}/v2/r/manifests/{}", kBase, reference));
    one.answer.status = 200;
    one.answer.headers = {{"Content-Type", kType}};
    if (!bytes.empty()) one.answer.headers.add("Docker-Content-Digest", digest_of(bytes));
    return hear(one);
  }
  std::vector<std::string> list(const std::string& subject, const std::string& entries, const std::string& query = "",
                                http::Headers headers = {}) {
    auto one = begin("GET", fmt::format("{}/v2/r/referrers/{}{}", kBase, subject, query));
    one.answer.status = 200;
    one.answer.headers = std::move(headers);
    one.answer.headers.add("Content-Type", kIndexType);
    one.answer.body = fmt::format(R"({{"schemaVersion":2,"mediaType":"{}","manifests":[{}]}})", kIndexType, entries);
    return hear(one);
  }
  std::vector<std::string> list_refused(const std::string& subject, int status, const std::string& accept,
                                        const std::string& query = "") {
    auto one = begin("GET", fmt::format("{}/v2/r/referrers/{}{}", kBase, subject, query));
    one.sent_headers = {{"Accept", accept}};
    one.answer.status = status;
    return hear(one);
  }
  /// A page without entries that can be read, which leads on to that query.
  std::vector<std::string> unreadable_page(const std::string& subject, const std::string& next) {
    auto one = begin("GET", fmt::format("{}/v2/r/referrers/{}", kBase, subject));
    one.answer.status = 200;
    one.answer.headers = {{"Content-Type", kIndexType}, {"Link", "<" + one.url + next + ">; rel=\"next\""}};
    one.answer.body = R"({"schemaVersion":2,"referrers":[]})";
    return hear(one);
  }
  void pass(std::chrono::seconds time) { now_ += time; }

 private:
  Observation begin(const std::string& method, const std::string& url) {
    Observation one{.method = method, .url = url, .place = place_of(url, kBase), .when = {now_, now_}};
    one.answer.url = url;
    one.answer.method = method;
    one.sequence = ++sequence_;
    return one;
  }
  std::vector<std::string> hear(const Observation& one) {
    std::vector<std::string> rows;
    for (const auto& said : model_.hear(one)) rows.emplace_back(said.requirement.text());
    return rows;
  }

  Model model_;
  http::WallTime now_{};
  std::uint64_t sequence_ = 0;
};

const std::string kSubject = manifest("", "subject");
const std::string kOne = manifest(digest_of(kSubject), "one");
const std::string kTwo = manifest(digest_of(kSubject), "two");

TEST(Model, WantsListsUnderSha512WhereSuchASubjectWasAcknowledged) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.list(digest_of(kSubject), "");
  const auto subject = oci::Digest::of("never pushed", oci::Algorithm::kSha512).text();
  EXPECT_THAT(talk.list_refused(subject, 400, kIndexType), IsEmpty());
  const auto referrer = manifest(subject, "one");
  talk.put(referrer);
  EXPECT_THAT(talk.list_refused(subject, 400, kIndexType), ElementsAre("oci.referrers.list.known-200"));
  EXPECT_THAT(talk.list(subject, ""), ElementsAre("oci.subject.missing-listed"));
  EXPECT_THAT(talk.list(subject, entry(referrer, "one")), IsEmpty());
}

TEST(Model, WantsThePushedManifestWhereItsLocationLeads) {
  Talk talk(0s);
  talk.put(kSubject);  // which is at /x, says the answer
  EXPECT_THAT(talk.get_at("/x", 200, kSubject), IsEmpty());
  EXPECT_THAT(talk.get_at("/x", 200, kOne), ElementsAre("oci.manifest.location"));
  EXPECT_THAT(talk.get_at("/x", 404, ""), ElementsAre("oci.manifest.location"));
  EXPECT_THAT(talk.get_at("/y", 404, ""), IsEmpty());
  talk.remove(digest_of(kSubject));
  EXPECT_THAT(talk.get_at("/x", 404, ""), IsEmpty());
}

TEST(Model, ConcludesNothingFromTheRestOfAListThatItCannotRead) {
  Talk talk(0s);
  const auto subject = digest_of(kSubject);
  talk.put(kSubject);
  talk.put(kOne);
  EXPECT_THAT(talk.unreadable_page(subject, "?last=2"), ElementsAre("oci.referrers.list.body-index"));
  EXPECT_THAT(talk.list(subject, "", "?last=2"), IsEmpty());
  EXPECT_THAT(talk.list(subject, ""), ElementsAre("oci.subject.newly-pushed-all"));
}

TEST(Model, AgreesWithAnHonestConversation) {
  Talk talk(0s);
  EXPECT_THAT(talk.put(kSubject), IsEmpty());
  EXPECT_THAT(talk.put(kOne), IsEmpty());
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kOne, "one")), IsEmpty());
  EXPECT_THAT(talk.get(digest_of(kOne), 200, kOne), IsEmpty());
  EXPECT_THAT(talk.remove(digest_of(kOne)), IsEmpty());
  EXPECT_THAT(talk.list(digest_of(kSubject), ""), IsEmpty());
  EXPECT_THAT(talk.get(digest_of(kOne), 404), IsEmpty());
}

TEST(Model, MissesAReferrerOnceItHadTheTimeToShow) {
  Talk talk(30s);
  talk.put(kSubject);
  talk.put(kOne);
  EXPECT_THAT(talk.list(digest_of(kSubject), ""), IsEmpty()) << "it may be late";
  talk.pass(31s);
  EXPECT_THAT(talk.list(digest_of(kSubject), ""), ElementsAre("oci.subject.newly-pushed-all"));
}

TEST(Model, ReadsEachMemberOfAnEntry) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.put(kOne);
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kOne, "changed")), ElementsAre("oci.referrers.list.annotations"));
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kOne, "one", "application/y")),
              ElementsAre("oci.referrers.list.artifacttype-explicit"));
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kOne, "one") + "," + entry(kOne, "one")),
              ElementsAre("oci.referrers.list.no-duplicates"));
}

TEST(Model, HoldsAFilterToItsAnnouncement) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.put(kOne);
  const http::Headers announced = {{"OCI-Filters-Applied", "artifactType"}};
  const auto subject = digest_of(kSubject);
  EXPECT_THAT(talk.list(subject, entry(kOne, "one"), "?artifactType=application/x", announced), IsEmpty());
  EXPECT_THAT(talk.list(subject, "", "?artifactType=application/x", announced),
              ElementsAre("oci.referrers.filter.all-matching"));
  EXPECT_THAT(talk.list(subject, entry(kOne, "one"), "?artifactType=application/none", announced),
              ElementsAre("oci.referrers.filter.no-match-200"));
  EXPECT_THAT(talk.list(subject, entry(kOne, "one"), "?artifactType=application/none"), IsEmpty()) << "not applied";
  EXPECT_THAT(talk.list(subject, "", "?artifactType=application/none"), ElementsAre("oci.referrers.filter.header"));
}

TEST(Model, LeavesOpenWhatBecomesOfTheReferrersOfADeletedSubject) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.put(kOne);
  talk.list(digest_of(kSubject), entry(kOne, "one"));
  talk.remove(digest_of(kSubject));
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kOne, "one")), IsEmpty());
  EXPECT_THAT(talk.list(digest_of(kSubject), ""), IsEmpty());
  EXPECT_THAT(talk.get(digest_of(kOne), 404), IsEmpty());
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kOne, "one")), ElementsAre("oci.delete.subject-list-consistent"))
      << "what cannot be pulled is not listed";
}

TEST(Model, FollowsTagsToWhatTheyNameLast) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.put(manifest("", "another"), "tag");
  talk.put(kOne, "tag");
  EXPECT_THAT(talk.get("tag", 200, kOne), IsEmpty());
  EXPECT_THAT(talk.get("tag", 200, manifest("", "another")), ElementsAre("oci.manifest.get-200"));
  talk.remove("tag");
  EXPECT_THAT(talk.get("tag", 404), IsEmpty());
  EXPECT_THAT(talk.get("tag", 200, kOne), ElementsAre("oci.delete.tag-202"));
}

TEST(Model, KeepsRepositoriesApart) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.put(kOne, "", "other");
  EXPECT_THAT(talk.get(digest_of(kOne), 200, kOne), ElementsAre("oci.manifest.get-404-in-repo"));
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kOne, "one")), ElementsAre("oci.referrers.list.repo-scope"));
}

TEST(Model, TakesWhatSomebodyElsePushed) {
  Talk talk(0s);
  talk.put(kSubject);
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kTwo, "two")), IsEmpty()) << "not asked for yet";
  talk.get(digest_of(kTwo), 200, kTwo);
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(kTwo, "two")), IsEmpty()) << "it names the subject";
  const auto ghost = manifest(digest_of(kSubject), "ghost");
  for (int times = 0; times < 4; ++times) {
    EXPECT_THAT(talk.list(digest_of(kSubject), entry(ghost, "ghost")), IsEmpty()) << "it may have gone just now";
    talk.get(digest_of(ghost), 404);
  }
  EXPECT_THAT(talk.list(digest_of(kSubject), entry(ghost, "ghost")), ElementsAre("oci.referrers.list.digest-pullable"));
}

TEST(Model, GivesNoMeaningToAnswersAboutLoadAndRights) {
  Talk talk(0s);
  talk.put(kSubject);
  for (const int status : {401, 403, 429, 502, 503, 504}) EXPECT_THAT(talk.get(digest_of(kSubject), status), IsEmpty());
  EXPECT_THAT(talk.get(digest_of(kSubject), 500), ElementsAre("oci.manifest.get-200"));
}

TEST(Model, TakesADeletionThatFindsNothingForOneThatWasSentTwice) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.put(kOne);
  EXPECT_THAT(talk.remove(digest_of(kOne), 404), IsEmpty());
  EXPECT_THAT(talk.get(digest_of(kOne), 404), IsEmpty());
  EXPECT_THAT(talk.list(digest_of(kSubject), ""), IsEmpty());
  talk.put(kTwo);
  talk.remove(digest_of(kTwo), 404);
  EXPECT_THAT(talk.get(digest_of(kTwo), 200, kTwo), IsEmpty());
  EXPECT_THAT(talk.get(digest_of(kTwo), 404), ElementsAre("oci.manifest.get-200")) << "it was there still";
}

TEST(Model, LeavesOpenWhatAFailedRequestDid) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.remove(digest_of(kSubject), 503);
  EXPECT_THAT(talk.get(digest_of(kSubject), 404), IsEmpty());
}

TEST(Model, WantsNoAnnotationsOrAMapOfThem) {
  Talk talk(0s);
  const auto bare = fmt::format(
      R"({{"schemaVersion":2,"mediaType":"{}","artifactType":"application/x","subject":{{"digest":"{}"}}}})", kType,
      digest_of(kSubject));
  const auto listed = [&](const char* annotations) {
    return fmt::format(R"({{"mediaType":"{}","digest":"{}","size":{},"artifactType":"application/x"{}}})", kType,
                       digest_of(bare), bare.size(), annotations);
  };
  talk.put(kSubject);
  talk.put(bare);
  EXPECT_THAT(talk.list(digest_of(kSubject), listed("")), IsEmpty());
  EXPECT_THAT(talk.list(digest_of(kSubject), listed(R"(,"annotations":{})")), IsEmpty());
  EXPECT_THAT(talk.list(digest_of(kSubject), listed(R"(,"annotations":null)")),
              ElementsAre("oci.referrers.list.annotations-none"));
}

TEST(Model, WantsTheRestOfAListThatBeganWhateverTheAlgorithm) {
  Talk talk(0s);
  const auto subject = oci::Digest::of(kSubject, oci::Algorithm::kSha512).text();
  talk.put(kSubject);
  talk.list(digest_of(kSubject), "");
  EXPECT_THAT(talk.list_refused(subject, 400, kIndexType), IsEmpty()) << "a registry need not know it";
  talk.list(subject, "", "", {{"Link", fmt::format("</v2/r/referrers/{}?after=1>; rel=\"next\"", subject)}});
  EXPECT_THAT(talk.list_refused(subject, 300, kIndexType, "?after=1"), ElementsAre("oci.referrers.page.each-is-index"));
}

// The subject came between the refusal and the control: when it was refused, it was missing.
TEST(Model, TellsATagOfADeletedManifestFromADeletedTagByHeadToo) {
  Talk talk(0ms);
  talk.put(kOne, "tag");
  talk.remove(digest_of(kOne));
  EXPECT_THAT(talk.head("tag", kOne), ElementsAre("oci.delete.manifest-gone"));
  EXPECT_THAT(talk.head("tag", ""), IsEmpty()) << "without a digest";
}

TEST(Model, JudgesARefusalByTheSubjectAsItWasThen) {
  Talk talk(0ms);
  const std::string plain =
      R"({"schemaVersion":2,"mediaType":")" + std::string(kType) + R"(","config":{},"layers":[]})";
  auto with_subject = plain;
  with_subject.insert(with_subject.size() - 1, fmt::format(R"(,"subject":{{"digest":"{}"}})", digest_of(kSubject)));
  EXPECT_THAT(talk.put_refused(with_subject, 404), IsEmpty());
  EXPECT_THAT(talk.put(kSubject), IsEmpty());
  EXPECT_THAT(talk.put(plain), ElementsAre("oci.subject.missing-201"));
}

TEST(Model, GrantsARefusalToWhoTakesNoIndex) {
  Talk talk(0s);
  talk.put(kSubject);
  talk.list(digest_of(kSubject), "");
  EXPECT_THAT(talk.list_refused(digest_of(kSubject), 406, "application/json"), IsEmpty());
  EXPECT_THAT(talk.list_refused(digest_of(kSubject), 406, kIndexType), Not(IsEmpty()));
}

}  // namespace
}  // namespace referee::model
