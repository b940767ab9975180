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

/// A wire over a transport with a clock of its own, for sessions under test.
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
