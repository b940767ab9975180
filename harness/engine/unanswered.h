// Requests that the target does not answer although it answers others: it closes the connection, each time.
#pragma once

#include "harness/engine/session.h"
#include "harness/http/client/client.h"

namespace referee::engine {

/// As Client::send. Where the connection ends without a whole answer the request is sent again, a few times, or for the
/// settle time where the run had answers to requests of its kind before; if none
/// comes and the target answers others meanwhile, it is a failure of the server: a response with status 500, and in its
/// reason what happened. `ended` is set where a connection ended so: then the request may have been carried out before.
/// Throws TransportFault where the target is not there, or where the request is too large to be sent again.
http::Response answer_of(Session& session, http::Client& client, const http::Request& request, bool& ended);

}  // namespace referee::engine
