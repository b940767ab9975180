#include "harness/http/record/transcript.h"

#include <algorithm>
#include <utility>

#include "harness/http/record/deflate.h"
#include "harness/oci/digest.h"

namespace referee::http {

std::string BodyStore::keep(std::string_view body) {
  if (body.empty()) return "";
  const std::string digest = "sha256:" + oci::sha256_hex(body);
  {
    const std::lock_guard lock(mutex_);
    if (bodies_.contains(digest)) return digest;
  }
  std::size_t cap = limits_.of_a_body;
  if (!has_room_for(std::min(body.size(), cap))) cap = std::min(cap, EvidenceLimits::kBeginning);
  RecordedBody kept{std::string(body.substr(0, cap)), body.size(), body.size() > cap};
  if (kept.capped && cap > 0) kept.deflated = deflate(body, cap).value_or("");
  const std::lock_guard lock(mutex_);
  bodies_.emplace(digest, std::move(kept));
  return digest;
}

bool BodyStore::has_room_for(std::size_t bytes) {
  if (bytes <= EvidenceLimits::kBeginning) return true;
  if (kept_.fetch_add(bytes) + bytes <= limits_.in_all) return true;
  kept_ -= bytes;
  return false;
}

std::map<std::string, RecordedBody> BodyStore::all() const {
  const std::lock_guard lock(mutex_);
  return bodies_;
}

std::map<std::string, RecordedBody> BodyStore::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(bodies_, {});
}

std::optional<RecordedBody> BodyStore::find(const std::string& digest) const {
  const std::lock_guard lock(mutex_);
  const auto found = bodies_.find(digest);
  return found == bodies_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace referee::http
