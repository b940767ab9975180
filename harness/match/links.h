// gMock matchers on the links from one page of a list to the next: the header Link, RFC 8288.
//
//   EXPECT_THAT(list_referrers(subject), HasNextLink());
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "harness/engine/listing.h"
#include "harness/http/syntax/link.h"

namespace referee::match {

/// The links of a page that lead to the next one.
std::vector<http::Link> next_links(const engine::Page& page);

/// What is wrong with links: lines break the grammar, or several links with the relation `next` lead to several
/// targets. Empty if nothing.
std::string fault_of(const http::Links& links);

/// What is wrong with the Link lines of a page that another one follows: they break the grammar, or they do not have
/// exactly one link with the relation `next`. Empty if nothing.
std::string fault_of_links(const engine::Page& page);

/// A link of the page leads to another one.
MATCHER(HasNextLink, std::string(negation ? "has no" : "has a") + " Link with rel=\"next\"") {
  return !next_links(arg).empty();
}

/// The Link lines follow the grammar, and exactly one link leads to another page.
MATCHER(HasOneWellFormedNextLink,
        std::string(negation ? "does not have" : "has") + " exactly one well-formed Link with rel=\"next\"") {
  const std::string fault = fault_of_links(arg);
  *result_listener << fault;
  return fault.empty();
}

}  // namespace referee::match
