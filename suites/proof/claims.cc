#include "suites/proof/claims.h"

#include <algorithm>

namespace referee::proof {

std::vector<Claim> unproven_claims(std::span<const Claim> claims, const std::set<std::pair<std::string, int>>& broken) {
  std::vector<Claim> unproven;
  for (const auto& claim : claims) {
    const bool proven = std::ranges::any_of(broken, [&](const auto& place) {
      return place.first.ends_with(claim.file) && place.second >= claim.first_line && place.second <= claim.last_line;
    });
    if (!proven) unproven.push_back(claim);
  }
  return unproven;
}

}  // namespace referee::proof
