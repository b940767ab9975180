// Comparing JSON objects with the shape that the catalogue prescribes.
#include "harness/spec/generator/shape.h"

#include <algorithm>

namespace referee::spec::generator {
namespace {

using nlohmann::json;

bool is_text(const json& value) { return value.is_string() && !value.get_ref<const std::string&>().empty(); }
bool is_object(const json& value) { return value.is_object(); }

bool is_of(Kind kind, const json& value) {
  switch (kind) {
    case Kind::kText:
      return is_text(value);
    case Kind::kTexts:
      return value.is_array() && std::all_of(value.begin(), value.end(), is_text);
    case Kind::kTextMap:
      return value.is_object() && std::all_of(value.begin(), value.end(), is_text);
    case Kind::kObjects:
      return value.is_array() && std::all_of(value.begin(), value.end(), is_object);
    case Kind::kObject:
      return value.is_object();
  }
  return false;
}

bool says_nothing(const json& value) { return value.empty() || value == "-" || value == "\u2014"; }

}  // namespace

bool has_shape(const json& value, std::span<const Field> fields,
               const std::function<void(const std::string&)>& refuse) {
  if (!value.is_object()) {
    refuse("is not an object");
    return false;
  }
  bool sound = true;
  const auto wrong = [&](const std::string& what) {
    refuse(what);
    sound = false;
  };
  for (const Field& field : fields) {
    const std::string key(field.key);
    if (!value.contains(key)) {
      if (!field.optional) wrong("the field \"" + key + "\" is missing");
    } else if (!is_of(field.kind, value[key])) {
      wrong("the field \"" + key + "\" is empty or of the wrong type");
    } else if (field.optional && says_nothing(value[key])) {
      wrong("the field \"" + key + "\" says nothing; leave it out");
    }
  }
  for (const auto& [key, unused] : value.items()) {
    const bool known = std::ranges::any_of(fields, [&key = key](const Field& field) { return field.key == key; });
    if (!known) wrong("unknown field \"" + key + "\"");
  }
  return sound;
}

}  // namespace referee::spec::generator
