// The build step that turns the catalogue's JSON into C++ tables: referee_generate_catalogue FOLDER OUTPUT-FOLDER.
// It ends with 1, and writes nothing, if the catalogue has a fault; each fault is a line on stderr.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "harness/spec/generator/check.h"
#include "harness/spec/generator/emit.h"
#include "harness/spec/generator/source.h"

namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Headers keep their time when their content stays: half the project would be compiled again for a reworded row.
void write(const fs::path& path, const std::string& content) {
  if (path.extension() == ".h" && fs::exists(path) && content_of(path) == content) return;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  if (!out.flush()) throw std::runtime_error(path.string() + ": cannot be written");
}

int generate(const fs::path& folder, const fs::path& output) {
  const auto source = referee::spec::generator::read_source(folder);
  const auto faults = referee::spec::generator::faults_of(source);
  for (const std::string& fault : faults) std::cerr << "catalogue: " << fault << '\n';
  if (!faults.empty()) return 1;
  fs::create_directories(output);
  for (const auto& [name, content] : referee::spec::generator::generated_files(source)) write(output / name, content);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: referee_generate_catalogue FOLDER OUTPUT-FOLDER\n";
    return 2;
  }
  try {
    return generate(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::cerr << "catalogue: " << error.what() << '\n';
    return 1;
  }
}
