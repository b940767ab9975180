// Tests of the names of editions, levels and verdicts.
#include "harness/spec/edition.h"

namespace referee::spec {
namespace {

using testing::Eq;
using testing::Optional;

TEST(Edition, NamesReadBackAsTheirEdition) {
  EXPECT_THAT(all_editions(), testing::SizeIs(kEditionCount));
  for (const Edition edition : all_editions()) EXPECT_THAT(edition_named(name(edition)), Optional(edition));
}

TEST(Edition, AreNamedAsOnTheCommandLine) {
  std::vector<std::string_view> names;
  for (const Edition edition : all_editions()) names.push_back(name(edition));
  EXPECT_THAT(names, testing::ElementsAre("oras-phase1-sm", "oras-phase1", "oras-draft.1", "oras-draft.1.1",
                                          "oras-rc.1", "oras-rc.2", "oci-1.1.0", "oci-1.1.1", "oci-main"));
}

TEST(Edition, StandAtTheirOwnPlace) {
  for (std::size_t i = 0; i < kEditionCount; ++i) EXPECT_THAT(static_cast<std::size_t>(all_editions()[i]), Eq(i));
}

TEST(Edition, OtherTextsNameNone) {
  for (const char* text : {"", "oci", "OCI-1.1.1", "oci-1.1.1 ", "oras-rc1", "oci-1.1"}) {
    EXPECT_THAT(edition_named(text), Eq(std::nullopt)) << text;
  }
}

TEST(Edition, BelongsToTheFamilyOfItsName) {
  for (const Edition edition : all_editions()) {
    EXPECT_THAT(family(edition), Eq(name(edition).starts_with("oras-") ? Family::kOras : Family::kOci));
  }
}

TEST(Level, NamesReadBackAsTheirLevel) {
  for (const Level level :
       {Level::kMust, Level::kMustNot, Level::kShould, Level::kShouldNot, Level::kMay, Level::kImplied}) {
    EXPECT_THAT(level_named(name(level)), Optional(level));
  }
  EXPECT_THAT(name(Level::kShouldNot), Eq("SHOULD NOT"));
  EXPECT_THAT(level_named("must"), Eq(std::nullopt));
}

TEST(Verdict, NamesReadBackAsTheirVerdict) {
  for (const Verdict verdict : {Verdict::kInfo, Verdict::kWarn, Verdict::kFail}) {
    EXPECT_THAT(verdict_named(name(verdict)), Optional(verdict));
  }
  EXPECT_THAT(verdict_named("PASS"), Eq(std::nullopt));
}

TEST(Verdict, TheWorstOfSeveralIsTheirMaximum) {
  EXPECT_THAT(std::max({Verdict::kWarn, Verdict::kFail, Verdict::kInfo}), Eq(Verdict::kFail));
  EXPECT_THAT(std::max(Verdict::kInfo, Verdict::kWarn), Eq(Verdict::kWarn));
}

TEST(Binding, PrintsLevelAndVerdict) {
  EXPECT_THAT(testing::PrintToString(Binding{Level::kMustNot, Verdict::kWarn}), Eq("MUST NOT -> WARN"));
}

}  // namespace
}  // namespace referee::spec
