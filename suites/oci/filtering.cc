// Filtering by artifactType: OCI distribution-spec, "Listing Referrers", GET
// /v2/<name>/referrers/<digest>?artifactType=.
//
// A registry that ignores the parameter answers the whole list without the header and is right, so that every claim
// about a filtered answer is due only where that answer announces the filter.
#include "harness/http/syntax/url.h"
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

const ArtifactType kShort("application/vnd.example.sbom");
const ArtifactType kAround(
    "x.application/vnd.example.sbom.v1");  // has the SBOM's type in it, but does not begin with it
const ArtifactType kConfig("application/vnd.example.config.v1");  // nothing in it needs an escape
const ArtifactType kUnused("application/vnd.example.none");
const ArtifactType kWithPlus("application/vnd.example.sbom.v1+json");
constexpr int kAsked = 3;  // times in a row: what a cache answers has to be as right as the first answer

// A slash may appear raw in a query (RFC 3986, section 3.4), as in the specification's example: whether escapes are
// decoded is a separate rule.
std::string filter_by(std::string_view type) { return "artifactType=" + http::percent_encode(type, "/"); }

// The values of the header, over all lines, split at commas.
std::vector<std::string> announced(const Response& response) {
  std::vector<std::string> names;
  for (const auto& line : response.headers.all(oci::kFiltersHeader)) {
    std::string name;
    for (const char c : line + ",") {
      if (c == ',') {
        names.push_back(std::exchange(name, {}));
      } else if (c != ' ' && c != '\t') {
        name += c;
      }
    }
  }
  return names;
}

MATCHER_P(AnnouncesOnly, names, "announces no filters but those of the request") {
  const auto said = announced(engine::response_of(arg));
  *result_listener << "which announces " << ::testing::PrintToString(said);
  return std::ranges::all_of(said, [&](const auto& name) { return std::ranges::count(names, name) > 0; });
}

MATCHER(AnnouncesArtifactType,
        std::string(negation ? "does not name" : "names") + " artifactType among the filters applied") {
  const auto said = announced(engine::response_of(arg));
  *result_listener << "which announces " << ::testing::PrintToString(said);
  return std::ranges::count(said, "artifactType") > 0;
}

MATCHER_P(ShowsArtifactType, type, "shows the artifactType " + std::string(type)) {
  return arg.artifact_type == std::string(type);
}

// Two SBOMs, three signatures, and the lists of them.
struct Mixture {
  Pushed subject;
  std::vector<Pushed> sboms;
  std::vector<Pushed> signatures;
};

class Filtered : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  Mixture push_mixture() const {
    Mixture mixture{push(image()), {}, {}};
    for (int i = 0; i < 2; ++i) mixture.sboms.push_back(push(artifact(kSbom).refers_to(mixture.subject)));
    for (int i = 0; i < 3; ++i) mixture.signatures.push_back(push(artifact(kSignature).refers_to(mixture.subject)));
    auto all = mixture.sboms;
    all.insert(all.end(), mixture.signatures.begin(), mixture.signatures.end());
    GIVEN_EVENTUALLY(list_all(mixture.subject), ListsExactlyEach(all));
    return mixture;
  }

  /// All pages of a filtered answer; skipped unless the first announces the filter, blocked if it cannot be read.
  Listing announced_list(const Pushed& subject, const std::string& query) const {
    auto listing = list_all(subject.digest(), subject.repository, query);
    APPLIES_IF(listing, HasHeader(oci::kFiltersHeader));
    GIVEN_THAT(listing, IsReadableList());
    return listing;
  }
};

}  // namespace

CONFORMANCE_TEST_F(Filtered, Filtering, IsSupported, "oci.referrers.filter.supported"_requirement) {
  const auto mixture = push_mixture();
  const auto filtered = list_all(mixture.subject.digest(), repository(), filter_by(kSbom.text));
  GIVEN_THAT(filtered, IsReadableList());
  const bool whole = engine::digests_of(filtered.entries()).size() >= mixture.sboms.size() + mixture.signatures.size();
  APPLIES_IF(whole || response_of(filtered).headers.has(oci::kFiltersHeader),
             Holds("a whole list, or an announced filter",
                   "the list lacks entries and announces no filter, which "
                   "Filtering.ReturnsTheWholeListIfUnsupported judges"));
  EXPECT_THAT(filtered, HasHeader(oci::kFiltersHeader));
}

CONFORMANCE_TEST_F(Filtered, Filtering, NamesTheFilterItApplied, "oci.referrers.filter.header"_requirement) {
  const auto mixture = push_mixture();
  const auto filtered = list_all(mixture.subject.digest(), repository(), filter_by(kSbom.text));
  GIVEN_THAT(filtered, IsReadableList());
  GIVEN_THAT(filtered, ListsEach(mixture.sboms));
  APPLIES_IF(filtered, Not(ListsEach(mixture.signatures)));  // the rule binds only where the filter was applied
  EXPECT_THAT(filtered.pages, Each(HasHeader(oci::kFiltersHeader)));
}

CONFORMANCE_TEST_F(Filtered, Filtering, NamesTheFilterEachTime, "oci.referrers.filter.header"_requirement) {
  const auto mixture = push_mixture();
  const auto look = [&] { return list_all(mixture.subject.digest(), repository(), filter_by(kSbom.text)); };
  const auto is_no_silent_filter =
      AnyOf(HasHeader(oci::kFiltersHeader), ListsEach(mixture.signatures), Not(ListsEach(mixture.sboms)));
  // Of several looks, with a push among them that has no part in the answer: the first that filters in silence.
  const auto worst = [&] {
    for (int i = 0; i < kAsked; ++i) {
      if (auto answer = look(); !::testing::Value(answer, is_no_silent_filter)) return answer;
    }
    push(image());
    return look();
  };
  EXPECT_EVENTUALLY(worst(), is_no_silent_filter) << "one of four answers to one filtered request";
}

CONFORMANCE_TEST_F(Filtered, Filtering, NamesTheFilterByTheTypeOfAConfig, "oci.referrers.filter.header"_requirement) {
  const auto subject = push(image());
  const auto by_config = push(config_artifact(kConfig).refers_to(subject));
  const auto sbom = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsExactly(by_config, sbom));
  const auto filtered = list_all(subject.digest(), repository(), filter_by(kConfig.text));
  GIVEN_THAT(filtered, IsReadableList());
  GIVEN_THAT(filtered, Lists(by_config));
  APPLIES_IF(filtered, Not(Lists(sbom)));  // the rule binds only where the filter was applied
  EXPECT_THAT(filtered.pages, Each(HasHeader(oci::kFiltersHeader))) << "filtered by the media type of a config";
}

CONFORMANCE_TEST_F(Filtered, Filtering, NamesOnlyTheRequestedFilter, "oci.referrers.filter.header-value"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto filtered = announced_list(subject, filter_by(kSbom.text));
  EXPECT_THAT(filtered, AllOf(AnnouncesArtifactType(), AnnouncesOnly(std::vector<std::string>{"artifactType"})));
}

CONFORMANCE_TEST_F(Filtered, Filtering, NamesOnlyTheRequestedFilterEachTime,
                   "oci.referrers.filter.header-value"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  for (int look = 1; look <= kAsked; ++look) {
    const auto filtered = announced_list(subject, filter_by(kSbom.text));
    EXPECT_THAT(filtered, AllOf(AnnouncesArtifactType(), AnnouncesOnly(std::vector<std::string>{"artifactType"})))
        << "at look " << look;
  }
}

CONFORMANCE_TEST_F(Filtered, Filtering, ReturnsOnlyMatches, "oci.referrers.filter.only-matching"_requirement) {
  const auto mixture = push_mixture();
  const auto wrapped = push(artifact(kAround).refers_to(mixture.subject));
  GIVEN_EVENTUALLY(list_all(mixture.subject), Lists(wrapped));
  for (int look = 1; look <= kAsked; ++look) {
    const auto filtered = announced_list(mixture.subject, filter_by(kSbom.text));
    EXPECT_THAT(filtered, Not(Lists(wrapped))) << "at look " << look;
    for (const auto& signature : mixture.signatures) EXPECT_THAT(filtered, Not(Lists(signature))) << "at look " << look;
  }
}

CONFORMANCE_TEST_F(Filtered, Filtering, ReturnsEveryMatch, "oci.referrers.filter.all-matching"_requirement) {
  const auto mixture = push_mixture();
  const auto index_sbom = push(index({image()}, kSbom).refers_to(mixture.subject));
  const auto whole = eventually([&] { return referrers_of(mixture.subject); }, Lists(index_sbom));
  GIVEN_THAT(whole, Lists(index_sbom));
  std::vector<std::string> matching;
  for (const auto& entry : whole.entries()) {
    if (entry.artifact_type == kSbom.text) matching.push_back(entry.digest.value_or(""));
  }
  EXPECT_THAT(announced_list(mixture.subject, filter_by(kSbom.text)), ListsEach(matching));
}

CONFORMANCE_TEST_F(Filtered, Filtering, IncludesWhatIsPushedLater, "oci.referrers.filter.all-matching"_requirement) {
  const auto subject = push(image());
  const auto first = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject, kSbom.text), Lists(first));
  APPLIES_IF(list_all(subject, kSbom.text), HasHeader(oci::kFiltersHeader));
  const auto second = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(second));
  EXPECT_EVENTUALLY(list_all(subject, kSbom.text), Lists(second))
      << "the whole list shows it; the filtered answer is the one from before the push, as a cache keeps it";
}

CONFORMANCE_TEST_F(Filtered, Filtering, FallsBackToConfigMediaType,
                   "oci.referrers.filter.config-fallback"_requirement) {
  const auto subject = push(image());
  const auto by_config = push(config_artifact(kConfig).refers_to(subject));
  push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(by_config));
  const auto entry = entry_of(referrers_of(subject), by_config);
  GIVEN_THAT(entry, ShowsArtifactType(kConfig.text));
  EXPECT_THAT(announced_list(subject, filter_by(kConfig.text)), Lists(by_config));
}

CONFORMANCE_TEST_F(Filtered, Filtering, IncludesIndexReferrers, "oci.referrers.filter.index"_requirement) {
  const auto subject = push(image());
  const auto typed = push(index({image()}, kSbom).refers_to(subject));
  const auto untyped = push(index({image()}).refers_to(subject));
  push(artifact(kSignature).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), AllOf(Lists(typed), Lists(untyped)));
  const auto sboms = announced_list(subject, filter_by(kSbom.text));
  EXPECT_THAT(sboms, Lists(typed));
  EXPECT_THAT(sboms, Not(Lists(untyped)));
  EXPECT_THAT(announced_list(subject, filter_by(kSignature.text)), Not(Lists(untyped)));
}

CONFORMANCE_TEST_F(Filtered, Filtering, AnswersAnEmptyIndexForNoMatch,
                   "oci.referrers.filter.no-match-200"_requirement) {
  const auto subject = push(image());
  const auto sbom = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(sbom));
  GIVEN_THAT(list_all(push(image())), IsReadableList());  // how lists without entries are written is another row's
  for (int look = 1; look <= kAsked; ++look) {
    const auto filtered = list_all(subject.digest(), repository(), filter_by(kUnused.text));
    if (look == 1) APPLIES_IF(filtered, HasHeader(oci::kFiltersHeader));
    EXPECT_THAT(filtered, AllOf(HasStatus(200), ListsNothing())) << "at look " << look;
  }
}

CONFORMANCE_TEST_F(Filtered, Filtering, NamesNoFilterUnasked,
                   "oci.referrers.filter.header-absent-unfiltered"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto plain = list_referrers(subject);
  GIVEN_THAT(plain, IsReadableList());
  EXPECT_THAT(plain, Not(HasHeader(oci::kFiltersHeader)));
}

CONFORMANCE_TEST_F(Filtered, Filtering, ReturnsTheWholeListIfUnsupported,
                   "oci.referrers.filter.unsupported-full-list"_requirement) {
  const auto mixture = push_mixture();
  auto all = mixture.sboms;
  all.insert(all.end(), mixture.signatures.begin(), mixture.signatures.end());
  const auto filtered = list_all(mixture.subject.digest(), repository(), filter_by(kSbom.text));
  APPLIES_IF(filtered, Not(HasHeader(oci::kFiltersHeader)));
  // Filtered, but silently: that is the rule about the header, and no unsupported filter.
  APPLIES_IF(filtered, Not(ListsExactlyEach(mixture.sboms)));
  EXPECT_THAT(filtered, AllOf(HasStatus(200), ListsExactlyEach(all)));
}

CONFORMANCE_TEST_F(Filtered, Filtering, ComparesTheWholeValue, "oci.referrers.filter.exact"_requirement) {
  const ArtifactType underscore("application/vnd.a_b");
  const ArtifactType letter("application/vnd.axb");
  const auto subject = push(image());
  const auto brief = push(artifact(kShort).refers_to(subject));
  const auto longer = push(artifact(kSbom).refers_to(subject));
  const auto with_underscore = push(artifact(underscore).refers_to(subject));
  const auto with_letter = push(artifact(letter).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsExactly(brief, longer, with_underscore, with_letter));
  EXPECT_THAT(announced_list(subject, filter_by(kShort.text)), Not(Lists(longer)));
  EXPECT_THAT(announced_list(subject, filter_by(underscore.text)), Not(Lists(with_letter)));
}

CONFORMANCE_TEST_F(Filtered, Filtering, DecodesTheValueOnce, "oci.referrers.filter.percent-encoded"_requirement) {
  const auto subject = push(image());
  const auto plus = push(artifact(kWithPlus).refers_to(subject));
  const auto plain = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsExactly(plus, plain));
  EXPECT_THAT(announced_list(subject, "artifactType=application%2Fvnd.example.sbom.v1%2Bjson"), Lists(plus));
  EXPECT_THAT(announced_list(subject, "artifactType=application/vnd.example.sbom.v1"), Lists(plain));
}

CONFORMANCE_TEST_F(Filtered, Filtering, IgnoresUnknownParameters, "oci.referrers.filter.unknown-param"_requirement) {
  const auto subject = push(image());
  const auto sbom = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsExactly(sbom));
  for (int look = 1; look <= kAsked; ++look) {
    const auto answer = list_all(subject.digest(), repository(), "foo=bar");
    EXPECT_THAT(answer, HasStatus(200)) << "at look " << look;
    if (response_of(answer).status != 200 || std::ranges::count(announced(response_of(answer)), "foo") > 0) return;
  }
  EXPECT_EVENTUALLY(list_all(subject.digest(), repository(), "foo=bar"), ListsExactly(sbom));
}

}  // namespace referee::suites
