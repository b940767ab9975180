// The model as it hears a check: of what checks push and ask it takes the plain part, and is silent about the rest.
//
// Checks push what is malformed on purpose, write from several threads, and ask in odd ways. What is right then is for
// their own rows to say. Here a manifest counts once all is certain about it; where something is not, it is hushed, and
// where that leaves the repository open (a deletion that crosses another write), the repository is.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "suites/model/model.h"

namespace referee::model {

class HearingChecks {
 public:
  struct What {
    spec::Edition edition;
    std::chrono::milliseconds settle;     // of the target: how long a change may take to show
    bool lists = false;                   // the target lists referrers
    const std::set<std::string>& shared;  // repositories in which other checks write too
  };

  /// `patience`: how long this judge waits, the settle time or zero.
  HearingChecks(const What& what, std::chrono::milliseconds patience);

  /// What the model says of the answer, where it is sound to say anything.
  std::vector<Disagreement> hear(const Observation& one);
  const std::set<spec::RequirementId>& weighed() const { return model_.weighed(); }

 private:
  struct Write {
    Span when;
    bool deletion;
    std::string reference;
  };

  std::vector<Disagreement> hear_push(const Observation& one);
  std::vector<Disagreement> hear_deletion(const Observation& one);
  std::vector<Disagreement> hear_pull(const Observation& one);
  std::vector<Disagreement> hear_list(const Observation& one);
  /// Whether it overlaps another write, so that their order is unknown.
  bool crosses(const Observation& one);
  bool is_plain(const Observation& one, const std::string& digest) const;
  /// Whether some referrer's type differs from the filter only in capitals.
  bool filters_by_capitals(const Observation& one) const;
  const Held* find(const Observation& one, const std::string& digest) const;
  void hush(const std::string& digest, Span when);
  std::vector<Disagreement> silence(const Observation& one);

  What what_;
  Model model_;
  std::set<std::string> hushed_;                                           // digests
  std::set<std::string> silent_;                                           // repositories
  std::map<std::string, std::vector<Write>> writes_;                       // by repository
  std::map<std::string, http::WallTime> written_until_;                    // by repository
  std::map<std::pair<std::uint32_t, std::string>, http::WallTime> began_;  // lists, by who asks and the subject
};

}  // namespace referee::model
