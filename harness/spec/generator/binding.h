// Level and verdict of a requirement in one edition, as its row in the catalogue states them.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace referee::spec::generator {

/// Whether the row names that edition.
inline bool exists_in(const nlohmann::json& row, const std::string& edition) {
  const auto& editions = row["editions"];
  return std::find(editions.begin(), editions.end(), edition) != editions.end();
}

/// The row's own `level` and `verdict`, unless its `except` says otherwise for that edition. The row must exist in it.
inline nlohmann::json binding_in(const nlohmann::json& row, const std::string& edition) {
  nlohmann::json binding = {{"level", row["level"]}, {"verdict", row["verdict"]}};
  if (row.contains("except") && row["except"].contains(edition)) binding.update(row["except"][edition]);
  return binding;
}

}  // namespace referee::spec::generator
