// Probes of group P-E: odd filters of lists.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/spec/literals/probes.h"
#include "suites/probes/list_probe.h"

namespace referee::suites {
namespace {

/// A subject with two referrers of different types, and one without any.
class FilteringProbe : public ListProbe {
 public:
  using ListProbe::ListProbe;

 protected:
  static inline const ArtifactType kFirst = ArtifactType("application/vnd.example.first.v1+json");
  static inline const ArtifactType kSecond = ArtifactType("application/vnd.example.second.v1+json");

  Pushed of_type(const ArtifactType& type) const { return push_listed(sbom().with_artifact_type(type), subject_); }

  void set_up() {
    needs_list();
    subject_ = push(image());
    first_ = of_type(kFirst);
    second_ = of_type(kSecond);
    if (oci()) untyped_ = push_listed(index({image()}), subject_);
  }

  /// All, first, second, both (but not the untyped), untyped, none; or the refusal. With "+HEADER" where one says so.
  std::string answer_to(const std::string& query) const {
    const auto page = list_referrers(subject_.digest().text(), subject_.repository, query);
    if (page.response.status != 200) return in_words(page.response);
    const auto digests = engine::digests_of(follow(page).entries());
    const auto has = [&](const Pushed& one) {
      return std::ranges::find(digests, one.digest().text()) != digests.end();
    };
    const bool a = has(first_);
    const bool b = has(second_);
    const bool c = oci() && has(untyped_);
    const char* which = a && b && (c || !oci()) ? "ALL"
                        : a && b                ? "BOTH"
                        : a                     ? "FIRST"
                        : b                     ? "SECOND"
                        : c                     ? "UNTYPED-ONLY"
                                                : "NONE";
    return std::string(which) + (page.response.headers.has(oci::kFiltersHeader) ? "+HEADER" : "");
  }
  static std::string word_of(const std::string& answer) { return answer.substr(0, answer.find('+')); }

  /// The answer where not even a plain filter, with nothing to escape, finds what it should: what odd ones find then
  /// says nothing. Nothing where it does, or where no filter is applied.
  std::optional<Observation> without_plain_filter() const {
    const ArtifactType plain("application/vnd.example.plain");
    const auto subject = push(image());
    const auto meant = push_listed(sbom().with_artifact_type(plain), subject);
    push_listed(sbom().with_artifact_type(kSecond), subject);
    const auto page = list_referrers(subject, plain.text);
    if (page.response.status == 200 && ::testing::Matches(Lists(meant))(follow(page))) return std::nullopt;
    return Observation{page.response.status == 200 ? "NO-PLAIN-FILTER" : in_words(page.response),
                       "a filter by application/vnd.example.plain does not find the referrer of that type"};
  }

  /// Whether a plain filter works at all.
  bool filters() const {
    return word_of(answer_to("artifactType=application%2Fvnd.example.first.v1%2Bjson")) == "FIRST";
  }

  Pushed subject_;
  Pushed first_;
  Pushed second_;
  Pushed untyped_;
};

}  // namespace

BEHAVIOUR_PROBE_F(FilteringProbe, PlusInAFilter, "probe.filter.plus"_probe) {
  set_up();
  if (const auto broken = without_plain_filter()) return *broken;
  const auto asked = [&](const std::string& plus) -> std::string {
    const auto word = word_of(answer_to("artifactType=application/vnd.example.first.v1" + plus + "json"));
    return word == "FIRST" ? "PLUS-LITERAL" : word == "NONE" ? "PLUS-IS-SPACE" : word == "ALL" ? "NO-FILTER" : word;
  };
  return parted({{"raw", asked("+")}, {"%2B", asked("%2B")}});
}

BEHAVIOUR_PROBE_F(FilteringProbe, SlashInAFilter, "probe.filter.slash"_probe) {
  set_up();
  if (const auto broken = without_plain_filter()) return *broken;
  const auto raw_slash = word_of(answer_to("artifactType=application/vnd.example.first.v1%2Bjson"));
  const auto encoded = word_of(answer_to("artifactType=application%2Fvnd.example.first.v1%2Bjson"));
  const bool one = raw_slash == "FIRST";
  const bool two = encoded == "FIRST";
  return {one && two ? "BOTH"
          : one      ? "ONLY-RAW"
          : two      ? "ONLY-ENCODED"
                     : "NO-FILTER",
          fmt::format("raw: {}, encoded: {}", raw_slash, encoded)};
}

BEHAVIOUR_PROBE_F(FilteringProbe, EmptyFilter, "probe.filter.empty"_probe) {
  set_up();
  if (const auto broken = without_plain_filter()) return *broken;
  return {answer_to("artifactType="), "two types and one referrer without"};
}

BEHAVIOUR_PROBE_F(FilteringProbe, FilterTwice, "probe.filter.repeated"_probe) {
  set_up();
  if (const auto broken = without_plain_filter()) return *broken;
  const std::string once = "artifactType=application/vnd.example.";
  const auto word = word_of(answer_to(once + "first.v1%2Bjson&" + once + "second.v1%2Bjson"));
  if (word == "SECOND") return {"LAST", "the second value was taken"};
  if (word == "BOTH" || (!oci() && word == "ALL" && filters())) return {"OR", "what matches either"};
  return {word == "NONE" ? "AND" : word == "ALL" ? "NO-FILTER" : word, "two values, one match for each"};
}

BEHAVIOUR_PROBE_F(FilteringProbe, CommaInAFilter, "probe.filter.comma"_probe) {
  set_up();
  if (const auto broken = without_plain_filter()) return *broken;
  const auto word = word_of(
      answer_to("artifactType=application/vnd.example.first.v1%2Bjson,application/vnd.example.second.v1%2Bjson"));
  if (word == "ALL" && !filters()) return {"NO-FILTER", "no filter is applied at all"};
  return {word == "NONE" ? "LITERAL" : word == "BOTH" || word == "ALL" ? "OR" : word, "two types with a comma between"};
}

BEHAVIOUR_PROBE_F(FilteringProbe, CaseOfAFilter, "probe.filter.case"_probe) {
  set_up();
  if (const auto broken = without_plain_filter()) return *broken;
  const auto word = word_of(answer_to("artifactType=Application/VND.Example.First.v1%2BJSON"));
  return {word == "FIRST"  ? "INSENSITIVE"
          : word == "NONE" ? "SENSITIVE"
          : word == "ALL"  ? "NO-FILTER"
                           : word,
          "the type in other letters"};
}

BEHAVIOUR_PROBE_F(FilteringProbe, WildcardsAndParameters, "probe.filter.parameters"_probe) {
  set_up();
  if (const auto broken = without_plain_filter()) return *broken;
  const auto asked = [&](const std::string& value) -> std::string {
    const auto answer = answer_to("artifactType=" + value);
    const auto word = word_of(answer);
    if (word == "NONE") return "LITERAL";
    if (word == "ALL" && !filters()) return "NO-FILTER";
    // Some servers drop a parameter of the query that holds a raw semicolon, and filter by nothing then.
    if (answer == "ALL" && value.find(';') != std::string::npos) return "QUERY-DROPPED";
    return word == "ALL" || word == "BOTH" ? "WILDCARD" : word == "FIRST" ? "PARAMETER-IGNORED" : word;
  };
  return parted({{"application/*", asked("application/*")},
                 {";v=1", asked("application/vnd.example.first.v1%2Bjson;v=1")},
                 {"%3Bv=1", asked("application/vnd.example.first.v1%2Bjson%3Bv=1")}});
}

BEHAVIOUR_PROBE_F(FilteringProbe, OtherFilters, "probe.filter.annotation"_probe) {
  set_up();
  const auto asked = [&](const std::string& query) -> std::string {
    const auto page = list_referrers(subject_.digest().text(), subject_.repository, query);
    if (page.response.status != 200) return in_words(page.response);
    const auto applied = page.response.headers.get(oci::kFiltersHeader);
    const auto word = word_of(answer_to(query));
    return applied ? "APPLIED(" + *applied + ")" : word == "ALL" ? "IGNORED" : "APPLIED";
  };
  return parted({{"annotation.x=y", asked("annotation.x=y")},
                 {"org.example.nonce=y", asked("org.example.nonce=y")},
                 {"mediaType", asked("mediaType=application/vnd.oci.image.index.v1%2Bjson")}});
}

BEHAVIOUR_PROBE_F(FilteringProbe, FilterWithoutMatch, "probe.filter.no-match"_probe) {
  set_up();
  const auto page = list_referrers(subject_, "application/vnd.example.none");
  return {outcome(page.response) + (page.response.headers.has(oci::kFiltersHeader) ? "+HEADER" : ""),
          "a type that no referrer has"};
}

BEHAVIOUR_PROBE_F(FilteringProbe, FilterOfAMissingSubject, "probe.filter.on-missing-subject"_probe) {
  needs_list();
  push(image());
  const auto asked = [&](const std::string& digest) {
    const auto page = list_referrers(digest, repository(), "artifactType=application/vnd.example.sbom.v1");
    return outcome(page.response) + (page.response.headers.has(oci::kFiltersHeader) ? "+HEADER" : "");
  };
  Parts parts = {{"no referrers", asked(fresh_digest(session().fresh_nonce()).text())}};
  const auto nowhere = absent_subject(session().fresh_nonce());
  const auto dangling = make(artifact(kSignature).refers_to(nowhere));
  if (reception(dangling, nowhere.digest.text()) == "ACCEPT+LISTED") {
    parts.emplace_back("another type", asked(nowhere.digest.text()));
  }
  return parted(parts);
}

}  // namespace referee::suites
