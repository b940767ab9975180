#include "harness/match/links.h"

namespace referee::match {

std::vector<http::Link> next_links(const engine::Page& page) {
  return http::read_links(page.response.headers).with_relation("next");
}

std::string fault_of_links(const engine::Page& page) {
  const auto links = http::read_links(page.response.headers);
  if (!links.errors.empty()) return links.errors.front();
  const auto next = links.with_relation("next").size();
  if (next == 1) return "";
  return next == 0 ? "no link has the relation `next`" : "several links have the relation `next`";
}

}  // namespace referee::match
