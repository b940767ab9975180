// What was said on the wire, redacted at the point of recording, with each body kept once under its digest.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/http/clock.h"
#include "harness/http/message.h"

namespace referee::http {

/// A message as recorded: no secrets, the body by digest.
struct RecordedRequest {
  std::string method;
  std::string url;
  std::vector<HeaderLine> headers;
  std::string body_digest;  // empty if there was no body
  bool whole = true;        // its head; false where the run had kept enough, and texts or lines of it were cut
};
struct RecordedResponse {
  int status = 0;
  std::string reason;
  std::vector<HeaderLine> headers;
  std::string body_digest;
  bool whole = true;
};

/// One request and what came back: a response or a fault.
struct Exchange {
  std::uint64_t sequence = 0;  // unique in the run, in the order of sending
  std::uint32_t lane = 0;      // which thread of a check sent it
  std::uint32_t attempt = 1;   // 2 and more after 429 or 503 with Retry-After, or after a 401 that a token answered
  WallTime started;
  double seconds = 0;
  RecordedRequest request;
  std::optional<RecordedResponse> response;
  std::string fault;  // "timeout: ..." where no response came

  /// Whether URL, headers and reason are what was on the wire: nothing may be concluded from a head that was cut.
  bool has_whole_heads() const { return request.whole && (!response || response->whole); }
};

/// A recorded body: its first bytes, and how long it was in truth.
struct RecordedBody {
  std::string bytes;
  std::uint64_t size = 0;
  bool capped = false;
  std::string deflated = {};  // the whole of a capped body (deflate.h), where that is no longer than the cap
};

/// How much a run keeps as evidence, in bytes: of each body, of all long pieces (bodies and heads of messages above
/// kBeginning) and of all short ones. Beyond `of_long_ones` it keeps a beginning of kBeginning bytes, beyond
/// `of_short_ones` nothing of a body and next to nothing of a head, so that a registry that never repeats itself does
/// not fill the memory.
struct EvidenceLimits {
  static constexpr std::size_t kBeginning = 2 << 10;
  std::size_t of_a_body = 1 << 20;
  std::size_t of_long_ones = std::size_t{1} << 30;
  std::size_t of_short_ones = std::size_t{1} << 30;
};

/// All bodies of a run, each kept once. Safe to use from several threads.
class BodyStore {
 public:
  explicit BodyStore(EvidenceLimits limits = {}) : limits_(limits) {}
  /// Keeps the body and returns its digest ("sha256:..."); nothing for an empty one.
  std::string keep(std::string_view body);
  std::map<std::string, RecordedBody> all() const;
  /// All of them, which are then no longer in the store.
  std::map<std::string, RecordedBody> take();
  std::optional<RecordedBody> find(const std::string& digest) const;
  /// Whether that many more bytes may be kept, as a body or next to the bodies; if so, they count as kept from now on.
  bool has_room_for(std::size_t bytes);

 private:
  EvidenceLimits limits_;
  mutable std::mutex mutex_;
  std::map<std::string, RecordedBody> bodies_;  // guarded by mutex_
  std::atomic<std::size_t> long_ones_{0};
  std::atomic<std::size_t> short_ones_{0};
};

}  // namespace referee::http
