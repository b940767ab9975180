// Model: what an entry of a list must say of its manifest; OCI distribution-spec, "Listing Referrers", image-spec
// descriptor.md, "Properties".
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/oci/base64.h"
#include "harness/oci/json.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"
#include "suites/model/model.h"
#include "suites/model/verdicts.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

namespace {

using Json = nlohmann::json;

std::string shown(const std::optional<std::string>& text) { return text ? "\"" + *text + "\"" : "none"; }

// Sixty characters of a value are enough to see what differs.
std::string shown(const Json& value) {
  auto text = oci::dump_json(value);
  if (text.size() > 60) text = text.substr(0, 60) + fmt::format("... ({} bytes)", text.size());
  return text;
}

spec::RequirementId row_of_type(const Reading& reading, const std::optional<std::string>& listed) {
  if (reading.kind == Kind::kImage && reading.own_type && listed == reading.config_type) {
    return "oci.referrers.list.artifacttype-over-config"_requirement;
  }
  if (reading.kind == Kind::kImage && reading.empty_type) {
    return "oci.referrers.list.artifacttype-empty-string"_requirement;
  }
  if (reading.kind == Kind::kIndex) {
    return reading.artifact_type ? "oci.referrers.list.artifacttype-index"_requirement
                                 : "oci.referrers.list.artifacttype-index-omitted"_requirement;
  }
  return reading.own_type ? "oci.referrers.list.artifacttype-explicit"_requirement
                          : "oci.referrers.list.artifacttype-config-fallback"_requirement;
}

spec::RequirementId row_of_annotations(const Reading& reading) {
  if (!reading.annotations || reading.annotations->empty()) return "oci.referrers.list.annotations-none"_requirement;
  return reading.kind == Kind::kIndex ? "oci.referrers.list.annotations-index"_requirement
                                      : "oci.referrers.list.annotations"_requirement;
}

// The first annotation that the list lost or changed, or added; nothing if none.
struct Difference {
  std::string expected;
  std::string came;
  std::string added;  // its name, if the manifest does not have it
};
std::optional<Difference> difference(const Json& sent, const Json& listed) {
  for (const auto& [key, value] : sent.items()) {
    if (!listed.contains(key)) return Difference{fmt::format("the annotation \"{}\"", key), "none of that name"};
    if (listed.at(key) != value) {
      return Difference{fmt::format("the annotation \"{}\" to be {}", key, shown(value)), shown(listed.at(key))};
    }
  }
  for (const auto& [key, value] : listed.items()) {
    if (!sent.contains(key))
      return Difference{"no other annotations than the manifest's", fmt::format("the annotation \"{}\"", key), key};
  }
  return std::nullopt;
}

// What is wrong with a member that a descriptor may have; empty if nothing.
std::string wrong_member(const Json& entry, const std::string& bytes) {
  const auto none = Json();
  const auto of = [&](const char* key) -> const Json& {
    const auto found = entry.find(key);
    return found == entry.end() ? none : *found;
  };
  const Json& data = of("data");
  const Json& urls = of("urls");
  const Json& platform = of("platform");
  if (!data.is_null() && (!data.is_string() || oci::bytes_of_base64(data.get<std::string>()) != bytes)) {
    return "data " + shown(data);
  }
  const auto is_text = [](const Json& value) { return value.is_string(); };
  if (!urls.is_null() && (!urls.is_array() || !std::ranges::all_of(urls, is_text))) return "urls " + shown(urls);
  const auto is_text_or_none = [&](const char* key) {
    return !platform.contains(key) || platform[key].is_null() || platform[key].is_string();
  };
  const bool placed = platform.is_object() && is_text_or_none("architecture") && is_text_or_none("os");
  if (!platform.is_null() && !placed) return "platform " + shown(platform);
  return "";
}

}  // namespace

void Model::judge_entry(const engine::Entry& entry, const Reading& reading, Verdicts& verdicts) const {
  const std::string about = "an entry of the list of referrers, of " + reading.digest;
  const auto row_for_type =
      is_oras() ? "oras.referrers.descriptor-artifacttype"_requirement : row_of_type(reading, entry.artifact_type);
  for (const auto row : {"oci.referrers.list.mediatype"_requirement, "oci.referrers.list.size-exact"_requirement,
                         is_oras() ? row_for_type : row_of_type(reading, {}), row_of_annotations(reading)}) {
    verdicts.keeps(row);
  }
  if (!reading.nested_annotations.empty()) verdicts.keeps("oci.referrers.list.annotations-source"_requirement);
  if (reading.own_type && reading.config_type != reading.artifact_type) {
    verdicts.keeps("oci.referrers.list.artifacttype-over-config"_requirement);
  }
  if (essence(*entry.media_type) != reading.media_type) {
    verdicts.say("oci.referrers.list.mediatype"_requirement, about, "mediaType " + reading.media_type,
                 "mediaType " + *entry.media_type);
  }
  const auto size = static_cast<std::int64_t>(reading.bytes.size());
  if (*entry.size != size) {
    verdicts.say(*entry.size <= 0 ? "oci.referrers.list.descriptor-required"_requirement
                                  : "oci.referrers.list.size-exact"_requirement,
                 about, fmt::format("size {}", size), fmt::format("size {}", *entry.size));
  }
  if (entry.artifact_type != reading.artifact_type) {
    std::optional<spec::Verdict> verdict;
    if (is_oras() && !entry.artifact_type) verdict = spec::Verdict::kWarn;  // OPTIONAL in an artifact's descriptor
    verdicts.say(row_for_type, about, "artifactType " + shown(reading.artifact_type),
                 "artifactType " + shown(entry.artifact_type), verdict);
  }
  if (!is_oras()) {
    verdicts.keeps("oci.referrers.list.descriptor-optional"_requirement);
    if (const auto wrong = wrong_member(*entry.raw, reading.bytes); !wrong.empty()) {
      verdicts.say("oci.referrers.list.descriptor-optional"_requirement, about,
                   "data that is the manifest, urls that are strings, a platform that is an object", wrong);
    }
  }
  static const Json kNone = Json::object();
  const auto found = entry.raw->find("annotations");
  const bool has = found != entry.raw->end() && !found->is_null();
  if (has && !found->is_object()) {
    verdicts.say("oci.referrers.list.annotations"_requirement, about, "annotations to be a map", shown(*found));
    return;
  }
  const Json& sent = reading.annotations ? *reading.annotations : kNone;
  if (found != entry.raw->end() && found->is_null() && sent.empty() && !is_oras()) {
    verdicts.say("oci.referrers.list.annotations-none"_requirement, about, "no annotations, or a map without any",
                 "null");
    return;
  }
  const auto differs = difference(sent, has ? *found : kNone);
  if (!differs) return;
  if (std::ranges::find(reading.nested_annotations, differs->added) != reading.nested_annotations.end()) {
    verdicts.say("oci.referrers.list.annotations-source"_requirement, about, differs->expected, differs->came);
    return;
  }
  std::optional<spec::Verdict> verdict;
  if (!differs->added.empty()) verdict = spec::Verdict::kWarn;  // the text wants them all, and does not forbid more
  verdicts.say(row_of_annotations(reading), about, differs->expected, differs->came, verdict);
}

}  // namespace referee::model
