#include "harness/match/descriptor.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/oci/base64.h"
#include "harness/oci/digest.h"

namespace referee::match {

std::string fault_of_descriptor(const engine::Entry& entry) {
  if (!entry.media_type) return "`mediaType` is missing or not a string";
  if (!entry.digest) return "`digest` is missing or not a string";
  if (!oci::Digest::parse(*entry.digest)) return "`digest` is not a digest: " + *entry.digest;
  if (!entry.size) return "`size` is missing or not an integer";
  return *entry.size > 0 ? "" : fmt::format("`size` is {}, which no manifest has", *entry.size);
}

namespace {

// The member; null where there is none.
nlohmann::json member(const engine::Entry& entry, const char* key) {
  if (!entry.raw || !entry.raw->is_object()) return nullptr;
  const auto found = entry.raw->find(key);
  return found == entry.raw->end() ? nlohmann::json() : *found;
}

}  // namespace

std::string fault_of_optional_members(const engine::Entry& entry, const std::string& content) {
  const auto is_text = [](const nlohmann::json& value) { return value.is_string(); };
  if (const auto data = member(entry, "data"); !data.is_null()) {
    if (!data.is_string()) return "`data` is not a string";
    if (oci::bytes_of_base64(data.get<std::string>()) != content) return "`data` is not the content of the manifest";
  }
  if (const auto urls = member(entry, "urls"); !urls.is_null()) {
    if (!urls.is_array() || !std::ranges::all_of(urls, is_text))
      return "`urls` is not an array of strings: " + urls.dump();
  }
  if (const auto platform = member(entry, "platform"); !platform.is_null()) {
    if (!platform.is_object()) return "`platform` is not an object: " + platform.dump();
    for (const char* key : {"architecture", "os"}) {
      const bool has = platform.contains(key) && !platform[key].is_null();
      if (has && !platform[key].is_string()) return std::string("the platform's `") + key + "` is not a string";
    }
  }
  return "";
}

}  // namespace referee::match
