#include "harness/cli/commands/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/spec/requirement.h"

namespace referee::cli {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Ne;
using ::testing::Optional;

TEST(Explain, KnowsEveryIdThatItOffers) {
  const auto ids = explained_ids();
  EXPECT_THAT(ids.size(), Gt(spec::all_requirements().size() + spec::all_mutants().size()));
  for (const auto& id : ids) EXPECT_THAT(explanation(id), Optional(HasSubstr(id))) << id;
  EXPECT_THAT(explanation("nothing"), Eq(std::nullopt));
}

TEST(Explain, TellsARequirementWithItsSource) {
  const auto text = explanation("oras.subject.missing-400");
  ASSERT_THAT(text, Ne(std::nullopt));
  EXPECT_THAT(*text, AllOf(HasSubstr("oras-rc.2"), HasSubstr("MUST"), HasSubstr("https://github.com/"),
                           HasSubstr("oras.subject.missing-400#a"), HasSubstr("X01")));
}

TEST(Explain, SpeaksNoShorthand) {
  const auto text = explanation("oci.delete.manifest-202");
  ASSERT_THAT(text, Ne(std::nullopt));
  EXPECT_THAT(*text, AllOf(HasSubstr("manifests can be deleted"), HasSubstr("DELETE manifest"),
                           ::testing::Not(HasSubstr("G-DEL")), ::testing::Not(HasSubstr("DELM"))));
  EXPECT_THAT(explanation("g-ref"), Optional(HasSubstr("the OCI referrers API is offered")));
}

TEST(Explain, SaysWhatImpliedMeans) {
  EXPECT_THAT(explanation("implied"), Optional(HasSubstr("without a key word")));
  EXPECT_THAT(explanation("oci.referrers.list.accept-tolerant"), Optional(HasSubstr("implied: a level without")));
}

}  // namespace
}  // namespace referee::cli
