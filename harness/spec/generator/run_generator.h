// Running the generator on a catalogue made up for a test.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "harness/testing/scratch_folder.h"

namespace referee::spec::generator {

struct GeneratorRun {
  int exit_code;
  std::string output;  // stdout and stderr
};

/// A folder for one test, removed with it.
class TestFolder {
 public:
  TestFolder();

  std::filesystem::path catalogue() const { return folder_.path() / "catalogue"; }
  std::filesystem::path output() const { return folder_.path() / "output"; }

  void write(const std::string& file, const std::string& content) const;
  GeneratorRun run() const;

 private:
  ScratchFolder folder_;
};

/// A small catalogue without faults, as JSON by file name: two requirements, and one row of each other kind.
std::map<std::string, nlohmann::json> sound_catalogue();

}  // namespace referee::spec::generator
