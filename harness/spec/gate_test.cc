// Tests of the gates' names, and of the table that the catalogue's README makes of them.
#include "harness/spec/gate.h"

#include <fstream>
#include <iterator>
#include <set>

namespace referee::spec {
namespace {

using testing::Eq;

TEST(Gate, IsFoundByItsNameAlone) {
  for (const Gate gate : all_gates()) EXPECT_THAT(gate_named(name(gate)), Eq(gate));
  for (const char* text : {"", "G-", "g-ref", "G-REF ", "G-WHAT"}) EXPECT_THAT(gate_named(text), Eq(std::nullopt));
}

TEST(Gate, HasANameAndAMeaningOfItsOwn) {
  std::set<std::string_view> names;
  std::set<std::string_view> meanings;
  for (const Gate gate : all_gates()) {
    EXPECT_TRUE(names.insert(name(gate)).second) << name(gate);
    EXPECT_TRUE(meanings.insert(meaning(gate)).second) << meaning(gate);
  }
  EXPECT_THAT(names, testing::SizeIs(kGateCount));
}

TEST(Gate, PrintsAsItsName) { EXPECT_THAT(testing::PrintToString(Gate::kTagDeletion), Eq("G-TDEL")); }

TEST(GatesInTheReadme, SayWhatTheListSays) {
  std::ifstream in(REFEREE_CATALOGUE "/README.md");
  const std::string readme{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::string table = "| gate | met when |\n|---|---|\n";
  for (const Gate gate : all_gates()) table += fmt::format("| `{}` | {} |\n", name(gate), meaning(gate));
  EXPECT_THAT(readme, testing::HasSubstr(table));
}

}  // namespace
}  // namespace referee::spec
