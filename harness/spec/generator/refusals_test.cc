// The generator refuses a catalogue with a fault, and says in which file and row it is.
#include "harness/spec/generator/run_generator.h"

namespace referee::spec::generator {
namespace {

using nlohmann::json;
using testing::Eq;
using testing::HasSubstr;

struct Fault {
  std::string name;
  std::function<void(std::map<std::string, json>& files)> make;
  std::string words;  // what the generator must say
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

/// The first row of the file of requirements.
json& first(std::map<std::string, json>& files) { return files["oci-a.json"][0]; }

std::vector<Fault> faults_of_rows() {
  return {
      {"DuplicateIdInAFile", [](auto& files) { files["oci-a.json"].push_back(files["oci-a.json"][1]); },
       "oci-a.json: row 3 (oci.b): duplicate id, first in oci-a.json row 2"},
      {"DuplicateIdInAnotherFile", [](auto& files) { files["oci-b.json"].push_back(first(files)); },
       "oci-b.json: row 1 (oci.a): duplicate id, first in oci-a.json row 1"},
      {"Unsorted", [](auto& files) { std::swap(files["oci-a.json"][0], files["oci-a.json"][1]); },
       "oci-a.json: row 2 (oci.a): unsorted: it belongs before oci.b"},
      {"TwoGroupsInAFile", [](auto& files) { first(files)["group"] = "OCI-B"; },
       "oci-a.json: row 2 (oci.b): its group differs"},
      {"MalformedId", [](auto& files) { files["oci-a.json"][1]["id"] = "ocj.b"; },
       "oci-a.json: row 2 (ocj.b): malformed id"},
      {"ForeignFamily", [](auto& files) { first(files)["family"] = "ORAS"; },
       "oci-a.json: row 1 (oci.a): the family of such an id is \"OCI-dist\""},
      {"MalformedProbeId", [](auto& files) { files["probes-a.json"][0]["id"] = "probe.\"x"; },
       "probes-a.json: row 1 (probe.\"x): malformed id"},
      {"MissingField", [](auto& files) { first(files).erase("check"); },
       "oci-a.json: row 1 (oci.a): the field \"check\" is missing"},
      {"EmptyField", [](auto& files) { first(files)["text"] = ""; },
       "oci-a.json: row 1 (oci.a): the field \"text\" is empty or of the wrong type"},
      {"FillerInAnOptionalField", [](auto& files) { first(files)["notes"] = "\u2014"; },
       "oci-a.json: row 1 (oci.a): the field \"notes\" says nothing; leave it out"},
      {"EmptyOptionalField", [](auto& files) { first(files)["gates_part"] = json::object(); },
       "oci-a.json: row 1 (oci.a): the field \"gates_part\" says nothing; leave it out"},
      {"UnknownField", [](auto& files) { first(files)["txet"] = "x"; },
       "oci-a.json: row 1 (oci.a): unknown field \"txet\""},
      {"RowWithoutId", [](auto& files) { first(files).erase("id"); }, "oci-a.json: row 1 (no id): the field \"id\" is"},
      {"RowThatIsNoObject", [](auto& files) { first(files) = 7; }, "oci-a.json: row 1 (no id): is not an object"},
      {"UnknownGate", [](auto& files) { first(files)["gates"].push_back("G-WHAT"); }, "unknown gate \"G-WHAT\""},
      {"UnknownPartGate", [](auto& files) { first(files)["gates_part"]["G-WHO"] = "x"; }, "unknown gate \"G-WHO\""},
  };
}

std::vector<Fault> faults_of_bindings() {
  return {
      {"UnknownLevel", [](auto& files) { first(files)["level"] = "must"; },
       "oci-a.json: row 1 (oci.a): unknown level \"must\""},
      {"UnknownVerdict", [](auto& files) { first(files)["verdict"] = "FIAL"; },
       "oci-a.json: row 1 (oci.a): unknown verdict \"FIAL\""},
      {"UnknownLevelInAnEdition", [](auto& files) { first(files)["except"]["oci-main"]["level"] = "SHALL"; },
       "oci-a.json: row 1 (oci.a): except in oci-main: unknown level \"SHALL\""},
      {"UnknownVerdictInAnEdition", [](auto& files) { first(files)["except"]["oci-main"]["verdict"] = "PASS"; },
       "oci-a.json: row 1 (oci.a): except in oci-main: unknown verdict \"PASS\""},
      {"ExceptionWithoutContent", [](auto& files) { first(files)["except"]["oci-main"] = json::object(); },
       "oci-a.json: row 1 (oci.a): except in oci-main: names neither level nor verdict"},
      {"ExceptionThatIsNone", [](auto& files) { first(files)["except"]["oci-main"]["level"] = "MUST"; },
       "oci-a.json: row 1 (oci.a): except in oci-main: the level is that of the row"},
      {"ExceptionInAForeignEdition", [](auto& files) { first(files)["except"]["oci-1.1.0"]["level"] = "MAY"; },
       "oci-a.json: row 1 (oci.a): except in oci-1.1.0: the row does not exist in that edition"},
      {"NothingButExceptions", [](auto& files) { first(files)["except"]["oci-1.1.1"]["level"] = "MAY"; },
       "oci-a.json: row 1 (oci.a): every edition is an exception"},
      {"UnknownEdition", [](auto& files) { first(files)["editions"].push_back("oci-1.2"); },
       "oci-a.json: row 1 (oci.a): unknown edition \"oci-1.2\""},
      {"EditionTwice", [](auto& files) { first(files)["editions"].push_back("oci-main"); },
       "oci-a.json: row 1 (oci.a): edition oci-main: the list goes from old to new"},
      {"EditionsFromNewToOld",
       [](auto& files) {
         first(files)["editions"] = {"oci-main", "oci-1.1.1"};
       },
       "oci-a.json: row 1 (oci.a): edition oci-1.1.1: the list goes from old to new"},
      {"EditionOfTheOtherFamily", [](auto& files) { first(files)["editions"].push_back("oras-rc.2"); },
       "oci-a.json: row 1 (oci.a): edition oras-rc.2: is of the other family"},
      {"NoEdition", [](auto& files) { first(files)["editions"] = json::array(); },
       "oci-a.json: row 1 (oci.a): exists in no edition"},
      {"GradeInAForeignEdition", [](auto& files) { first(files)["graded"][0]["editions"] = {"oci-1.1.0"}; },
       "the graded answer \"201\": the row does not exist in edition \"oci-1.1.0\""},
      {"GradeInNoEdition", [](auto& files) { first(files)["graded"][0]["editions"] = json::array(); },
       "a graded answer: the field \"editions\" says nothing; leave it out"},
  };
}

std::vector<Fault> faults_of_references() {
  return {
      {"MutantOfAnotherRow", [](auto& files) { first(files)["mutants"][0]["id"] = "oci.b#a"; },
       "oci-a.json: row 1 (oci.a): the mutant id \"oci.b#a\" does not start with \"oci.a#\""},
      {"MutantWithoutLetter", [](auto& files) { first(files)["mutants"][0]["id"] = "oci.a#"; },
       "the mutant id \"oci.a#\" does not end in one letter"},
      {"MutantTwice", [](auto& files) { first(files)["mutants"][1]["id"] = "oci.a#a"; },
       "duplicate mutant id \"oci.a#a\""},
      {"MutantsUnsorted", [](auto& files) { first(files)["mutants"][0]["id"] = "oci.a#d"; },
       "unsorted: the mutant \"oci.a#c\" belongs before \"oci.a#d\""},
      {"LawfulForAnUnknownRow", [](auto& files) { files["lawful.json"][0]["rows"] = {"oci.z"}; },
       "lawful.json: row 1 (mood.x): names the requirement \"oci.z\", which is not in the catalogue"},
      {"LawfulInAnUnknownEdition", [](auto& files) { files["lawful.json"][0]["editions"] = {"oci-9"}; },
       "lawful.json: row 1 (mood.x): unknown edition \"oci-9\""},
      {"LawfulAndStillAMutant", [](auto& files) { files["lawful.json"][0]["was"] = {"oci.a#c"}; },
       "lawful.json: row 1 (mood.x): calls the mutant \"oci.a#c\" lawful, which the catalogue still has"},
      {"LawfulMutantOfNoRow", [](auto& files) { files["lawful.json"][0]["was"] = {"oci.z#c"}; },
       "lawful.json: row 1 (mood.x): was a mutant of no row: \"oci.z#c\""},
      {"ClientWithUnknownLevel", [](auto& files) { files["clients.json"][0]["level"] = "OUGHT"; },
       "clients.json: row 1 (client.x): unknown level \"OUGHT\""},
      {"ContradictionWithoutJudgement", [](auto& files) { files["contradictions.json"][0].erase("judgement"); },
       "contradictions.json: row 1 (X01): the field \"judgement\" is missing"},
  };
}

class Refusal : public testing::TestWithParam<Fault> {};

TEST_P(Refusal, NamesFileAndRow) {
  auto files = sound_catalogue();
  GetParam().make(files);
  const TestFolder folder;
  for (const auto& [file, rows] : files) folder.write(file, rows.dump());

  const GeneratorRun run = folder.run();

  EXPECT_THAT(run.exit_code, Eq(1));
  EXPECT_THAT(run.output, HasSubstr(GetParam().words));
  EXPECT_FALSE(std::filesystem::exists(folder.output())) << "a refused catalogue must not leave tables behind";
}

std::string name_of(const testing::TestParamInfo<Fault>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Rows, Refusal, testing::ValuesIn(faults_of_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Bindings, Refusal, testing::ValuesIn(faults_of_bindings()), name_of);
INSTANTIATE_TEST_SUITE_P(References, Refusal, testing::ValuesIn(faults_of_references()), name_of);

/// What the generator says about a folder that holds this one file.
std::string words_about(const std::string& content) {
  const TestFolder folder;
  folder.write("oci-a.json", content);
  const GeneratorRun run = folder.run();
  EXPECT_THAT(run.exit_code, Eq(1)) << content;
  return run.output;
}

TEST(RefusalOfFiles, SaysWhatCannotBeRead) {
  EXPECT_THAT(words_about("[{"), HasSubstr("oci-a.json: [json.exception.parse_error"));
  EXPECT_THAT(words_about("{}"), HasSubstr("oci-a.json: is not an array of rows"));
  EXPECT_THAT(words_about(R"([{"id": "oci.a", "id": "oci.b"}])"),
              HasSubstr("oci-a.json: the key \"id\" occurs twice in one object"));
}

TEST(RefusalOfFiles, WantsAFolder) {
  const TestFolder folder;
  std::filesystem::remove(folder.catalogue());
  EXPECT_THAT(folder.run().exit_code, Eq(1));
}

TEST(RefusalOfRows, TellsEveryFaultAtOnce) {
  auto files = sound_catalogue();
  first(files)["level"] = "x";
  files["clients.json"][0]["level"] = "y";
  const TestFolder folder;
  for (const auto& [file, rows] : files) folder.write(file, rows.dump());
  EXPECT_THAT(folder.run().output, testing::AllOf(HasSubstr("unknown level \"x\""), HasSubstr("unknown level \"y\"")));
}

}  // namespace
}  // namespace referee::spec::generator
