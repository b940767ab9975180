// Challenges of WWW-Authenticate (RFC 9110, section 11): several in one line or in several, quoted or not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/http/message.h"

namespace referee::http {

struct Challenge {
  std::string scheme;                                           // lower case: "bearer"
  std::string token68;                                          // where one replaces the parameters
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case

  /// The first parameter of that name (lower case).
  std::optional<std::string> parameter(std::string_view name) const;
};

/// All challenges in order. What cannot be read is passed over; values without quotes may hold more than a token may,
/// since realms are often written so.
std::vector<Challenge> read_challenges(const Headers& headers, std::string_view header = "WWW-Authenticate");

}  // namespace referee::http
