// The words of the probes of lists: what the endpoint answers, in one word each.
#pragma once

#include <string>

#include "suites/probes/probing.h"

namespace referee::suites {

class ListProbe : public Probing {
 public:
  using Probing::Probing;

 protected:
  /// "200-EMPTY", "200-FULL" (it has entries), "200-NO-LIST", or status and code; the word for a redirect first.
  std::string outcome(const Response& answer, const std::string& asked = "") const;
  /// The outcome of a GET of that URL.
  std::string outcome_at(const std::string& url) const { return outcome(ask("GET", url), url); }
  /// The outcome of asking for the list of that digest there, with that query.
  std::string list_outcome(const std::string& digest, const Repository& where, const std::string& query = "") const {
    return outcome_at(list_url(digest, where, query));
  }
  Page read(const Response& answer) const { return engine::read_page(answer, readable_keys()); }
  bool lists(const Response& answer, const Pushed& referrer) const {
    return ::testing::Matches(Lists(referrer))(read(answer));
  }
};

}  // namespace referee::suites
