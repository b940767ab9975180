// Redirects (RFC 9110, section 15.4) as requests to be sent next, so that each hop is an exchange of its own.
#pragma once

#include <optional>

#include "harness/http/message.h"

namespace referee::http {

/// The request that follows a redirect: 301, 302, 307 and 308 keep method and body, also of PUT and POST (registries
/// document the status after following them); 303 becomes a GET without body, HEAD stays HEAD. Another origin gets no
/// Authorization and no Cookie. Nothing if the response is no redirect or its Location leads to no http or https URL.
std::optional<Request> redirected(const Request& request, const Response& response);

}  // namespace referee::http
