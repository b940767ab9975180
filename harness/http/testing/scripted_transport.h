// A transport without a network for tests of code that uses one: a function answers, and what was asked is kept.
#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "harness/http/transport.h"

namespace referee::http {

/// Safe to use from several threads if the function is.
class ScriptedTransport : public Transport {
 public:
  using Answer = std::function<Response(const Request&)>;  // may throw TransportFault

  explicit ScriptedTransport(Answer answer) : answer_(std::move(answer)) {}

  Response exchange(const Request& request, const ExchangeLimits&) override {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    return answer_(request);
  }

  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  Answer answer_;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;  // guarded by mutex_
};

/// A response of that status, with header lines and a body.
inline Response answer(int status, Headers headers = {}, std::string body = {}) {
  Response response;
  response.status = status;
  response.headers = std::move(headers);
  response.body = std::move(body);
  return response;
}

}  // namespace referee::http
