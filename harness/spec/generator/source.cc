// Reading the catalogue's JSON files.
#include "harness/spec/generator/source.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

namespace referee::spec::generator {
namespace {

using nlohmann::json;

/// Parses, and refuses what JSON parsers usually let pass in silence: one key twice in an object.
json parse_strictly(std::istream& in) {
  std::vector<std::set<std::string>> keys;
  const json::parser_callback_t watch = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second) {
      throw std::runtime_error("the key \"" + parsed.get<std::string>() + "\" occurs twice in one object");
    }
    return true;
  };
  return json::parse(in, watch);
}

std::vector<Row>& rows_for(Source& source, const std::string& file) {
  if (file.starts_with("probes")) return source.probes;
  if (file == "lawful.json") return source.lawful;
  if (file == "contradictions.json") return source.contradictions;
  if (file == "clients.json") return source.clients;
  return source.requirements;
}

void read_file(const std::filesystem::path& path, Source& source) {
  const std::string file = path.filename().string();
  std::ifstream in(path);
  if (!in) throw std::runtime_error(file + ": cannot be read");
  json rows;
  try {
    rows = parse_strictly(in);
  } catch (const std::exception& error) {
    throw std::runtime_error(file + ": " + error.what());
  }
  if (!rows.is_array()) throw std::runtime_error(file + ": is not an array of rows");
  std::size_t place = 0;
  for (json& row : rows) rows_for(source, file).push_back({file, ++place, std::move(row)});
}

}  // namespace

std::string Row::id() const {
  if (!fields.is_object() || !fields.contains("id") || !fields["id"].is_string()) return "";
  return fields["id"].get<std::string>();
}

Source read_source(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  Source source;
  for (const auto& path : paths) read_file(path, source);
  return source;
}

}  // namespace referee::spec::generator
