// Test support: a server between the program and a registry, which lets everything pass but what a test does otherwise.
//
//   Forwarder between(registry_url, {.instead = [](const http::Request& request, http::RawConnection& client) {
//     return request.method == "GET" && client.send("HTTP/1.1 500 Oops\r\n\r\n");
//   }});
//   Process run({"run", between.url()});
#pragma once

#include <functional>
#include <string>

#include "harness/http/message.h"
#include "harness/http/testing/raw_server.h"
#include "harness/http/wire/curl_transport.h"

namespace referee::cli::testing {

struct Interference {
  /// True if it has answered itself; the connection is closed then. The request's URL is a path with its query.
  std::function<bool(const http::Request&, http::RawConnection&)> instead = {};
  /// What the registry answered, before it goes on.
  std::function<void(const http::Request&, http::Response&)> change = {};
};

/// URLs of the registry in headers of its answers become its own. Both functions are called from several threads.
class Forwarder {
 public:
  Forwarder(std::string registry, Interference interference);

  std::string url() const { return server_.url(); }

 private:
  void serve(http::RawConnection& client);
  http::Response forwarded(const http::Request& request);

  std::string registry_;
  Interference interference_;
  http::CurlTransport transport_;
  http::RawServer server_;
};

}  // namespace referee::cli::testing
