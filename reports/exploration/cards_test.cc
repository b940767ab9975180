// The sentences that lead an exploration.
#include "reports/exploration/cards.h"

#include <gmock/gmock.h>

#include "harness/spec/literals/probes.h"
#include "reports/exploration/exploration_json.h"
#include "reports/testing/sample_exploration.h"

namespace referee::reports {
namespace {

using spec::Edition;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::HasSubstr;

using namespace spec::literals;  // NOLINT(google-build-using-namespace)

auto says(const std::string& specs, const std::string& text) {
  return ::testing::AllOf(Field(&CardLine::specs, Eq(specs)), Field(&CardLine::text, Eq(text)));
}

TEST(Cards, AnswerEachQuestionForEachRegistry) {
  const auto exploration = sample_exploration();
  const auto cards = cards_of(matrix_of(exploration));
  ASSERT_EQ(cards.size(), 5u);
  EXPECT_THAT(cards[0].question, HasSubstr("signatures when the image is deleted"));
  EXPECT_THAT(cards[0].says[0],
              ElementsAre(says("oci-1.1.1",
                               "Signatures stay when their image is deleted, and its list still shows them. Garbage "
                               "collection takes 1 of 3 signatures that were tried: untagged on a tagged subject. "
                               "After garbage collection 1 of 3 are kept, unlisted: tagged on an absent subject."),
                          says("oras-rc.2", "Signatures are deleted together with their image.")));
  EXPECT_THAT(cards[1].says[0],
              ElementsAre(says("oci-1.1.1", "Yes: a signature is accepted in another repository, and listed there.")));
  EXPECT_THAT(cards[2].says[0],
              ElementsAre(says("oci-1.1.1",
                               "The signer may sign in the signature repository, but may not sign next to the image "
                               "(401) or list the image's signatures (401). Who gives no credentials may not sign "
                               "next to the image (401), sign in the signature repository (401) or list the image's "
                               "signatures (401).")));
  EXPECT_THAT(cards[2].says[1], ElementsAre(says("oci-1.1.1", "It was not tried: that needs `--signer-username`.")));
  EXPECT_THAT(cards[3].says[0],
              ElementsAre(says("oci-1.1.1", "Entries come in the order of digests. A page has 10 entries.")));
  EXPECT_THAT(
      cards[4].says[0],
      ElementsAre(
          says("oci-1.1.1", "The filter `artifactType` works, and the answer says so. A plus works only as `%2B`.")));
  EXPECT_THAT(cards[4].says[1], ElementsAre(says("oci-1.1.1", "None: the filter `artifactType` is ignored.")));
}

struct Deletion {
  const char* untagged;
  const char* tagged;
  const char* sentence;
};

class OnDeletion : public ::testing::TestWithParam<Deletion> {};

TEST_P(OnDeletion, IsToldInAPlainSentence) {
  const auto answer = [](spec::ProbeId id, const std::string& text) {
    return engine::ProbeResult{
        .probe = id, .edition = Edition::kOci111, .answer = text, .detail = {}, .started = {}, .exchanges = {}};
  };
  engine::Exploration seen;
  seen.observations = {answer("probe.delete.subject-untagged"_probe, GetParam().untagged),
                       answer("probe.delete.subject-tagged-referrer"_probe, GetParam().tagged)};
  const auto exploration = exploration_json({seen}, {.version = "1"});
  EXPECT_THAT(cards_of(matrix_of(exploration)).at(0).says.at(0), ElementsAre(says("oci-1.1.1", GetParam().sentence)));
}

INSTANTIATE_TEST_SUITE_P(
    All, OnDeletion,
    ::testing::Values(
        Deletion{"KEEP", "KEEP", "Signatures stay when their image is deleted."},
        Deletion{"CASCADE-NOW", "TAG-PROTECTS",
                 "Signatures are deleted together with their image. A tag on a signature keeps it."},
        Deletion{"CASCADE-LATE(collector)", "TAG-IGNORED",
                 "Signatures go with the first garbage collection after their image was deleted. A tag on a signature "
                 "does not keep it."},
        Deletion{"DELETE-REFUSED 409 DENIED", "", "The registry refuses to delete a signed image (409 DENIED)."},
        Deletion{"KEEP+LISTED: first; CASCADE-NOW: second", "KEEP",
                 "Deleting the image: `KEEP+LISTED: first; CASCADE-NOW: second` (KEEP+LISTED: the referrers stay, and "
                 "are listed; CASCADE-NOW: the referrers go with their subject)."}));

}  // namespace
}  // namespace referee::reports
