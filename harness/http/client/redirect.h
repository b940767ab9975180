// Redirects (RFC 9110, section 15.4) as requests to send next, so that each hop is a separate exchange.
#pragma once

#include <optional>

#include "harness/http/message.h"

namespace referee::http {

/// The request that follows a redirect: 301, 302, 307 and 308 keep method and body, also of PUT and POST (registries
/// document the status after following them); 303 becomes a GET without body, HEAD stays HEAD. Another origin gets no
/// Authorization and no Cookie. Nothing if the response is not a redirect or its Location does not lead to an http or
/// https URL.
std::optional<Request> redirected(const Request& request, const Response& response);

}  // namespace referee::http
