#include "reports/saved/results.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/saved/base64.h"
#include "reports/saved/journal.h"

namespace referee::reports {
namespace {

const Results kNothing;
const Results kEmptyList = Results::array();

}  // namespace

const Results& member(const Results& object, std::string_view key) {
  if (!object.is_object()) return kNothing;
  const auto found = object.find(std::string(key));
  return found == object.end() ? kNothing : *found;
}

std::string text(const Results& object, std::string_view key) {
  const Results& value = member(object, key);
  return value.is_string() ? value.get<std::string>() : "";
}

double number(const Results& object, std::string_view key) {
  const Results& value = member(object, key);
  return value.is_number() ? value.get<double>() : 0;
}

bool flag(const Results& object, std::string_view key, bool otherwise) {
  const Results& value = member(object, key);
  return value.is_boolean() ? value.get<bool>() : otherwise;
}

const Results& list(const Results& object, std::string_view key) {
  const Results& value = member(object, key);
  return value.is_array() ? value : kEmptyList;
}

Bodies::Bodies(const Results& results) {
  for (const auto& [digest, body] : member(results, "bodies").items()) bodies_.emplace(digest, &body);
}

std::string Bodies::beginning(const std::string& digest, std::size_t limit) const {
  const auto found = bodies_.find(digest);
  if (found == bodies_.end()) return "";
  const Results& encoded = member(*found->second, "base64");
  if (!encoded.is_string()) return "";
  const auto& whole = encoded.get_ref<const std::string&>();
  const std::size_t needed = (limit / 3 + 1) * 4;
  return base64_decode(std::string_view(whole).substr(0, needed)).value_or("").substr(0, limit);
}

bool Bodies::has(const std::string& digest) const { return bodies_.contains(digest); }

std::uint64_t Bodies::size(const std::string& digest) const {
  const auto found = bodies_.find(digest);
  return found == bodies_.end() ? 0 : static_cast<std::uint64_t>(number(*found->second, "size"));
}

Results load_results(const std::filesystem::path& path) {
  const auto refuse = [&](std::string_view why) {
    return CannotRead(fmt::format("{}: {}. Give the results.json of a run's --report-dir.", path.string(), why));
  };
  std::ifstream file(path, std::ios::binary);
  if (!file) throw refuse("cannot be opened");
  std::stringstream whole;  // what is read from a pipe cannot be read twice
  whole << file.rdbuf();
  if (auto broken_off = results_of_journal(whole)) return *std::move(broken_off);
  Results results = Results::parse(std::move(whole).str(), nullptr, false);
  if (results.is_discarded()) throw refuse("is not JSON, or was cut short");
  const std::string schema = text(results, "schema");
  if (schema != kResultsSchema) {
    throw refuse(
        fmt::format("has the schema '{}', and this Referee reads '{}'", schema.substr(0, 100), kResultsSchema));
  }
  if (!member(results, "checks").is_array()) throw refuse("has no checks");
  return results;
}

}  // namespace referee::reports
