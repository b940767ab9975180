// The words of the catalogue in plain ones.
#include "harness/spec/glossary.h"

#include <regex>
#include <set>

#include "harness/spec/gate.h"
#include "harness/spec/requirement.h"

namespace referee::spec {
namespace {

TEST(Glossary, HasEachWordOnce) {
  std::set<std::string_view> words;
  for (const auto& term : glossary()) {
    EXPECT_TRUE(words.insert(term.word).second) << term.word;
    EXPECT_FALSE(term.meaning.empty()) << term.word;
    EXPECT_EQ(term_named(term.word), &term);
  }
  EXPECT_EQ(term_named("g-ref"), term_named("G-REF"));
  EXPECT_EQ(term_named("G-NONE"), nullptr);
}

TEST(Glossary, MeansByGatesWhatTheListOfGatesSays) {
  for (const Gate gate : all_gates()) {
    const auto* term = term_named(name(gate));
    ASSERT_NE(term, nullptr) << name(gate);
    EXPECT_EQ(term->meaning, meaning(gate));
  }
}

TEST(Glossary, PutsShorthandIntoPlainWords) {
  EXPECT_EQ(in_plain_words("G-DEL. `DELM(REPO2,S)`"),
            "only where manifests can be deleted. `DELETE manifest(another repository,S)`");
  EXPECT_EQ(in_plain_words("R-idx0, not R-idx"),
            "an index as referrer, without artifactType, not an index as referrer");
  EXPECT_EQ(in_plain_words("LISTED in X-LIST"), "LISTED in X-LIST");
}

TEST(Glossary, TellsWhatSingleLettersMean) {
  const auto used = terms_in("`PUT(R)`. A list of S");
  ASSERT_EQ(used.size(), 2u);
  EXPECT_EQ(used[0]->word, "S");
  EXPECT_EQ(used[1]->word, "R");
}

TEST(Glossary, LeavesNoShorthandInTheCatalogue) {
  const std::regex shorthand(R"(\b(G-[A-Z0-9]+|MT-[A-Z]+|AT-[A-Z]+|DELM|GETM|HEADM|O?LIST(ALL)?|S0|REPO2?)\b)");
  for (const auto& row : all_requirements()) {
    for (const auto text : {row.text, row.check, row.notes}) {
      const auto plain = in_plain_words(text);
      EXPECT_FALSE(std::regex_search(plain, shorthand)) << row.id << ": " << plain;
    }
  }
}

}  // namespace
}  // namespace referee::spec
