// The Link header (RFC 8288): every link of every line, and what is wrong with those that cannot be read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/http/message.h"

namespace referee::http {

struct Link {
  std::string target;                                           // between the angle brackets, as written
  std::vector<std::string> relations;                           // of the first `rel`, split at white space, lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case
  bool quoted_relation = true;                                  // rel="next" and not rel=next

  bool has_relation(std::string_view relation) const;
};

/// What the Link lines of a response say.
struct Links {
  std::vector<Link> links;
  std::vector<std::string> errors;  // a line or part that does not follow the grammar, with the reason

  /// All links from the answer with that relation type; those with an anchor lead from elsewhere.
  std::vector<Link> with_relation(std::string_view relation) const;
};

/// The links and errors of all Link lines. Reading ends at 1000 links or 20 errors; an error repeats 200 bytes of its
/// line at most.
Links read_links(const Headers& headers);

}  // namespace referee::http
