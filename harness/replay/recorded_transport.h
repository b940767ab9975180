// The recorded wire: a check asks again, and is answered what it was answered then.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "harness/http/client/client.h"
#include "harness/http/record/transcript.h"
#include "harness/http/transport.h"
#include "harness/replay/recorded_clock.h"

namespace referee::replay {

/// Why a check could not be answered as then.
struct Gap {
  enum class Kind : std::uint8_t {
    kNone,
    kAsksOtherwise,  // it sends another request than then, or one more
    kCutBody,        // the answer's body was not kept to its end
  };
  Kind kind = Kind::kNone;
  std::string what;
};

/// Answers requests from recorded exchanges, lane by lane in the order of sending. A request is the recorded one if
/// method, redacted URL and digest of the body are the same. Where there is no answer, exchange() throws
/// TransportFault(kInterrupted) and gap() says why. The bodies must outlive it. Safe to use from several threads.
class RecordedTransport : public http::Transport {
 public:
  RecordedTransport(std::vector<http::Exchange> exchanges, const std::map<std::string, http::RecordedBody>& bodies,
                    RecordedClock& clock);

  http::Response exchange(const http::Request& request, const http::ExchangeLimits& limits) override;

  /// Whether the lane's next exchange repeats the last with a new identity, as after a challenge.
  bool repeats_next() const;
  /// What went wrong first.
  Gap gap() const;
  /// How many recorded exchanges no request asked for.
  std::size_t left() const;

 private:
  struct Lane {
    std::vector<const http::Exchange*> exchanges;
    std::size_t next = 0;
  };

  const http::Exchange& take(const http::Request& request);  // with mutex_ held, as the others
  std::string body_of(const std::string& digest);
  [[noreturn]] void fail(Gap::Kind kind, std::string what);

  const std::vector<http::Exchange> exchanges_;
  const std::map<std::string, http::RecordedBody>& bodies_;
  RecordedClock& clock_;
  mutable std::mutex mutex_;
  std::map<std::uint32_t, Lane> lanes_;        // guarded by mutex_, as all below
  std::map<std::string, std::string> pushed_;  // large bodies that were sent, by digest: what was pushed can be pulled
  Gap gap_;
};

/// Identities as they were then: the answer to a challenge is whether another attempt followed.
class RecordedAuthorizer : public http::Authorizer {
 public:
  explicit RecordedAuthorizer(const RecordedTransport& transport) : transport_(transport) {}
  std::string authorization(const http::Request& request) override;
  bool answer_challenge(const http::Request& request, const http::Response& unauthorized) override;

 private:
  const RecordedTransport& transport_;
};

}  // namespace referee::replay
