#include "harness/match/links.h"

#include <algorithm>

namespace referee::match {

std::vector<http::Link> next_links(const engine::Page& page) {
  return http::read_links(page.response.headers).with_relation("next");
}

std::string fault_of(const http::Links& links) {
  if (!links.errors.empty()) return links.errors.front();
  const auto next = links.with_relation("next");
  const auto elsewhere = [&](const http::Link& link) { return link.target != next.front().target; };
  return std::ranges::any_of(next, elsewhere) ? "several links with the relation `next` lead to several targets" : "";
}

std::string fault_of_links(const engine::Page& page) {
  const auto links = http::read_links(page.response.headers);
  if (links.errors.empty() && links.with_relation("next").empty()) return "no link has the relation `next`";
  return fault_of(links);
}

}  // namespace referee::match
