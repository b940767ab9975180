// The model of a registry: from what it acknowledged follows what each later answer must be.
//
//   Model model(spec::Edition::kOci111, settings.settle);
//   for (const auto& one : observations) {
//     for (const auto& disagreement : model.hear(one)) ...
//   }
//
// It is an independent reading of the specification: it shares no code with the reference registry. Where the texts
// leave something open (what becomes of the referrers of a deleted subject, whether a filter is applied, how lists are
// paged), every lawful answer agrees; a change counts as open until the settle time has passed.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/engine/listing.h"
#include "harness/spec/requirement.h"
#include "suites/model/observation.h"
#include "suites/model/shelf.h"

namespace referee::model {

/// An answer that is not among the lawful ones.
struct Disagreement {
  spec::RequirementId requirement;
  std::string about;     // what was asked: "GET of the manifest by digest"
  std::string expected;  // a phrase: "200 with the bytes that were pushed"
  std::string came;
  std::optional<spec::Verdict> verdict;  // where it differs from the requirement's own
  std::vector<std::uint64_t> exchanges;  // the writes that make the answer due, and those that gave it
  std::size_t writes = 0;                // how many came before it in the repository
};

class Model {
 public:
  /// `settle`: how long a change may take to show; zero gives a judge who wants each answer to be up to date.
  Model(spec::Edition edition, std::chrono::milliseconds settle) : edition_(edition), settle_(settle) {}

  /// Judges the answer by what was acknowledged before, then learns from it. Reads are heard in the order of their
  /// answers, writes in the order of sending.
  std::vector<Disagreement> hear(const Observation& one);

  /// The requirements of which an answer was a case, kept or broken.
  const std::set<spec::RequirementId>& weighed() const { return weighed_; }
  /// What is known of that repository; null if nothing was asked of it.
  const Shelf* shelf(const std::string& repository) const;

  /// From now on the model says nothing about the manifest, in any repository: it cannot say what is right for it.
  void hush(const std::string& digest, Span when);
  /// From now on it says nothing about the tag either.
  void hush_tag(const std::string& repository, const std::string& tag, Span when);
  /// The registry lists referrers, as others saw.
  void knows_lists() { lists_ = true; }
  /// Whether the answer is a page after the first of a list that was followed.
  bool continues(const Observation& one) const { return chains_.contains(key_of(one.lane, one.url)); }

 private:
  struct ListedPage {  // what a list is judged by; the whole answers of a long one would fill the memory
    std::vector<engine::Entry> entries;
    bool says_that_it_filters = false;  // by artifact type
    bool says_what_it_filters = false;  // by whatever
  };
  struct Chain {  // the pages of one list, until the last one
    Place place;
    Span when;
    std::vector<ListedPage> pages;
    std::vector<std::uint64_t> exchanges;
    bool has_gaps = false;  // a page could not be read
    bool is_odd = false;    // asked with parameters that no text defines
  };
  struct Located {  // a manifest, where its push said that it is
    std::string repository;
    std::string digest;
    bool by_tag = false;  // it was pushed by one
  };
  class Verdicts;

  static std::string key_of(std::uint32_t lane, const std::string& url);
  bool is_oras() const { return spec::family(edition_) == spec::Family::kOras; }
  /// Whether a manifest of that kind refers to its subject.
  bool refers(const Reading& reading) const;
  bool only(const Timeline<Standing>& timeline, Standing standing, Span when) const {
    return timeline.only(standing, when, settle_);
  }
  bool maybe(const Timeline<Standing>& timeline, Standing standing, Span when) const;
  bool stands_firm(const Shelf& shelf, Span when) const;
  /// Whether the registry has to know the algorithm of the subject's digest.
  bool is_known_algorithm(const Shelf& shelf, const std::string& subject, Span when) const;

  void judge_push(const Observation& one, const Shelf& shelf, const Reading& reading, Verdicts& verdicts) const;
  void judge_acknowledgement(const Observation& one, const Shelf& shelf, const Reading& reading,
                             Verdicts& verdicts) const;
  /// Whether the list of something else than a digest was asked for.
  bool judge_list_of_no_digest(const Observation& one, Verdicts& verdicts) const;
  /// Whether a manifest was pushed by the digest of another.
  bool judge_mismatch(const Observation& one, Verdicts& verdicts) const;
  void judge_location(const Observation& one, const Reading& reading, Verdicts& verdicts) const;
  /// A pull from a Location that differs from the plain reference to the manifest.
  std::vector<Disagreement> judge_located(const Observation& one);
  void learn_location(const Observation& one, const Reading& reading);
  void judge_upload(const Observation& one, Verdicts& verdicts) const;
  void judge_refusal(const Observation& one, const Shelf& shelf, const Reading& reading, Verdicts& verdicts) const;
  void judge_artifact_push(const Observation& one, const Shelf& shelf, const Reading& reading,
                           Verdicts& verdicts) const;
  bool lies_elsewhere(const Shelf& shelf, const std::string& digest) const;
  void judge_refused(const Observation& control, const Shelf& shelf, const Reading& reading, Verdicts& verdicts) const;
  spec::RequirementId why_acknowledged(const Observation& one, const Shelf& shelf, const Reading& reading) const;
  void judge_pull(const Observation& one, const Shelf& shelf, Verdicts& verdicts) const;
  void judge_pull_by_tag(const Observation& one, const Shelf& shelf, Verdicts& verdicts) const;
  void judge_served(const Observation& one, const Held& held, Verdicts& verdicts) const;
  spec::RequirementId why_not_served(const Observation& one, const Shelf& shelf, const Held& held) const;
  void judge_deletion(const Observation& one, const Shelf& shelf, Verdicts& verdicts) const;
  void judge_blob(const Observation& one, const Shelf& shelf, Verdicts& verdicts) const;

  void judge_page(const Observation& one, const Shelf& shelf, const engine::Page& page, bool first,
                  Verdicts& verdicts) const;
  void judge_index(const Observation& one, const engine::Page& page, const std::string& about, bool first,
                   Verdicts& verdicts) const;
  void judge_page_size(const Observation& one, const engine::Page& page, bool goes_on, Shelf& shelf,
                       Verdicts& verdicts) const;
  void judge_order(const Chain& chain, const Shelf& shelf, Verdicts& verdicts) const;
  bool announces(const Chain& chain, const Shelf& shelf) const;
  std::vector<std::string> list_keys() const;
  std::vector<std::string> readable_keys() const;
  spec::RequirementId why_not_listed(const Observation& one, const Shelf& shelf) const;
  /// A list that was asked for with parameters that no text defines: a registry may apply them where it says so.
  void judge_odd_list(const Chain& chain, const Shelf& shelf, Verdicts& verdicts) const;
  void judge_list(const Chain& chain, const Shelf& shelf, const std::string& broken, Verdicts& verdicts) const;
  void judge_entries(const Chain& chain, const Shelf& shelf, Verdicts& verdicts) const;
  void judge_entry(const engine::Entry& entry, const Reading& reading, Verdicts& verdicts) const;
  static bool any_matches(const Chain& chain, const Shelf& shelf);
  void judge_foreign(const Chain& chain, const Shelf& shelf, const std::string& digest, Verdicts& verdicts) const;
  /// `announced`: as announces() says of the chain.
  void judge_missing(const Chain& chain, const Shelf& shelf, const Held& held, bool announced,
                     Verdicts& verdicts) const;
  spec::RequirementId why_missing(const Chain& chain, const Shelf& shelf, const Held& held, bool announced) const;

  void hear_list(const Observation& one, Shelf& shelf, Verdicts& verdicts);
  void learn_push(const Observation& one, Shelf& shelf, const Reading& reading);
  void learn_pull(const Observation& one, Shelf& shelf);
  void learn_deletion(const Observation& one, Shelf& shelf);
  void learn_upload(const Observation& one, Shelf& shelf);

  spec::Edition edition_;
  std::chrono::milliseconds settle_;
  bool lists_ = false;         // a list of referrers was answered with 200
  bool empty_arrays_ = false;  // an empty list was an empty array where nothing was filtered
  std::set<spec::RequirementId> weighed_;
  std::map<std::string, Shelf> shelves_;      // by repository
  std::map<std::string, Located> locations_;  // by URL
  std::map<std::string, Chain> chains_;       // by who asks, and the URL of the page that comes next
};

}  // namespace referee::model
