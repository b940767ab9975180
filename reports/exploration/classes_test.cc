#include "reports/exploration/classes.h"

#include <gmock/gmock.h>

#include <regex>

#include "harness/spec/requirement.h"

namespace referee::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

TEST(Classes, AreTakenOutOfWhateverAnAnswerSays) {
  EXPECT_THAT(classes_of("probe.delete.middle-of-chain", "KEEP, LIST-404"),
              ElementsAre(Pair("KEEP", "everything stays"), Pair("LIST-404", Not(IsEmpty()))));
  EXPECT_THAT(
      classes_of("probe.x", "REJECT 400 DENIED: first, second; ACCEPT: third"),
      ElementsAre(Pair("REJECT", "refused"), Pair("400", "refused as invalid (400)"), Pair("ACCEPT", "accepted")));
  EXPECT_THAT(classes_of("probe.x", "KEPT(>= 5 s), WARNING-HEADER"),
              ElementsAre(Pair("KEPT", "kept"), Pair("WARNING-HEADER", Not(IsEmpty()))));
  EXPECT_THAT(classes_of("probe.x", "10"), IsEmpty());
}

TEST(Classes, MeanWhatTheirProbeAsks) {
  EXPECT_EQ(class_in_words("probe.filter.slash", "BOTH"), "a slash works as it is and as %2F");
  EXPECT_EQ(class_in_words("probe.x", "BOTH"), "both");
  EXPECT_EQ(class_in_words("probe.x", "418"), "answered with status 418");
  EXPECT_EQ(class_in_words("probe.x", "UNHEARD-OF"), "");
}

// What the catalogue names in capitals is a class with words, or one of these.
TEST(Classes, AllHaveWords) {
  const std::set<std::string> other = {"OCI", "ORAS"};
  const std::regex word("[A-Za-z0-9+_<>-]+");
  const std::regex capitals("[A-Z][A-Z]");
  for (const auto& probe : spec::all_probes()) {
    const std::string classes = std::regex_replace(std::string(probe.classes), std::regex("\\([^)]*\\)|`[^`]*`"), "");
    for (auto at = std::sregex_iterator(classes.begin(), classes.end(), word); at != std::sregex_iterator(); ++at) {
      const auto name = at->str();
      if (other.contains(name) || !std::regex_search(name, capitals)) continue;
      EXPECT_THAT(class_in_words(probe.id, name), Not(IsEmpty())) << probe.id << ": " << name;
    }
  }
}

}  // namespace
}  // namespace referee::reports
