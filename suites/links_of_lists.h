// For rules on the Link headers of all lists of referrers, in both families.
#pragma once

#include <string>

#include "harness/engine/check.h"
#include "harness/http/message.h"
#include "harness/http/record/recording.h"
#include "harness/http/syntax/link.h"

namespace referee::suites {

/// The links of an answered list of referrers, which need not lead to pages; throws NotApplicable for any other
/// exchange, and where there is no Link.
inline http::Links links_of_list(const http::Exchange& exchange, const engine::RuleContext& context) {
  const bool list = exchange.request.method == "GET" && context.is_of_target(exchange) &&
                    exchange.request.url.find("/referrers") != std::string::npos;
  if (!list || !exchange.response || exchange.response->status != 200) throw engine::NotApplicable("not a list");
  const http::Headers headers(exchange.response->headers);
  if (!headers.has("Link")) throw engine::NotApplicable("a list without a Link");
  for (const auto& value : headers.all("Link")) {
    if (http::is_cut(value)) throw engine::NotApplicable("a Link that was not kept whole");
  }
  return http::read_links(headers);
}

}  // namespace referee::suites
