// The sentences of the cards: what the answers of one registry in one edition come to.
#pragma once

#include <string>
#include <string_view>

#include "reports/exploration/matrix.h"

namespace referee::reports {

/// The answers of one registry in one edition.
class Answers {
 public:
  Answers(const Matrix& matrix, std::size_t column, std::string spec)
      : matrix_(matrix), column_(column), spec_(std::move(spec)) {}

  /// Null where the probe was not put to it.
  const Cell* cell(std::string_view probe) const;
  /// The class; empty where there is none.
  std::string answer(std::string_view probe) const;
  /// Why there is none, as a sentence: "It was not tried: that needs `--gc-hook`." Empty where there is one, or the
  /// probe was not put.
  std::string why_not(std::string_view probe, std::string_view subject = "It") const;
  bool is_oci() const { return spec_.starts_with("oci"); }

 private:
  const Matrix& matrix_;
  std::size_t column_;
  std::string spec_;
};

/// Each gives sentences with a blank between them, `code` between backticks; nothing where nothing was asked.
std::string on_lost_signatures(const Answers& answers);
std::string on_other_repositories(const Answers& answers);
std::string on_rights(const Answers& answers);
std::string on_lists(const Answers& answers);
std::string on_filters(const Answers& answers);

}  // namespace referee::reports
