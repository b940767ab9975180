// The words of the probes of lists: answers of the endpoint in one word each.
#pragma once

#include <string>

#include "suites/probes/probing.h"

namespace referee::suites {

class ListProbe : public Probing {
 public:
  using Probing::Probing;

 protected:
  /// "200-EMPTY", "200-FULL" (it has entries), "200-NO-LIST", or status and code; the word for a redirect first.
  std::string in_one_word(const Response& answer, const std::string& asked = "") const;
  /// The same for a GET of that URL.
  std::string told_at(const std::string& url) const { return in_one_word(ask("GET", url), url); }
  /// The same for the list of that digest there, with that query.
  std::string told(const std::string& digest, const Repository& where, const std::string& query = "") const {
    return told_at(list_url(digest, where, query));
  }
  Page read(const Response& answer) const { return engine::read_page(answer, list_keys()); }
  bool lists(const Response& answer, const Pushed& referrer) const {
    return ::testing::Matches(Lists(referrer))(read(answer));
  }
};

}  // namespace referee::suites
