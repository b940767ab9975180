// What the proof and the moods hold of every text: a spoiled one is noticed, and a good one is not.
#include "suites/proof/plain_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"

namespace referee::proof {
namespace {

using namespace spec::literals;  // NOLINT(google-build-using-namespace)

class Spoiled : public ::testing::TestWithParam<const char*> {};

TEST_P(Spoiled, IsNoticed) { EXPECT_NE(unplain({Part::kExpected, GetParam()}), ""); }

INSTANTIATE_TEST_SUITE_P(
    Texts, Spoiled,
    ::testing::Values("is equal to 2", "isn't equal to \"x/y\"", "the list is equal to true", "is empty", "isn't empty",
                      "each page: is empty", "no items", "0x55a4f476f76c pointing to \"\"",
                      "{ 32-byte object <C0-1A 4F-00> }", "(nullopt), which is not engaged", "(\"2\")",
                      "404, whose element #0 doesn't match", "contains at least one element that is < 500",
                      "only contains elements that has status 200", "has a surjection", "is < 500",
                      "eventually([&] { return list_all(subject); }, matcher)", "pair.answer", "http::same_origin",
                      "all_at_once || silent", "a permutation of the entries", "has a first field that is 200",
                      "whose second field does not match", "404", "-1", "true", "false, as it is", "\"root\"",
                      "has the body of 3 bytes", "lists sha256:ab", "{ \"a\", \"b\" }",
                      "the rule does not apply to what this registry answered",
                      "a premise of the check does not hold; its exchanges show what the registry answered"));

class Plain : public ::testing::TestWithParam<const char*> {};

TEST_P(Plain, IsLeftAlone) { EXPECT_EQ(unplain({Part::kActual, GetParam()}), ""); }

INSTANTIATE_TEST_SUITE_P(Texts, Plain,
                         ::testing::Values("status 404", "a list without entries",
                                           "404, application/json, 81 bytes: {\"a\":\"b::c\"}",
                                           "200, text/html, 20 bytes: <a href=\"x->y\"> == </a>",
                                           "artifactType \"is equal to 2\"", "no such host: registry.invalid",
                                           "the registry returns all referrers on one page", "an array `session`",
                                           "each page: a header OCI-Filters-Applied",
                                           "0 bytes, cut within a quotation: \"is equal to"));

TEST(Texts, AreThoseThatReportsShow) {
  engine::CheckResult result{.id = "Suite.Name",
                             .edition = spec::Edition::kOci111,
                             .requirement = "oci.referrers.filter.header"_requirement,
                             .binding = {},
                             .reason = "the registry has no tags",
                             .started = {},
                             .findings = {},
                             .exchanges = {}};
  EXPECT_THAT(texts_of(result), ::testing::SizeIs(1));
  EXPECT_THAT(unplain_texts(result), ::testing::IsEmpty());
  result.findings.push_back({.message = "", .expected = "status 200", .actual = "404", .note = "is empty"});
  EXPECT_THAT(texts_of(result), ::testing::SizeIs(3));
  EXPECT_THAT(unplain_texts(result),
              ::testing::ElementsAre("Suite.Name got: a number without its noun: '404' in: 404",
                                     "Suite.Name note: empty without a noun: 'is empty' in: is empty"));
}

TEST(Texts, OfKnownRegistriesReadPlainly) {
  std::size_t read = 0;
  for (const auto& file : std::filesystem::directory_iterator(REFEREE_KNOWN)) {
    if (file.path().extension() != ".json") continue;
    std::ifstream in(file.path());
    const auto baseline = nlohmann::json::parse(in);
    for (const auto& entry : baseline.at("entries")) {
      EXPECT_EQ(unplain({Part::kReason, entry.at("reason").get<std::string>()}), "") << file.path();
      ++read;
    }
  }
  EXPECT_GT(read, 0u);
}

}  // namespace
}  // namespace referee::proof
