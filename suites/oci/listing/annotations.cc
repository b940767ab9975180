// The annotations of an entry: OCI distribution-spec, "Listing Referrers"; image-spec annotations.md; GET of the list.
#include <fmt/format.h>

#include <map>

#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

constexpr std::size_t kLongBytes = 8192;
constexpr const char* kWhere = "org.example.where";

using Annotations = std::map<std::string, nlohmann::json>;

Annotations map_of(const nlohmann::json* object) {
  Annotations annotations;
  if (object == nullptr || !object->is_object()) return annotations;
  for (const auto& [key, value] : object->items()) annotations[key] = value;
  return annotations;
}
Annotations annotations_of(const engine::Entry& entry) { return map_of(member_of(entry, "annotations")); }
Annotations annotations_of(const Pushed& pushed) {
  const auto document = nlohmann::json::parse(pushed.bytes());
  return map_of(&document.at("annotations"));
}

// A value as messages show it, cut where it is long.
std::string shown(const nlohmann::json& value) {
  const std::string text = oci::dump_json(value);
  return text.size() <= 80 ? text : text.substr(0, 80) + "... (" + std::to_string(text.size()) + " bytes)";
}

MATCHER_P(RepeatsAnnotations, pushed, negation ? "changes annotations" : "repeats each annotation unchanged") {
  const auto listed = annotations_of(arg);
  for (const auto& [key, value] : pushed) {
    const auto found = listed.find(key);
    if (found != listed.end() && found->second == value) continue;
    *result_listener << "where " << key << " is "
                     << (found == listed.end() ? std::string("missing") : shown(found->second)) << " and not "
                     << shown(value);
    return false;
  }
  return true;
}

MATCHER_P(AddsNoneTo, pushed, negation ? "adds annotations" : "adds no annotations") {
  for (const auto& [key, value] : annotations_of(arg)) {
    if (pushed.contains(key)) continue;
    *result_listener << "where " << key << " is added";
    return false;
  }
  return true;
}

class ListingAnnotations : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  static Document annotated(const Document& document) {
    return document
        .annotated("org.example.unicode",
                   "\xe2\x98\x83 und gr\xc3\xbc\xc3\x9f"
                   "e")
        .annotated("org.example.empty", "")
        .annotated("org.example/with/slashes", "slashed")
        .annotated(std::string(oci::kOciCreated), "2024-02-01T12:00:00Z");
  }

  void expect_repeated(const Document& document) const {
    const auto subject = push(image());
    expect_repeated_by(push(annotated(document).refers_to(subject)), subject);
    // How much of it a registry takes is its own affair.
    const auto content =
        make(annotated(document).annotated("org.example.long", std::string(kLongBytes, 'x')).refers_to(subject));
    const auto answer = put(content);
    if (answer.status / 100 == 4) return;
    GIVEN_THAT(answer, HasStatus(201));
    expect_repeated_by({.content = content, .repository = repository(), .tag = {}, .response = answer}, subject);
  }

 private:
  void expect_repeated_by(const Pushed& referrer, const Pushed& subject) const {
    const auto listed = entry(subject, referrer);
    EXPECT_THAT(listed, RepeatsAnnotations(annotations_of(referrer)));
    EXPECT_WARN_THAT(listed, AddsNoneTo(annotations_of(referrer)));
  }
};

}  // namespace

CONFORMANCE_TEST_F(ListingAnnotations, ListingAnnotations, AreRepeated, "oci.referrers.list.annotations"_requirement) {
  expect_repeated(artifact(kSbom));
}

CONFORMANCE_TEST_F(ListingAnnotations, ListingAnnotations, AreRepeatedForAnIndex,
                   "oci.referrers.list.annotations-index"_requirement) {
  expect_repeated(index({image()}, kSbom));
}

CONFORMANCE_TEST_F(ListingAnnotations, ListingAnnotations, AreThoseOfTheManifestItself,
                   "oci.referrers.list.annotations-source"_requirement) {
  const auto subject = push(image());
  const auto nested = [](const char* where) {
    return Json{{kWhere, where}, {std::string("org.example.of.") + where, "nested"}};
  };
  const auto referrer = push(artifact(kSbom)
                                 .annotated(kWhere, "root")
                                 .refers_to(subject)
                                 .with_subject_member("annotations", nested("subject"))
                                 .with("/config/annotations", nested("config"))
                                 .with("/layers/0/annotations", nested("layer")));
  const auto listed = annotations_of(entry(subject, referrer));
  for (const auto* where : {"subject", "config", "layer"}) {
    const std::string key = std::string("org.example.of.") + where;
    EXPECT_THAT(!listed.contains(key),
                Holds("annotations of the manifest alone", fmt::format("{}, an annotation of its {}", key, where)));
  }
  if (listed.contains(kWhere)) {
    EXPECT_THAT(listed.at(kWhere), The(std::string("annotation ") + kWhere, Eq(nlohmann::json("root"))));
  }
}

CONFORMANCE_TEST_F(ListingAnnotations, ListingAnnotations, AreAbsentOrEmptyIfTheManifestHasNone,
                   "oci.referrers.list.annotations-none"_requirement) {
  const auto subject = push(image());
  const auto listed = entry(subject, push(artifact(kSbom).refers_to(subject).without_annotations()));
  const auto* annotations = member_of(listed, "annotations");
  if (annotations != nullptr) {
    EXPECT_THAT(annotations->is_object(),
                Holds("annotations that are an object", "annotations that are " + annotations->dump()))
        << "in the entry " << json_text(listed);
  }
}

}  // namespace referee::suites
