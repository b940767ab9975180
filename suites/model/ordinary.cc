#include "suites/model/ordinary.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "harness/http/syntax/url.h"
#include "harness/oci/digest.h"
#include "harness/oci/json.h"
#include "harness/oci/names.h"
#include "suites/model/reading.h"

namespace referee::model {
namespace {

using Json = nlohmann::json;

constexpr const char* kNonce = "org.example.nonce";

bool is_name(std::string_view text) {  // a restricted-name of RFC 6838
  constexpr std::size_t kMost = 127;
  constexpr std::string_view kMarks = "!#$&-^_.+";
  const auto is_alnum = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !text.empty() && text.size() <= kMost && is_alnum(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return is_alnum(c) || kMarks.find(c) != std::string_view::npos; });
}

bool is_text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string();
}

bool is_descriptor(const Json& value) {
  if (!value.is_object() || !is_text(value, "mediaType") || !is_text(value, "digest")) return false;
  const auto size = value.find("size");
  if (size == value.end() || !size->is_number_integer() || *size < 0) return false;
  const auto digest = oci::Digest::parse(value.at("digest").get_ref<const std::string&>());
  return digest && is_media_type(value.at("mediaType").get_ref<const std::string&>());
}

bool are_annotations(const Json& value) {
  return value.is_object() && std::ranges::all_of(value, [](const Json& each) { return each.is_string(); });
}

bool has_plain_annotations(const Json& object) {
  const auto annotations = object.find("annotations");
  return annotations == object.end() || are_annotations(*annotations);
}

bool has_a_plain_type(const Json& object) {
  const auto type = object.find("artifactType");
  return type == object.end() || (type->is_string() && is_media_type(type->get_ref<const std::string&>()));
}

// With what a client may add to any descriptor; image-spec descriptor.md, "Properties".
bool is_plain_subject(const Json& value) {
  if (!is_descriptor(value) || !is_sha256(value.at("digest").get_ref<const std::string&>())) return false;
  const auto additions = value.count("annotations") + value.count("artifactType");
  return value.size() == 3 + additions && has_plain_annotations(value) && has_a_plain_type(value);
}

bool are_descriptors(const Json& document, const char* key, bool may_be_empty) {
  const auto found = document.find(key);
  return found != document.end() && found->is_array() && (may_be_empty || !found->empty()) &&
         std::ranges::all_of(*found, is_descriptor);
}

bool has_a_config_and_layers(const Json& document) {
  const auto config = document.find("config");
  return config != document.end() && is_descriptor(*config) && are_descriptors(document, "layers", false);
}

bool is_plain_by_kind(const Json& document, Kind kind, std::string_view media_type) {
  const auto version = document.find("schemaVersion");
  const bool second = version != document.end() && version->is_number_integer() && *version == 2;
  switch (kind) {
    case Kind::kImage:
      return second && has_a_config_and_layers(document);
    case Kind::kIndex:
      return second && are_descriptors(document, "manifests", true);
    case Kind::kDocker:
      return second && !document.contains("subject") &&
             (media_type == oci::kDockerManifest ? has_a_config_and_layers(document)
                                                 : are_descriptors(document, "manifests", true));
    case Kind::kArtifact:
      return document.contains("artifactType") &&
             (!document.contains("blobs") || are_descriptors(document, "blobs", true));
    case Kind::kUnknown:
      return false;
  }
  return false;
}

// Two parameters of the same name, and any but the filter, are for the checks that ask so.
bool has_plain_parameters(const http::Url& url, Area area) {
  auto pairs = http::query_pairs(url.query);
  // In some editions of ORAS the subject is a parameter.
  if (url.path.ends_with("/_oras/artifacts/referrers") && !pairs.empty() && pairs.front().first == "digest") {
    pairs.erase(pairs.begin());
    if (pairs.empty()) return true;
  }
  if (pairs.empty()) return !url.has_query || url.query.empty();
  return area == Area::kList && pairs.size() == 1 && pairs.front().first == "artifactType" &&
         is_media_type(pairs.front().second);
}

// Conditions and ranges have their own answers (RFC 9110, sections 13 and 14).
bool is_conditional(const Observation& one) {
  return std::ranges::any_of(one.sent_headers, [](const http::HeaderLine& line) {
    return http::same_name(line.name, "Range") || http::same_name(line.name.substr(0, 3), "If-");
  });
}

}  // namespace

bool is_media_type(std::string_view text) {
  const auto slash = text.find('/');
  return slash != std::string_view::npos && is_name(text.substr(0, slash)) && is_name(text.substr(slash + 1));
}

bool is_ordinary_document(std::string_view media_type, std::string_view bytes, spec::Edition edition) {
  const auto read = oci::read_json(bytes);
  if (!read.value || !read.value->is_object() || !read.faults.empty()) return false;
  const auto& document = *read.value;
  const auto reading = read_manifest("", media_type, bytes, edition);
  const bool artifact = reading.kind == Kind::kArtifact;
  const auto own = document.find("mediaType");
  if (own == document.end() ? !artifact : *own != media_type) return false;
  // Registries may know the key that an older revision had for the subject.
  const bool old_key = artifact && edition == spec::Edition::kOrasPhase1Sm;
  if (document.contains(old_key ? "subject" : "subjectManifest")) return false;
  const auto subject = document.find(old_key ? "subjectManifest" : "subject");
  if (subject != document.end() && !is_plain_subject(*subject)) return false;
  return has_plain_annotations(document) && has_a_plain_type(document) &&
         is_plain_by_kind(document, reading.kind, media_type);
}

bool has_a_nonce(std::string_view bytes) {
  const auto read = oci::read_json(bytes);
  if (!read.value || !read.value->is_object()) return false;
  const auto found = read.value->find("annotations");
  return found != read.value->end() && found->is_object() && is_text(*found, kNonce);
}

bool is_ordinary_question(const Observation& one) {
  const auto url = http::Url::parse(one.url);
  return url && !is_conditional(one) && has_plain_parameters(*url, one.place.area);
}

bool accepts(const Observation& one, std::string_view media_type) {
  bool any = false;
  for (const auto& line : one.sent_headers) {
    if (!http::same_name(line.name, "Accept")) continue;
    any = true;
    if (line.value.find(media_type) != std::string::npos || line.value.find("*/*") != std::string::npos) return true;
  }
  return !any && one.place.area == Area::kList;
}

}  // namespace referee::model
