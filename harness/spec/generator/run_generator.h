// Running the generator on a catalogue made up for a test.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace referee::spec::generator {

struct GeneratorRun {
  int exit_code;
  std::string output;  // stdout and stderr
};

/// A folder for one test, removed with it.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  std::filesystem::path catalogue() const { return path_ / "catalogue"; }
  std::filesystem::path output() const { return path_ / "output"; }

  void write(const std::string& file, const std::string& content) const;
  GeneratorRun run() const;

 private:
  std::filesystem::path path_;
};

/// A small catalogue without faults, as JSON by file name: two requirements, and one row of each other kind.
std::map<std::string, nlohmann::json> sound_catalogue();

}  // namespace referee::spec::generator
