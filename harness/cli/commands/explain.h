// What there is to know about one id, for people.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace referee::cli {

/// The explanation of a requirement, check, exchange rule, probe, defect, lawful behaviour ("mood.x") or contradiction
/// ("X01"); nothing for any other text.
std::optional<std::string> explanation(std::string_view id);

/// Every id that has an explanation.
std::vector<std::string> explained_ids();

}  // namespace referee::cli
