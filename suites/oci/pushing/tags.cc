// Tags in the query of a push by digest: OCI distribution-spec main, "Pushing Manifests", end-7b;
// PUT /v2/<name>/manifests/<digest>?tag=<tag>, header OCI-Tag.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/spec/literals/oci.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

constexpr const char* kIgnoresTags = "the registry ignores the parameter `tag` of a push, as it may";

using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAreArray;

using Tags = std::vector<std::string>;

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

// The names in OCI-Tag, over all lines and all commas.
Tags reported(const Response& response) {
  Tags tags;
  for (const auto& line : response.headers.all(oci::kTagHeader)) {
    for (std::size_t at = 0; at <= line.size();) {
      const auto comma = std::min(line.find(',', at), line.size());
      if (auto tag = trimmed(std::string_view(line).substr(at, comma - at)); !tag.empty()) tags.push_back(tag);
      at = comma + 1;
    }
  }
  return tags;
}

// The reference of a push that asks for tags.
std::string tagged_with(const oci::Content& content, const Tags& tags) {
  return fmt::format("{}?tag={}", content.manifest.digest.text(), fmt::join(tags, "&tag="));
}

// Those of the answers, one for each tag, that are the content.
Tags resolved(const Tags& tags, const oci::Content& content, const std::function<Response(const std::string&)>& ask) {
  Tags found;
  for (const auto& tag : tags) {
    const auto answer = ask(tag);
    if (answer.status == 200 && answer.body == content.manifest.bytes) found.push_back(tag);
  }
  return found;
}

class TagParameters : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  Tags tags_named(int count) const {
    Tags tags;
    for (int i = 1; i <= count; ++i) tags.push_back(tag_named(fmt::format("t{}", i)));
    return tags;
  }
};

}  // namespace

CONFORMANCE_TEST_F(TagParameters, TagParameters, AreReportedIfApplied, "oci.subject.tag-params"_requirement) {
  const auto subject = push(image());
  const auto usual = push(artifact(kSbom).refers_to(subject), {.tag = tag_named("usual")});
  GIVEN_THAT(pull(tag_named("usual")), AllOf(HasStatus(200), HasBody(usual.bytes())));
  const auto referrer = make(artifact(kSbom).refers_to(subject));
  push_parts(referrer, repository());
  const auto answer = put_manifest(referrer.manifest, tagged_with(referrer, tags_named(2)), repository());
  APPLIES_IF(answer, HasStatus(201));
  const auto made = [&] { return resolved(tags_named(2), referrer, [&](const auto& tag) { return pull(tag); }); };

  if (reported(answer).empty()) {
    APPLIES_IF(!made().empty(), Holds("tags from parameters", kIgnoresTags));
    EXPECT_THAT(reported(answer), The("tag in OCI-Tag", UnorderedElementsAreArray(made())));
  } else {
    EXPECT_EVENTUALLY(made(), The("tag that can be pulled", UnorderedElementsAreArray(reported(answer))));
  }
}

CONFORMANCE_TEST_F(TagParameters, TagParameters, KeepTheAcknowledgement, "oci.subject.tag-params"_requirement) {
  needs(Gate::kReferrers);
  const auto subject = push(image());
  GIVEN_THAT(push(artifact(kSbom).refers_to(subject)), IsAcknowledged());
  const auto referrer = make(artifact(kSbom).refers_to(subject));
  push_parts(referrer, repository());
  const auto answer = put_manifest(referrer.manifest, tagged_with(referrer, tags_named(2)), repository());
  APPLIES_IF(answer, HasStatus(201));
  APPLIES_IF(!reported(answer).empty(), Holds("an answer with OCI-Tag", kIgnoresTags));

  EXPECT_THAT(answer, HasHeader(oci::kSubjectHeader));
}

// Twice is a warning and no more: the text forbids duplicates in the list that clients keep, and nowhere else.
CONFORMANCE_TEST_F(TagParameters, TagParameters, DoNotRepeatAnEntry, "oci.subject.tag-params"_requirement) {
  needs(Gate::kReferrers);
  const auto subject = push(image());
  const auto usual = push(artifact(kSbom).refers_to(subject));
  push(usual.content, {.tag = tag_named("a")});
  push(usual.content, {.tag = tag_named("b")});
  GIVEN_EVENTUALLY(list_all(subject), Lists(usual));
  GIVEN_THAT(list_all(subject), ListsOnceAPage(usual.digest().text()));
  const auto referrer = make(artifact(kSbom).refers_to(subject));
  push_parts(referrer, repository());
  const auto answer = put_manifest(referrer.manifest, tagged_with(referrer, tags_named(2)), repository());
  APPLIES_IF(answer, HasStatus(201));
  GIVEN_EVENTUALLY(list_all(subject), Lists(referrer));

  EXPECT_WARN_THAT(list_all(subject), ListsOnceAPage(referrer.manifest.digest.text()));
}

CONFORMANCE_TEST_F(TagParameters, TagParameters, MayBeTen, "oci.subject.tag-params-ten"_requirement) {
  const auto subject = push(image());
  const auto two = make(artifact(kSbom).refers_to(subject));
  push_parts(two, repository());
  const auto control = put_manifest(two.manifest, tagged_with(two, tags_named(2)), repository());
  APPLIES_IF(control, HasStatus(201));
  APPLIES_IF(reported(control), The("tag in OCI-Tag", IsSupersetOf(tags_named(2))));
  const auto ten = make(artifact(kSbom).refers_to(subject));

  const auto answer = put_manifest(ten.manifest, tagged_with(ten, tags_named(10)), repository());

  ASSERT_THAT(answer, HasStatus(201));
  EXPECT_THAT(reported(answer), The("tag in OCI-Tag", IsSupersetOf(tags_named(10))));
  EXPECT_EVENTUALLY(resolved(tags_named(10), ten, [&](const auto& tag) { return pull(tag); }),
                    The("tag that can be pulled", SizeIs(10)));
}

}  // namespace referee::suites
