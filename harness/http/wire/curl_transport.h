// The network: single exchanges by libcurl, HTTP/1.1, over connections that are kept alive.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "harness/http/transport.h"

namespace referee::http {

class CurlSession;

struct CurlOptions {
  bool insecure = false;  // certificates are not verified
  std::string ca_file;    // PEM; empty: the system's
  std::string cert_file;  // of the client; PEM
  std::string key_file;
  std::vector<std::string> resolve;  // "host:port:address", as curl --resolve
};

/// Sends exactly the given request: it adds no header except Host and Content-Length, does not normalise the request
/// target, follows no redirect and decodes nothing. Proxies are taken from the environment, except for loopback hosts.
/// A connection is not used again after HEAD, 204 and 304, where bytes that should not be there could be taken for the
/// next answer; what came of a body after HEAD is in the response. Safe to use from several threads, each of which gets
/// its own connection.
class CurlTransport : public Transport {
 public:
  explicit CurlTransport(CurlOptions options = {});
  ~CurlTransport() override;

  Response exchange(const Request& request, const ExchangeLimits& limits) override;

 private:
  std::unique_ptr<CurlSession> take_session();
  void put_back(std::unique_ptr<CurlSession> session);

  CurlOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlSession>> idle_;  // guarded by mutex_
};

}  // namespace referee::http
