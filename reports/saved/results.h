// Documents of JSON that Referee saves and reads again, of whatever shape: tolerant reading, and the bodies in them.
// What the results of a run say is read through saved_run.h.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "harness/http/record/transcript.h"

namespace referee::reports {

/// A document; members keep their order.
using Results = nlohmann::ordered_json;

/// The member as it is; a null value if it is missing or `object` is not an object. Lives as long as `object`.
const Results& member(const Results& object, std::string_view key);
/// The member as a text; empty if it is missing or something else.
std::string text(const Results& object, std::string_view key);
/// The member as a number; 0 if it is missing or something else.
double number(const Results& object, std::string_view key);
/// The member as a truth value; `otherwise` if it is missing or something else.
bool flag(const Results& object, std::string_view key, bool otherwise = false);
/// The member as an array; an empty one if it is missing or something else. Lives as long as `object`.
const Results& list(const Results& object, std::string_view key);

/// The recorded bodies of a run, by digest. They must outlive it.
class Bodies {
 public:
  explicit Bodies(const std::map<std::string, http::RecordedBody>& bodies) : bodies_(bodies) {}

  /// At most `limit` bytes of the body's beginning; empty if it is not there.
  std::string beginning(const std::string& digest, std::size_t limit) const;
  bool has(const std::string& digest) const;
  /// How long the body was on the wire, in bytes; 0 if it is not there.
  std::uint64_t size(const std::string& digest) const;

 private:
  const std::map<std::string, http::RecordedBody>& bodies_;
};

/// A file that holds no results; the message names it, says why, and what to do.
class CannotRead : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace referee::reports
