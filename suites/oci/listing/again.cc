// The same list asked for again, while nothing that belongs to it was written: OCI distribution-spec, "Listing
// Referrers"; GET of the list. Each rule binds every answer, not only the first one, and those without entries too.
#include <map>

#include "harness/http/syntax/url.h"
#include "harness/spec/literals/oci.h"
#include "suites/later.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

const ArtifactType kNowhereUsed("application/vnd.example.nowhere");

/// A list, by what was asked, and what came each time.
struct Looks {
  std::string what;
  std::vector<Listing> answers;
};

// What a list has to say of each of its entries, whenever it is asked; what a registry adds is its own affair.
std::map<std::string, std::string> said_in(const Listing& listing, const std::vector<std::string>& keys) {
  std::map<std::string, std::string> said;
  for (const auto& entry : listing.entries()) {
    nlohmann::json own = nlohmann::json::object();
    for (const char* key : {"mediaType", "size", "artifactType"}) {
      if (const auto* member = member_of(entry, key)) own[key] = *member;
    }
    const auto* annotations = member_of(entry, "annotations");
    for (const auto& key : keys) {
      if (annotations != nullptr && annotations->is_object() && annotations->contains(key))
        own[key] = (*annotations)[key];
    }
    said[entry.digest.value_or("")] = oci::dump_json(own);
  }
  return said;
}

class SecondLook : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// A subject with three referrers, and the first list that shows all of them.
  struct Crowd {
    Pushed subject;
    Listing first;
  };
  Crowd subject_with_referrers() const {
    const auto subject = push(image());
    const auto annotated = push(artifact(kSbom).refers_to(subject).annotated(kKey, "kept"));
    const auto sbom = push(artifact(kSbom).refers_to(subject));
    const auto signature = push(artifact(kSignature).refers_to(subject));
    return {subject, settled(subject, annotated, sbom, signature)};
  }

  /// Lists with entries and without, whole and filtered, in pages where `n` makes any.
  std::vector<Looks> look_at_all_kinds() const {
    const auto subject = subject_with_referrers().subject;
    const auto lone = push(image());
    const auto unknown = unknown_digest();
    const auto list = push(index({image()}));
    push(artifact(kSbom).refers_to(list));
    const auto absent = absent_subject(session().fresh_nonce());
    push(artifact(kSbom).refers_to(absent));
    return {{"of an index", looks_at([&] { return list_all(list); })},
            {"of what is not there", looks_at([&] { return list_all(absent.digest, repository()); })},
            {"with entries", looks_at([&] { return list_all(subject); })},
            {"filtered", looks_at([&] { return list_all(subject, kSbom.text); })},
            {"filtered to nothing", looks_at([&] { return list_all(subject, kNowhereUsed.text); })},
            {"without entries", looks_at([&] { return list_all(lone); })},
            {"of a digest never seen", looks_at([&] { return list_all(unknown, repository()); })},
            {"with n=1", looks_at([&] { return list_all(subject.digest(), repository(), "n=1"); })}};
  }

  static constexpr const char* kKey = "org.example.said";
};

bool is_object(const Page& page) { return page.response.status == 200 && page.body && page.body->is_object(); }

}  // namespace

CONFORMANCE_TEST_F(SecondLook, ListingAgain, IsServedAsAnIndex, "oci.referrers.list.content-type"_requirement) {
  for (const auto& [what, answers] : look_at_all_kinds()) {
    for (const auto& listing : answers) {
      if (response_of(listing).status != 200) continue;  // other rows
      EXPECT_THAT(listing.first(), IsServedAs(oci::kImageIndex)) << "the list " << what << ", one of several looks";
    }
  }
}

CONFORMANCE_TEST_F(SecondLook, ListingAgain, HasTheVersionOfAnIndex, "oci.referrers.list.body-index"_requirement) {
  for (const auto& [what, answers] : look_at_all_kinds()) {
    for (const auto& listing : answers) {
      if (!is_object(listing.first())) continue;  // later pages are oci.referrers.page.each-is-index's
      EXPECT_THAT(listing.first(), HasMember("schemaVersion", 2)) << "the list " << what << ", one of several looks";
    }
  }
}

CONFORMANCE_TEST_F(SecondLook, ListingAgain, DeclaresItsMediaType, "oci.referrers.list.body-mediatype"_requirement) {
  for (const auto& [what, answers] : look_at_all_kinds()) {
    for (const auto& listing : answers) {
      for (const auto& page : listing.pages) {
        if (!is_object(page)) continue;
        EXPECT_THAT(page, HasKey("mediaType")) << "the list " << what << ", one of several looks";
      }
    }
  }
}

CONFORMANCE_TEST_F(SecondLook, ListingAgain, StaysEmpty, "oci.referrers.list.empty-200"_requirement) {
  const auto lone = push(image());
  const auto unknown = unknown_digest();
  for (const auto& digest : {lone.digest(), unknown}) {
    const auto answers = looks_at([&] { return list_all(digest, repository()); });
    GIVEN_THAT(answers.front(), ListsNothing());
    EXPECT_THAT(answers, Each(ListsNothing())) << "a list without entries, at " << answers.size() << " looks";
  }
}

CONFORMANCE_TEST_F(SecondLook, ListingAgain, SaysTheSameOfEachEntry, "oci.referrers.list.stable"_requirement) {
  const auto crowd = subject_with_referrers();
  const auto said_first = said_in(crowd.first, {kKey});
  const auto differs = [&] {
    const auto answers = looks_at([&] { return referrers_of(crowd.subject); });
    return std::ranges::any_of(answers, [&](const Listing& one) { return said_in(one, {kKey}) != said_first; });
  };
  EXPECT_EVENTUALLY(!differs(),
                    Holds("the same words for each entry at each look", "entries that differ from look to look"));
}

namespace {

/// Referrers that the check leaves in place.
class Lasting : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  struct Kept {
    Pushed subject;
    std::vector<Pushed> referrers;
  };

  /// Those that are there, but not in the list.
  std::vector<std::string> hidden(const Kept& kept) const {
    std::vector<std::string> found;
    const auto listed = engine::digests_of(referrers_of(kept.subject).entries());
    for (const auto& referrer : kept.referrers) {
      const auto& digest = referrer.digest().text();
      if (std::ranges::count(listed, digest) == 0 && pull(referrer).status == 200) found.push_back(digest);
    }
    return found;
  }
};

}  // namespace

CONFORMANCE_TEST_AND_LATER(Lasting, ListingAgain, StillListsThemAtTheEnd, "oci.referrers.list.stable"_requirement) {
  const auto subject = push(image(), {.in = {}, .tag = session().fresh_nonce()});
  const std::vector<Pushed> referrers = {push(artifact(kSbom).refers_to(subject)),
                                         push(index({image()}, kSbom).refers_to(subject)),
                                         push(artifact(kSignature).refers_to(subject))};
  GIVEN_EVENTUALLY(list_all(subject), ListsEach(referrers));
  return {subject, referrers};
}

void ListingAgain_StillListsThemAtTheEnd::later(const Kept& kept) {
  EXPECT_EVENTUALLY(hidden(kept), The("referrer that is not listed", IsEmpty()))
      << "listed before, still there, and not listed at the end of the run";
}

}  // namespace referee::suites
