#include "suites/probes/list_probe.h"

namespace referee::suites {

std::string ListProbe::outcome(const Response& answer, const std::string& asked) const {
  const std::string moved = asked.empty() || answer.url == asked ? "" : "redirect, ";
  if (answer.status != 200) return moved + in_words(answer);
  const auto page = read(answer);
  if (!page.readable) return moved + "200-NO-LIST";
  return moved + (page.entries.empty() ? "200-EMPTY" : "200-FULL");
}

}  // namespace referee::suites
