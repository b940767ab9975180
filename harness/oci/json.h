// One strict reader for the JSON that registries send: what it cannot take is named, never thrown, never overflowed.
//
//   const JsonReading reading = read_json(response.body);
//   if (!reading.value) return fmt::format("the body is not JSON: {}", reading.error);
//   if (!reading.faults.empty()) ...   // readable, but not I-JSON (RFC 7493)
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace referee::oci {

/// What reading gave. Exactly one of `value` and `error` is set.
struct JsonReading {
  std::shared_ptr<const nlohmann::json> value;  // null if the text could not be read
  std::string error;                            // why not: syntax with its position, too deep, too large
  /// It could be read, but: duplicate names, a BOM, invalid UTF-8, half a surrogate pair, integers beyond 64 bits.
  std::vector<std::string> faults;
};

struct JsonLimits {
  std::size_t depth = 64;
  std::size_t bytes = 64 << 20;
  std::size_t values = 100'000;  // each takes many times the memory of its text; 4 MiB of plain descriptors have 85,000
};

/// Reads a JSON text (RFC 8259). Objects keep the last of duplicate names; invalid UTF-8 is replaced by U+FFFD; an
/// integer beyond 64 bits becomes a floating-point number; each is a fault. Never throws on any input.
JsonReading read_json(std::string_view text, JsonLimits limits = {});

/// The JSON text of a value; invalid UTF-8 in it is replaced, so that it never throws.
std::string dump_json(const nlohmann::json& value, int indent = -1);

}  // namespace referee::oci
