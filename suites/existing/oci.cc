// Content that is there already: OCI distribution-spec, "Listing Referrers". Others may write meanwhile, so nothing is
// claimed about the whole of a list in which two readings could differ.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/http/syntax/url.h"
#include "harness/spec/literals/oci.h"
#include "suites/existing/lists.h"

namespace referee::suites {
namespace {

// The type that most entries have: a filter by it has most to lose.
std::string commonest_type(const std::vector<engine::Entry>& entries) {
  std::map<std::string, int> count;
  for (const auto& entry : entries) {
    if (!entry.artifact_type.value_or("").empty()) ++count[*entry.artifact_type];
  }
  if (count.empty()) throw engine::NotApplicable("no entry has an artifactType");
  return std::ranges::max_element(count, {}, [](const auto& each) { return each.second; })->first;
}

}  // namespace

CONFORMANCE_TEST_F(ExistingList, Existing, ListIsAnswered, "oci.referrers.list.known-200"_requirement,
                   {.existing = true}) {
  GIVEN_THAT(head(engine::Reference(subject().digest), where()), HasStatus(200));
  EXPECT_THAT(list_referrers(subject().digest, where()), HasStatus(200));
}

CONFORMANCE_TEST_F(ExistingList, Existing, ListIsServedAsAnIndex, "oci.referrers.list.content-type"_requirement,
                   {.existing = true}) {
  const auto page = list_referrers(subject().digest, where());
  GIVEN_THAT(page, HasStatus(200));
  EXPECT_THAT(page, IsServedAs(oci::kImageIndex));
}

CONFORMANCE_TEST_F(ExistingList, Existing, EveryPageIsAnIndex, "oci.referrers.list.body-index"_requirement,
                   {.existing = true}) {
  for (const auto& page : whole_list().pages) {
    GIVEN_THAT(page, HasStatus(200));
    EXPECT_THAT(page, IsReadableList());
    if (page.readable) {
      EXPECT_THAT(page.body->value("schemaVersion", nlohmann::json()), The("schemaVersion", Eq(nlohmann::json(2))));
    }
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, IndexDeclaresItsMediaType, "oci.referrers.list.body-mediatype"_requirement,
                   {.existing = true}) {
  const auto page = list_referrers(subject().digest, where());
  GIVEN_THAT(page, IsReadableList());
  EXPECT_THAT(text_member(*page.body, "mediaType"), The("mediaType", Eq(oci::kImageIndex)));
}

CONFORMANCE_TEST_F(ExistingList, Existing, EntriesAreDescriptors, "oci.referrers.list.descriptor-required"_requirement,
                   {.existing = true}) {
  for (const auto& entry : entries()) {
    EXPECT_THAT(entry.media_type && entry.digest && entry.size,
                Holds("mediaType, digest and size", "the entry " + ::testing::PrintToString(entry)));
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, EntriesCanBePulled, "oci.referrers.list.digest-pullable"_requirement,
                   {.existing = true}) {
  std::size_t pulled = 0;
  for (const auto& entry : entries()) {
    if (!entry.digest || ++pulled > 100) continue;
    const auto digest = oci::Digest::parse(*entry.digest);
    GIVEN_THAT(digest.has_value(),
               Holds("an entry with a digest", "a digest in the list is malformed: " + *entry.digest));
    EXPECT_THAT(pull(*digest, where()), HasStatus(200)) << *entry.digest;
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, SizesMatchTheManifests, "oci.referrers.list.size-exact"_requirement,
                   {.existing = true}) {
  for (const auto& each : stored()) {
    GIVEN_THAT(each.entry.size.has_value(),
               Holds("an entry with a size", "an entry has no size: Existing.EntriesAreDescriptors"));
    EXPECT_THAT(*each.entry.size, The("size", Eq(static_cast<std::int64_t>(each.response.body.size()))))
        << *each.entry.digest;
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, MediaTypesMatchTheManifests, "oci.referrers.list.mediatype"_requirement,
                   {.existing = true}) {
  for (const auto& each : stored()) {
    if (!each.manifest || !each.entry.media_type) continue;
    const auto type = text_member(*each.manifest, "mediaType");
    if (!type.empty()) {
      EXPECT_THAT(*each.entry.media_type, The("mediaType", Eq(type))) << *each.entry.digest;
    }
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, EntriesNameTheSubject, "oci.referrers.list.subject-matches"_requirement,
                   {.existing = true}) {
  for (const auto& each : stored()) {
    if (!each.manifest) continue;
    const auto named = each.manifest->value("subject", nlohmann::json());
    EXPECT_THAT(named.is_object() ? text_member(named, "digest") : "no subject",
                The("subject of the manifest", Eq(subject().digest)))
        << *each.entry.digest;
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, EntriesShowTheArtifactType,
                   "oci.referrers.list.artifacttype-explicit"_requirement, {.existing = true}) {
  for (const auto& each : stored()) {
    const auto type = each.manifest ? text_member(*each.manifest, "artifactType") : "";
    if (!type.empty()) {
      EXPECT_THAT(each.entry.artifact_type.value_or(""), The("artifactType", Eq(type))) << *each.entry.digest;
    }
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, EntriesFallBackToTheConfigsType,
                   "oci.referrers.list.artifacttype-config-fallback"_requirement, {.existing = true}) {
  for (const auto& each : stored()) {
    if (!each.manifest || text_member(*each.manifest, "mediaType") != oci::kImageManifest) continue;
    if (!text_member(*each.manifest, "artifactType").empty()) continue;
    const auto config = each.manifest->value("config", nlohmann::json());
    const auto type = config.is_object() ? text_member(config, "mediaType") : "";
    if (!type.empty()) {
      EXPECT_THAT(each.entry.artifact_type.value_or(""), The("artifactType", Eq(type))) << *each.entry.digest;
    }
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, EntriesRepeatTheAnnotations, "oci.referrers.list.annotations"_requirement,
                   {.existing = true}) {
  for (const auto& each : stored()) {
    if (!each.manifest || text_member(*each.manifest, "mediaType") == oci::kImageIndex) continue;
    const auto wanted = each.manifest->value("annotations", nlohmann::json());
    if (!wanted.is_object() || wanted.empty()) continue;
    EXPECT_THAT(each.entry.raw->value("annotations", nlohmann::json()), The("annotations", Eq(wanted)))
        << *each.entry.digest;
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, EntriesAppearOnce, "oci.referrers.list.no-duplicates"_requirement,
                   {.existing = true}) {
  const auto page = list_referrers(subject().digest, where());
  GIVEN_THAT(page, IsReadableList());
  const auto digests = engine::digests_of(page.entries);
  EXPECT_THAT(repeated(digests), The("digest that is listed again", IsEmpty()));
}

CONFORMANCE_TEST_F(ExistingList, Existing, FilteredListsHoldOnlyMatches,
                   "oci.referrers.filter.only-matching"_requirement, {.existing = true}) {
  const auto type = commonest_type(entries());
  const auto filtered = whole_list("artifactType=" + http::percent_encode(type, "/"));
  GIVEN_THAT(filtered, IsReadableList());
  APPLIES_IF(filtered, HasHeader(oci::kFiltersHeader));
  for (const auto& entry : filtered.entries())
    EXPECT_THAT(entry.artifact_type.value_or(""), The("artifactType", Eq(type)));
}

CONFORMANCE_TEST_F(ExistingList, Existing, FilteredListsHoldEveryMatch, "oci.referrers.filter.all-matching"_requirement,
                   {.existing = true}) {
  const auto before = entries();
  const auto type = commonest_type(before);
  const auto filtered = whole_list("artifactType=" + http::percent_encode(type, "/"));
  GIVEN_THAT(filtered, IsReadableList());
  APPLIES_IF(filtered, HasHeader(oci::kFiltersHeader));
  const auto after = engine::digests_of(entries());  // what was there all the time
  std::vector<std::string> due;
  for (const auto& entry : before) {
    const bool stayed = entry.digest && std::ranges::find(after, *entry.digest) != after.end();
    if (stayed && entry.artifact_type == type) due.push_back(*entry.digest);
  }
  EXPECT_THAT(filtered, ListsEach(due));
}

CONFORMANCE_TEST_F(ExistingList, Existing, PagesCanBeFollowed, "oci.referrers.page.link-resolvable"_requirement,
                   {.existing = true}) {
  const auto listing = whole_list();
  GIVEN_THAT(listing.first(), IsReadableList());
  APPLIES_IF(listing, HasHeader("Link"));
  EXPECT_THAT(listing.broken.empty(), Holds("links that can be followed to the end", listing.broken));
  for (const auto& page : listing.pages) EXPECT_THAT(page, HasStatus(200));
}

}  // namespace referee::suites
