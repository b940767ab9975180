#include "harness/http/auth/token_cache.h"

namespace referee::http {

std::optional<Token> TokenCache::usable(const TokenQuery& query, Instant now) const {
  const auto found = tokens_.find(query);
  if (found == tokens_.end() || found->second.expires <= now) return std::nullopt;
  return found->second;
}

std::optional<Token> TokenCache::find(const TokenQuery& query, Instant now) const {
  const std::lock_guard lock(mutex_);
  return usable(query, now);
}

std::optional<Token> TokenCache::get(const TokenQuery& query, const std::string& rejected, Instant now,
                                     const Fetch& fetch) {
  std::promise<std::optional<Token>> promise;
  std::unique_lock lock(mutex_);
  if (const auto known = usable(query, now); known && known->value != rejected) return known;
  if (const auto other = under_way_.find(query); other != under_way_.end()) {
    const Answer answer = other->second;
    lock.unlock();
    return answer.get();
  }
  under_way_.emplace(query, promise.get_future().share());
  lock.unlock();

  const auto finish = [&](const std::optional<Token>& token) {
    const std::lock_guard relock(mutex_);
    under_way_.erase(query);
    if (token) {
      tokens_[query] = *token;
    } else {
      tokens_.erase(query);
    }
  };
  try {
    const std::optional<Token> token = fetch();
    finish(token);
    promise.set_value(token);
    return token;
  } catch (...) {
    finish(std::nullopt);
    promise.set_exception(std::current_exception());
    throw;
  }
}

}  // namespace referee::http
