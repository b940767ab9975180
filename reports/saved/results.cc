#include "reports/saved/results.h"

#include <nlohmann/json.hpp>

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

std::string Bodies::beginning(const std::string& digest, std::size_t limit) const {
  const auto found = bodies_.find(digest);
  return found == bodies_.end() ? "" : found->second.bytes.substr(0, limit);
}

bool Bodies::has(const std::string& digest) const { return bodies_.contains(digest); }

std::uint64_t Bodies::size(const std::string& digest) const {
  const auto found = bodies_.find(digest);
  return found == bodies_.end() ? 0 : found->second.size;
}

}  // namespace referee::reports
