// The shape of a JSON object in the catalogue: which fields it has, and of what kind.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

namespace referee::spec::generator {

enum class Kind {
  kText,     // a string that is not empty
  kTexts,    // an array of such strings
  kTextMap,  // an object whose values are such strings
  kObjects,  // an array of objects
  kObject,
};

struct Field {
  std::string_view key;
  Kind kind;
  bool optional = false;
};

/// Whether `value` is an object with exactly these fields. An optional one is left out or says something: an empty list
/// or a dash is refused. `refuse` gets each deviation in words.
bool has_shape(const nlohmann::json& value, std::span<const Field> fields,
               const std::function<void(const std::string&)>& refuse);

}  // namespace referee::spec::generator
