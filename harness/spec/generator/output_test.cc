// What the generator writes for a sound catalogue, and what it leaves alone.
#include <fstream>
#include <iterator>

#include "harness/spec/generator/run_generator.h"

namespace referee::spec::generator {
namespace {

namespace fs = std::filesystem;
using testing::Eq;
using testing::HasSubstr;
using testing::Not;

std::string content_of(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Output : public testing::Test {
 protected:
  void generate() {
    for (const auto& [file, rows] : files_) folder_.write(file, rows.dump());
    const GeneratorRun run = folder_.run();
    ASSERT_THAT(run.exit_code, Eq(0)) << run.output;
    EXPECT_THAT(run.output, Eq(""));
  }

  std::string written(const std::string& file) const { return content_of(folder_.output() / file); }

  std::map<std::string, nlohmann::json> files_ = sound_catalogue();
  TestFolder folder_;
};

TEST_F(Output, IdsAreSortedAcrossFiles) {
  nlohmann::json row = files_["oci-a.json"][0];
  row["id"] = "img.z";
  row["family"] = "OCI-image";
  row["mutants"] = nlohmann::json::array();
  files_["img.json"].push_back(row);
  row["id"] = "oci.aa";
  row["family"] = "OCI-dist";
  files_["z.json"].push_back(row);
  generate();
  const std::string ids = written("ids_oci.h");
  EXPECT_THAT(ids, HasSubstr("std::array<std::string_view, 3> kRequirements"));
  EXPECT_THAT(ids, testing::ContainsRegex("\"oci.a\"(.|\n)*\"oci.aa\"(.|\n)*\"oci.b\""));
  EXPECT_THAT(ids, Not(HasSubstr("img.z")));
  EXPECT_THAT(written("ids_image.h"), HasSubstr("\"img.z\""));
}

TEST_F(Output, QuotesAndBackslashesAreEscaped) {
  generate();
  EXPECT_THAT(written("catalogue_mutants.cc"), HasSubstr(R"("says \"no\" \\ twice"sv)"));
}

TEST_F(Output, ControlCharactersAreEscaped) {
  files_["oci-a.json"][0]["text"] = "a\n1\t?";
  generate();
  EXPECT_THAT(written("catalogue_requirements.cc"), HasSubstr(R"("a\0121\011?"sv)"));
}

TEST_F(Output, HeadersKeepTheirTimeWhenNoIdChanges) {
  generate();
  const fs::path header = folder_.output() / "ids_oci.h";
  const auto long_ago = fs::last_write_time(header) - std::chrono::hours(24);
  fs::last_write_time(header, long_ago);

  files_["oci-a.json"][0]["text"] = "reworded";
  generate();
  EXPECT_THAT(fs::last_write_time(header), Eq(long_ago));
  EXPECT_THAT(written("catalogue_requirements.cc"), HasSubstr("reworded"));

  files_["oci-a.json"][1]["id"] = "oci.c";
  files_["oci-a.json"][1]["mutants"] = nlohmann::json::array();
  generate();
  EXPECT_THAT(fs::last_write_time(header), testing::Gt(long_ago));
  EXPECT_THAT(written("ids_oci.h"), HasSubstr("\"oci.c\""));
}

TEST_F(Output, ANewRowLeavesTheHeadersOfOtherFamiliesAlone) {
  generate();
  const fs::path header = folder_.output() / "ids_oras.h";
  const auto long_ago = fs::last_write_time(header) - std::chrono::hours(24);
  fs::last_write_time(header, long_ago);

  files_["oci-a.json"][1]["id"] = "oci.c";
  files_["oci-a.json"][1]["mutants"] = nlohmann::json::array();
  generate();
  EXPECT_THAT(fs::last_write_time(header), Eq(long_ago));
}

TEST_F(Output, AKindWithoutRowsIsAnEmptyTable) {
  files_.erase("lawful.json");
  generate();
  EXPECT_THAT(written("catalogue_lawful.cc"), HasSubstr("std::array<LawfulBehaviour, 0>"));
}

}  // namespace
}  // namespace referee::spec::generator
