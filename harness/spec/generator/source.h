// The catalogue as its JSON files hold it, before it becomes C++.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace referee::spec::generator {

/// One row, and where it is.
struct Row {
  std::string file;   // name without folder
  std::size_t place;  // counted from 1
  nlohmann::json fields;

  /// The row's id; empty if it has none.
  std::string id() const;
};

/// The rows by kind, each in the order of the files' names and of the rows in a file.
struct Source {
  std::vector<Row> requirements;
  std::vector<Row> probes;          // probes*.json
  std::vector<Row> lawful;          // lawful.json
  std::vector<Row> contradictions;  // contradictions.json
  std::vector<Row> clients;         // clients.json
};

/// Reads every *.json of the folder. Throws std::runtime_error, naming the file, if one cannot be read, is not JSON,
/// repeats a key in an object, or is not an array.
Source read_source(const std::filesystem::path& folder);

}  // namespace referee::spec::generator
