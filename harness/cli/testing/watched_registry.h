// Test support: the reference registry as a process, watched through its control port.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "harness/cli/testing/process.h"
#include "harness/http/wire/curl_transport.h"

namespace referee::cli::testing {

class WatchedRegistry {
 public:
  /// Waits so long before each answer: "10ms".
  explicit WatchedRegistry(const std::string& latency);

  const std::string& url() const { return url_; }
  Process& process() { return process_; }
  http::CurlTransport& transport() { return transport_; }
  /// What the control port answers.
  nlohmann::json ask(const std::string& path);
  /// How many requests came so far.
  int requests() { return ask("/counters")["total"].get<int>(); }
  /// Returns once so many requests came in all, or after half a minute.
  void wait_for_requests(int count);
  /// How many manifests and blobs there are.
  std::size_t stored();

 private:
  Process process_;
  std::string url_;
  std::string control_;
  http::CurlTransport transport_;
};

}  // namespace referee::cli::testing
