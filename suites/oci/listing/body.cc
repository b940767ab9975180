// The list as a document: OCI distribution-spec, "Listing Referrers"; image-spec image-index.md; GET of the list.
#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

MATCHER(IsObject, negation ? "is not a JSON object" : "is a JSON object") { return arg.body && arg.body->is_object(); }

// A list that readers of I-JSON take; the rule leaves out what else the reader reports.
MATCHER(IsUnambiguous, negation ? "has duplicate names or invalid UTF-8" : "is UTF-8 without duplicate names") {
  for (const auto& fault : arg.json_faults) {
    if (fault.find("more than once") == std::string::npos && fault.find("UTF-8") == std::string::npos) continue;
    *result_listener << fault;
    return false;
  }
  return true;
}

// image-spec image-index.md, "Image Index Property Descriptions"; null counts as absent.
MATCHER(HasOptionalMembersOfAnIndex, negation
                                         ? "has members that an index has otherwise"
                                         : "has annotations, artifactType and subject as an index has them, if any") {
  const auto is_text = [](const nlohmann::json& value) { return value.is_string(); };
  const auto wrong = [&](const char* key, auto is_right) {
    const auto* member = member_of(arg, key);
    if (member == nullptr || member->is_null() || is_right(*member)) return false;
    *result_listener << "whose `" << key << "` is " << member->dump();
    return true;
  };
  const auto is_map = [&](const nlohmann::json& value) {
    return value.is_object() && std::ranges::all_of(value, is_text);
  };
  const auto is_object = [](const nlohmann::json& value) { return value.is_object(); };
  return !wrong("annotations", is_map) && !wrong("artifactType", is_text) && !wrong("subject", is_object);
}

class ListingBody : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  void expect_index_type(const Page& page, const char* which) const {
    GIVEN_THAT(page, HasStatus(200));
    EXPECT_THAT(page, IsServedAs(oci::kImageIndex)) << which;
    EXPECT_WARN_THAT(page, HasHeader("Content-Type", oci::kImageIndex)) << which << ": the type is set without more";
  }

  /// The first page once it shows that referrer, or what it is after the settle time, readable or not.
  Page page_with(const Pushed& subject, const Pushed& referrer) const {
    auto page = eventually([&] { return answered(subject); }, Lists(referrer));
    GIVEN_THAT(page, HasStatus(200));
    return page;
  }

  void expect_array_even_if_empty(const oci::Digest& digest) const {
    const auto page = answered(digest);
    GIVEN_THAT(page, HasStatus(200));
    GIVEN_THAT(page, IsObject());  // oci.referrers.list.body-index
    EXPECT_THAT(page, IsReadableList());
  }

  /// Pushes what a registry may refuse: then the rule has nothing to say.
  Pushed push_if_taken(const oci::Content& content) const {
    auto answer = put(content);
    APPLIES_IF(answer, Not(HasStatusClass(4)));
    GIVEN_THAT(answer, HasStatus(201));
    return Pushed{content, repository(), "", std::move(answer)};
  }
};

}  // namespace

CONFORMANCE_TEST_F(ListingBody, ListingBody, IsServedAsAnIndex, "oci.referrers.list.content-type"_requirement) {
  const auto subject = push(image());
  const auto empty = answered(subject);
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  expect_index_type(page_with(subject, referrer), "with an entry");
  expect_index_type(empty, "without entries");
  expect_index_type(answered(unknown_digest()), "for a digest never seen");
}

CONFORMANCE_TEST_F(ListingBody, ListingBody, IsServedAsAnIndexWhenFiltered,
                   "oci.referrers.list.content-type"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  expect_index_type(list_referrers(subject, kSbom.text), "filtered");
}

CONFORMANCE_TEST_F(ListingBody, ListingBody, IsServedAsAnIndexOnEachPage,
                   "oci.referrers.list.content-type"_requirement) {
  const auto subject = push(image());
  const auto first = push(artifact(kSbom).refers_to(subject));
  const auto second = push(artifact(kSbom).refers_to(subject));
  settled(subject, first, second);
  const auto listing = list_all(subject.digest(), repository(), "n=1");
  APPLIES_IF(listing.first(), HasStatus(200));                       // no text defines `n` here
  APPLIES_IF(listing.pages, SizeIs(::testing::Gt(std::size_t{1})));  // and a registry may ignore it
  for (const auto& page : listing.pages) expect_index_type(page, "on a chain of pages");
}

CONFORMANCE_TEST_F(ListingBody, ListingBody, IsAnIndex, "oci.referrers.list.body-index"_requirement) {
  const auto subject = push(image());
  const auto page = page_with(subject, push(artifact(kSbom).refers_to(subject)));
  EXPECT_THAT(page, IsReadableList());
  EXPECT_THAT(page, HasNoByteOrderMark());
  if (page.body && page.body->is_object()) {
    EXPECT_THAT(page, HasKey("manifests"));
    EXPECT_THAT(page, HasMember("schemaVersion", 2));
    EXPECT_THAT(page, HasOptionalMembersOfAnIndex());
  }
}

CONFORMANCE_TEST_F(ListingBody, ListingBody, DeclaresItsMediaType, "oci.referrers.list.body-mediatype"_requirement) {
  const auto subject = push(image());
  const auto page = page_with(subject, push(artifact(kSbom).refers_to(subject)));
  GIVEN_THAT(page, IsObject());
  EXPECT_THAT(page, HasKey("mediaType"));
  if (page.body->contains("mediaType")) {
    EXPECT_FAIL_THAT(page, HasMember("mediaType", oci::kImageIndex));
  }
}

CONFORMANCE_TEST_F(ListingBody, ListingBody, HasAnEmptyArrayRatherThanNull,
                   "oci.referrers.list.manifests-not-null"_requirement) {
  expect_array_even_if_empty(push(image()).digest());
  expect_array_even_if_empty(unknown_digest());
}

CONFORMANCE_TEST_F(ListingBody, ListingBody, HasNoDuplicateNames, "oci.referrers.list.i-json"_requirement) {
  const auto subject = push(image());
  const auto doubled = make(artifact(kSbom)
                                .refers_to(subject)
                                .annotated("org.example.twice", "once")
                                .with_second("/annotations/org.example.twice", "again"));
  EXPECT_THAT(settled(subject, push_if_taken(doubled)).pages, Each(IsUnambiguous()));
}

CONFORMANCE_TEST_F(ListingBody, ListingBody, HasNoInvalidUtf8, "oci.referrers.list.i-json"_requirement) {
  const auto subject = push(image());
  const auto broken =
      make(artifact(kSbom).refers_to(subject).with_raw("/annotations/org.example.bytes", "\"latin-1: \xe4\""));
  EXPECT_THAT(settled(subject, push_if_taken(broken)).pages, Each(IsUnambiguous()));
}

}  // namespace referee::suites
