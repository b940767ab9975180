// Collects what the model says on one answer.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "suites/model/model.h"

namespace referee::model {

class Model::Verdicts {
 public:
  /// `weighed` gets the requirements that the answer is a case of, kept or not.
  Verdicts(const Observation& one, const Shelf& shelf, std::set<spec::RequirementId>& weighed)
      : writes_(shelf.writes), exchanges_({one.sequence}), weighed_(weighed) {}

  /// The exchanges that gave the answer, where it is more than the last one.
  void answered_by(std::vector<std::uint64_t> exchanges) { exchanges_ = std::move(exchanges); }

  /// The answer is a case of the requirement, which it keeps.
  void keeps(spec::RequirementId requirement) { weighed_.insert(requirement); }

  /// The answer breaks the requirement.
  void say(spec::RequirementId requirement, std::string about, std::string expected, std::string came,
           std::optional<spec::Verdict> verdict = std::nullopt) {
    weighed_.insert(requirement);
    Disagreement one{requirement, std::move(about), std::move(expected), std::move(came), verdict, {}, {}};
    one.exchanges = writes_;
    one.exchanges.insert(one.exchanges.end(), exchanges_.begin(), exchanges_.end());
    one.writes = writes_.size();
    said_.push_back(std::move(one));
  }

  std::vector<Disagreement> take() { return std::move(said_); }

 private:
  const std::vector<std::uint64_t>& writes_;
  std::vector<std::uint64_t> exchanges_;
  std::set<spec::RequirementId>& weighed_;
  std::vector<Disagreement> said_;
};

}  // namespace referee::model
