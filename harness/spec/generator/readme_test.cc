// The catalogue's README: its example is a row that the generator takes, and its table explains every field.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "harness/spec/generator/run_generator.h"

namespace referee::spec::generator {
namespace {

using nlohmann::json;

std::string readme() {
  std::ifstream in(REFEREE_CATALOGUE "/README.md");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The first block of JSON.
json example() {
  static constexpr std::string_view kFence = "```json\n";
  const std::string text = readme();
  const auto begin = text.find(kFence) + kFence.size();
  return json::parse(text.substr(begin, text.find("\n```\n", begin) - begin));
}

/// The fields of all rows of requirements.
std::set<std::string> fields_of_the_catalogue() {
  std::set<std::string> fields;
  for (const auto& entry : std::filesystem::directory_iterator(REFEREE_CATALOGUE)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path());
    for (const json& row : json::parse(in)) {
      if (!row.contains("mutants")) continue;
      for (const auto& [field, unused] : row.items()) fields.insert(field);
    }
  }
  return fields;
}

TEST(ReadmeOfTheCatalogue, ShowsARowThatTheGeneratorTakes) {
  const TestFolder folder;
  folder.write("oci-a.json", json::array({example()}).dump());
  const GeneratorRun run = folder.run();
  EXPECT_THAT(run.exit_code, testing::Eq(0)) << run.output;
}

TEST(ReadmeOfTheCatalogue, ShowsAndExplainsEveryField) {
  const json row = example();
  const std::string text = readme();
  const auto fields = fields_of_the_catalogue();
  EXPECT_THAT(fields, testing::SizeIs(testing::Ge(16U)));
  for (const std::string& field : fields) {
    EXPECT_TRUE(row.contains(field)) << field;
    EXPECT_THAT(text, testing::HasSubstr("\n| `" + field + "` | "));
  }
}

}  // namespace
}  // namespace referee::spec::generator
