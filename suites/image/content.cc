// What a registry may not change, and what it may make of odd documents: OCI image-spec, considerations.md,
// annotations.md.
#include <fmt/format.h>

#include "harness/oci/json.h"
#include "harness/spec/literals/image.h"
#include "suites/suite.h"

namespace referee::suites {

CONFORMANCE_TEST(Content, IsNotAltered, "img.content.not-altered"_requirement) {
  const auto subject = push(image());
  const auto plain = artifact(kSbom).refers_to(subject);
  const auto embedded = plain.with("/config/data", "e30=");
  const auto linked = plain.with_subject_member("urls", content::Json::array({"https://example.invalid/subject"}));
  for (const auto& recipe : {plain, embedded, linked}) {
    const auto content = make(recipe);
    const auto answer = put(content);
    if (answer.status / 100 == 4) continue;  // whether it is taken is another rule's
    GIVEN_THAT(answer, HasStatus(201));
    const auto pulled = pull(content.manifest.digest);
    GIVEN_THAT(pulled, HasStatus(200));
    EXPECT_THAT(pulled, HasBody(content.manifest.bytes));
  }
}

CONFORMANCE_TEST(Content, AnnotationValuesAreStrings, "img.annotations.non-string"_requirement) {
  const auto subject = push(image());
  const auto content = make(artifact(kSbom).refers_to(subject).annotated_with({{"a", 1}}));
  const auto answer = put(content);
  GIVEN_THAT(answer, Not(HasStatusClass(5)));
  EXPECT_NOTE_THAT(answer, HasStatusClass(4)) << "an annotation whose value is a number";
  if (answer.status != 201 || !met(Gate::kReferrers)) return;
  const auto listing = eventually([&] { return referrers_of(subject); }, Lists(content));
  APPLIES_IF(listing, Lists(content));
  const auto listed = entry_of(listing, content).raw->value("annotations", nlohmann::json::object());
  for (const auto& [key, value] : listed.items()) {
    EXPECT_WARN_THAT(value.is_string(),
                     Holds("annotations that are strings", fmt::format("the annotation {} is {}", key, value.dump())));
  }
}

CONFORMANCE_TEST(Content, NeedsAnArtifactTypeWithAnEmptyConfig,
                 "img.artifacttype.required-with-empty-config"_requirement) {
  const auto subject = push(image());
  // The empty config also where it is refused and all other content does without.
  const auto content = make(artifact(kSbom).refers_to(subject).without_artifact_type().with_config(empty_blob()));
  const auto answer = put(content);
  EXPECT_NOTE_THAT(answer, HasStatusClass(4)) << "the empty config, and no artifactType: which the author must set";
  if (answer.status != 201 || !met(Gate::kReferrers)) return;
  GIVEN_EVENTUALLY(list_all(subject), Lists(content));
  EXPECT_FAIL_THAT(entry_of(referrers_of(subject), content).artifact_type,
                   The("artifactType", Optional(std::string(oci::kEmptyType))));
}

CONFORMANCE_TEST(Content, HandlesInvalidArtifactTypes, "img.artifacttype.rfc6838"_requirement) {
  const auto subject = push(image());
  for (const std::string& type : {std::string("org.cncf.notary.v2"), std::string("a/b/c"),
                                  std::string("text/plain; x=y"), "application/" + std::string(288, 'x')}) {
    const auto answer = put(make(artifact(ArtifactType(type)).refers_to(subject)));
    EXPECT_THAT(answer, Not(HasStatusClass(5))) << "artifactType " << type.substr(0, 40);
  }
}

}  // namespace referee::suites
