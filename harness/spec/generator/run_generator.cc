// Running the generator as the build does: as a process, judged by its exit code and its words.
#include "harness/spec/generator/run_generator.h"

#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace referee::spec::generator {

using nlohmann::json;

TestFolder::TestFolder() { std::filesystem::create_directory(catalogue()); }

void TestFolder::write(const std::string& file, const std::string& content) const {
  std::ofstream(catalogue() / file) << content;
}

GeneratorRun TestFolder::run() const {
  const std::string command = "'" REFEREE_GENERATOR "' '" + catalogue().string() + "' '" + output().string() + "' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) throw std::runtime_error("the generator cannot be started");
  GeneratorRun run{-1, ""};
  char buffer[4096];
  while (const std::size_t size = fread(buffer, 1, sizeof buffer, pipe)) run.output.append(buffer, size);
  const int status = pclose(pipe);
  if (WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
  return run;
}

std::map<std::string, json> sound_catalogue() {
  const auto requirement = [](const std::string& id) {
    const json mutants = {{{"id", id + "#a"}, {"defect", "says \"no\" \\ twice"}},
                          {{"id", id + "#c"}, {"defect", "x"}}};
    const json graded = {{{"answer", "201"}, {"verdict", "PASS"}, {"editions", {"oci-main"}}}};
    return json{{"id", id},
                {"family", "OCI-dist"},
                {"spec", "OCI-dist"},
                {"group", "OCI-A Support"},
                {"range", "all"},
                {"anchor", "spec.md"},
                {"level", "MUST"},
                {"verdict", "FAIL"},
                {"gates", {"G-REF"}},
                {"text", "t"},
                {"check", "c"},
                {"notes", "n"},
                {"mutants", mutants},
                {"graded", graded},
                {"gates_part", {{"G-DEL", "a step"}}},
                {"editions", {"oci-1.1.1", "oci-main"}},
                {"except", {{"oci-main", {{"verdict", "WARN"}}}}}};
  };
  const json probe = {{"id", "probe.x"},  {"group", "P-A"},     {"question", "q"}, {"spec", "s"},
                      {"procedure", "p"}, {"classes", "A / B"}, {"seen", "x"}};
  const json lawful = {
      {"id", "mood.x"}, {"description", "d"}, {"rows", {"oci.a"}}, {"editions", {"oci-main"}}, {"was", {"oci.a#b"}}};
  const json contradiction = {{"id", "X01"},        {"request", "r"},  {"oras_phase1", "a"},
                              {"oras_draft", "b"},  {"oras_rc", "c"},  {"oci_rc", "d"},
                              {"oci_110_111", "e"}, {"oci_main", "f"}, {"judgement", "j"}};
  const json client = {{"id", "client.x"}, {"spec", "s"},  {"range", "r"},        {"anchor", "a"}, {"level", "MAY"},
                       {"text", "t"},      {"check", "c"}, {"defects", {"none"}}, {"notes", "n"}};
  return {{"oci-a.json", json::array({requirement("oci.a"), requirement("oci.b")})},
          {"probes-a.json", json::array({probe})},
          {"lawful.json", json::array({lawful})},
          {"contradictions.json", json::array({contradiction})},
          {"clients.json", json::array({client})}};
}

}  // namespace referee::spec::generator
