// The claims and checks of the suites, found in their sources while building: the proof names claims that no defect
// breaks, and notices checks that are not linked in.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace referee::proof {

/// One EXPECT_... in the body of a check or rule.
struct Claim {
  std::string_view file;  // relative to the root: "suites/oci/filtering.cc"
  int first_line;
  int last_line;
  std::string_view text;  // the macro's name and the beginning of its arguments
  std::string_view
      excuse;  // why no defect can break it: a comment "UNPROVEN: ..." on the line before; empty if there is none
};

/// In the order of file and line; made by list_claims.cc.
std::span<const Claim> all_claims();

/// The checks and rules that the same sources declare, as "Suite.Name"; made by list_claims.cc.
std::span<const std::string_view> declared_checks();

/// Those of the claims in which none of those places (file as the compiler saw it, line) lies.
std::vector<Claim> unproven_claims(std::span<const Claim> claims, const std::set<std::pair<std::string, int>>& broken);

}  // namespace referee::proof
