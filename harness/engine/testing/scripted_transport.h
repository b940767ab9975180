// A transport for unit tests: a function answers, and what was asked is kept.
#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "harness/http/transport.h"

namespace referee::engine::testing {

class ScriptedTransport : public http::Transport {
 public:
  using Script = std::function<http::Response(const http::Request&)>;
  explicit ScriptedTransport(Script script) : script_(std::move(script)) {}

  http::Response exchange(const http::Request& request, const http::ExchangeLimits&) override {
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(request);
    }
    return script_(request);
  }

  std::vector<http::Request> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  Script script_;
  mutable std::mutex mutex_;
  std::vector<http::Request> asked_;  // guarded by mutex_
};

/// What a registry answers that takes everything and lists nothing.
inline http::Response agreeable(const http::Request& request) {
  if (request.method == "POST") return {.status = 202, .headers = {{"Location", "/upload"}}, .url = request.url};
  if (request.method == "DELETE") return {.status = 202};
  if (request.url.find("/not-an-endpoint/") != std::string::npos) return {.status = 404};
  if (request.url.find("referrers") != std::string::npos) {
    return {.status = 200, .body = R"({"manifests":[],"referrers":[]})", .url = request.url};
  }
  return {.status = request.method == "PUT" ? 201 : 200};
}

/// A wire over a transport with its own clock, for sessions under test.
struct TestWire {
  explicit TestWire(ScriptedTransport::Script script) : transport(std::move(script)) {}

  http::ClientContext wire() {
    return {.transport = transport, .clock = clock, .bodies = bodies, .sequence = sequence};
  }

  ScriptedTransport transport;
  http::ManualClock clock;
  http::BodyStore bodies;
  std::atomic<std::uint64_t> sequence{0};
};

}  // namespace referee::engine::testing
