// What a site shows of saved runs and explorations: one is read at a time, and only a digest of it is kept.
//
//   Site site;
//   site.add_file("docker-registry@2.8.2", "results.json");
//   write_site("public", site);            // write_site.h
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/comparison/baseline.h"
#include "reports/formats/badge.h"
#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// What is known about a finding: a sentence why it is right, and where that was reported.
struct SiteReason {
  std::string reason;
  std::string issue;
};

/// A check of the newest run of a registry that did not pass.
struct SiteFinding {
  std::string check;
  std::string edition;
  std::string requirement;
  spec::Level level = spec::Level::kImplied;
  Outcome outcome = Outcome::kFailed;
  std::string headline;
  std::vector<std::string> seen;  // what was expected and what came, in words; a text for each finding
  std::string source;
  std::optional<SiteReason> known;
};

/// A requirement in an edition, by its place in Site::judged.
using JudgedPlace = std::uint32_t;

/// One run.
struct SiteRun {
  std::string version;  // of the registry; may be empty
  std::string run;
  http::WallTime started;
  std::string referee;  // the version of the judge
  RunVerdict verdict = RunVerdict::kNotJudged;
  std::string words;                                          // the verdict with its profile
  std::vector<std::pair<std::string, std::string>> editions;  // with the verdict on each
  bool whole = false;                                         // conformant, on everything
  engine::Counts counts;
  std::vector<std::pair<JudgedPlace, Outcome>> outcomes;  // the worst of the checks of each, by place

  /// The version, or the day where it has none.
  std::string title() const;
  /// What became of a requirement there; nothing where it was not judged.
  std::optional<Outcome> outcome_at(JudgedPlace place) const;
};

struct SiteRegistry {
  std::string name;
  std::string file;           // the name of its files, without what is after the dot
  std::vector<SiteRun> runs;  // the oldest first
  // Of the newest run:
  std::string target;
  std::vector<SavedFeature> features;
  std::vector<SiteFinding> findings;
  Badge badge;

  const SiteRun& newest() const { return runs.back(); }
};

struct SiteRequirement {
  std::string id;
  std::string file;
  std::string group;
  std::string section;
  std::string text;
  std::map<std::string, std::string> sources;  // the address of the section by edition
};

/// A registry and its version: what is before and after the last "@" of a name.
std::pair<std::string, std::string> registry_and_version(const std::string& name);

class Site {
 public:
  /// Adds what the file holds, a run or an exploration, under that name or, if it is empty, under its own. Throws
  /// CannotRead.
  void add_file(const std::string& name, const std::filesystem::path& path);
  void add_run(const std::string& name, const SavedRun& run);
  void add_exploration(const std::string& name, const Results& exploration);

  /// Adds what is known of the registry of that name, or "NAME@VERSION" or "NAME-VERSION". To be called before the runs
  /// are added.
  void add_known(const std::string& name, const Baseline& known);

  /// By name.
  const std::map<std::string, SiteRegistry>& registries() const { return registries_; }
  /// By id.
  const std::map<std::string, SiteRequirement>& requirements() const { return requirements_; }
  /// Requirements with their editions, by place.
  const std::vector<std::pair<std::string, spec::Edition>>& judged() const { return judged_; }
  /// Where a requirement was judged: a place for each edition, the oldest first.
  std::vector<JudgedPlace> places_of(const std::string& requirement) const;
  /// The worst outcome of a requirement in a run, over its editions; nothing where it was not judged.
  std::optional<Outcome> worst_outcome(const SiteRun& run, const std::string& requirement) const;
  /// Whether there is an exploration.
  bool explored() const { return !explored_.empty(); }
  /// The newest exploration of each registry as one document, without evidence; null where there is none.
  Results exploration() const;

 private:
  JudgedPlace place_of(const std::string& requirement, spec::Edition edition);
  std::string file_for(const std::string& folder, const std::string& name);
  void take_requirements(const SavedRun& run);
  std::vector<std::pair<JudgedPlace, Outcome>> outcomes_of(const SavedRun& run);
  std::vector<SiteFinding> findings_of(const SavedRun& run, const std::string& name, const std::string& version) const;
  std::optional<SiteReason> reason_for(const SavedCheck& check, const std::string& name,
                                       const std::string& version) const;

  using CheckInEdition = std::pair<std::string, std::string>;
  std::map<std::string, SiteRegistry> registries_;
  std::map<std::string, SiteRequirement> requirements_;
  std::vector<std::pair<std::string, spec::Edition>> judged_;
  std::map<std::pair<std::string, spec::Edition>, JudgedPlace> places_;
  std::map<std::string, std::map<CheckInEdition, SiteReason>> known_;
  std::map<std::string, std::shared_ptr<const Results>> explored_;  // the newest by name
  std::shared_ptr<Results> probes_;                                 // what each asks, in the order of the explorations
  std::set<std::string> files_;                                     // that have a name
};

}  // namespace referee::reports
