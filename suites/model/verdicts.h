// Collects what the model says on one answer.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "suites/model/model.h"
#include "suites/model/oras_rows.h"

namespace referee::model {

class Model::Verdicts {
 public:
  /// `weighed` gets the requirements that the answer is a case of, kept or not.
  Verdicts(const Observation& one, const Shelf& shelf, spec::Edition edition, std::set<spec::RequirementId>& weighed)
      : edition_(edition), writes_(shelf.writes), exchanges_({one.sequence}), weighed_(weighed) {}

  /// The exchanges that gave the answer, where it is more than the last one.
  void answered_by(std::vector<std::uint64_t> exchanges) { exchanges_ = std::move(exchanges); }

  /// Of what kind the manifest is that is spoken of.
  void concerns(Kind kind) { kind_ = kind; }

  /// The answer is a case of the requirement, which it keeps. Rows of OCI stand for those of ORAS that say the same.
  void keeps(spec::RequirementId requirement) {
    if (const auto row = row_here(requirement)) weighed_.insert(*row);
  }

  /// The answer breaks the requirement.
  void say(spec::RequirementId requirement, std::string about, std::string expected, std::string came,
           std::optional<spec::Verdict> verdict = std::nullopt) {
    const auto row = row_here(requirement);
    if (!row) return;
    weighed_.insert(*row);
    Disagreement one{*row, std::move(about), std::move(expected), std::move(came), verdict, {}, {}};
    one.exchanges = writes_;
    one.exchanges.insert(one.exchanges.end(), exchanges_.begin(), exchanges_.end());
    one.writes = writes_.size();
    said_.push_back(std::move(one));
  }

  std::vector<Disagreement> take() { return std::move(said_); }

 private:
  // The row about it in the edition; nothing if there is none.
  std::optional<spec::RequirementId> row_here(spec::RequirementId requirement) const {
    std::optional row(requirement);
    if (spec::family(edition_) == spec::Family::kOras) row = oras_row(requirement, kind_);
    return row && speaks_in(*row, edition_) ? row : std::nullopt;
  }

  spec::Edition edition_;
  Kind kind_ = Kind::kUnknown;
  const std::vector<std::uint64_t>& writes_;
  std::vector<std::uint64_t> exchanges_;
  std::set<spec::RequirementId>& weighed_;
  std::vector<Disagreement> said_;
};

}  // namespace referee::model
