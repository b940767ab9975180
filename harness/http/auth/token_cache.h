// Tokens that all workers of a run share: a worker that wants one that another is asking for waits for that answer.
#pragma once

#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "harness/http/auth/token.h"

namespace referee::http {

/// Safe to use from several threads.
class TokenCache {
 public:
  using Fetch = std::function<std::optional<Token>()>;

  /// The token for that query if there is one that has not expired; never asks.
  std::optional<Token> find(const TokenQuery& query, Instant now) const;

  /// As find(), but a token whose value is `rejected` does not count, and if none is left, `fetch` gets one: it runs in
  /// one thread at a time for each query, and the other threads take its result. If it throws, all of them throw the
  /// same.
  std::optional<Token> get(const TokenQuery& query, const std::string& rejected, Instant now, const Fetch& fetch);

 private:
  using Answer = std::shared_future<std::optional<Token>>;

  std::optional<Token> usable(const TokenQuery& query, Instant now) const;  // mutex_ is held

  mutable std::mutex mutex_;
  std::map<TokenQuery, Token> tokens_;      // guarded by mutex_
  std::map<TokenQuery, Answer> under_way_;  // guarded by mutex_
};

}  // namespace referee::http
