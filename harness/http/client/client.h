// The client that checks use: identity, redirects followed by hand, retries as the server asks, all recorded.
//
//   Client client({.transport = transport, .clock = clock, .bodies = bodies, .sequence = sequence}, {.base = url});
//   Response answer = client.send({.method = "GET", .url = client.base() + "/v2/"});
//   std::vector<Exchange> evidence = client.take_exchanges();
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "harness/http/clock.h"
#include "harness/http/message.h"
#include "harness/http/record/recording.h"
#include "harness/http/record/secrets.h"
#include "harness/http/record/transcript.h"
#include "harness/http/transport.h"

namespace referee::http {

/// Adds credentials to requests and answers challenges. Safe to use from several threads. Implementations in auth.h.
/// A request that has its own Authorization is sent with that one, and its challenges are not answered.
class Authorizer {
 public:
  virtual ~Authorizer() = default;
  /// The Authorization value for a request to that URL, as far as it is known by now; empty for none.
  virtual std::string authorization(const Request& request) = 0;
  /// Called with a 401: true if the request is worth repeating with a new authorization().
  /// `request` is as it was sent, with the Authorization it had. May throw the TransportFault of a token service.
  virtual bool answer_challenge(const Request& request, const Response& unauthorized) = 0;
};

struct ClientOptions {
  std::string base;  // "http://127.0.0.1:5000", with the base path, without a trailing slash
  ExchangeLimits limits;
  int retries = 5;                              // of 429 and 503 with Retry-After
  std::chrono::seconds longest_retry_wait{30};  // a Retry-After beyond it is not waited for
  int redirects = 10;
  std::vector<HeaderLine> extra_headers;      // on each request to the target
  std::string request_id_header;              // empty: none; otherwise a fresh id on each exchange
  std::string request_id_prefix = "referee";  // of that id, usually the run's; the exchange's sequence number follows
  Peer peer = Peer::kTarget;                  // kTokenService: bodies are redacted too
};

/// What all clients of a run share.
struct ClientContext {
  Transport& transport;
  Clock& clock;
  BodyStore& bodies;
  Authorizer* authorizer = nullptr;                // may be null: anonymous
  std::atomic<std::uint64_t>& sequence;            // counts exchanges
  const std::atomic<bool>* interrupted = nullptr;  // set: send() throws TransportFault(kInterrupted)
  std::function<void()> before_exchange;           // rate limit; may be empty
  Secrets* secrets = nullptr;                      // what no record may show; may be null
};

/// Sends requests for one check. May be used from several threads of that check at once.
class Client {
 public:
  Client(const ClientContext& context, ClientOptions options);

  /// The final response after redirects, retries and challenges. Default headers (User-Agent, Accept-Encoding:
  /// identity) are added where the request has none. Every hop and attempt is recorded. Throws TransportFault.
  Response send(Request request);

  const ClientOptions& options() const { return options_; }
  const std::string& base() const { return options_.base; }
  Clock& clock() { return context_.clock; }

  /// All exchanges so far, in order of sending, and forgets them.
  std::vector<Exchange> take_exchanges();

  /// The sequence number of the last exchange that was not taken yet; 0 if all were taken.
  std::uint64_t last_sequence();

 private:
  Request with_default_headers(const Request& request, std::uint64_t sequence) const;
  bool is_target(const std::string& url) const;
  bool may_wait_and_retry(const Response& response, std::uint32_t retries);
  Response one_exchange(const Request& request, std::uint64_t sequence, std::uint32_t attempt);
  Response with_retries(const Request& request);
  void stop_if_interrupted() const;

  ClientContext context_;
  ClientOptions options_;
  std::mutex mutex_;
  std::vector<Exchange> exchanges_;  // guarded by mutex_
};

}  // namespace referee::http
