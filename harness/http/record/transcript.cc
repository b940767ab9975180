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
  std::size_t size = std::min(body.size(), limits_.of_a_body);
  if (size > EvidenceLimits::kBeginning && !has_room_for(size)) size = EvidenceLimits::kBeginning;
  if (size <= EvidenceLimits::kBeginning && !has_room_for(size)) size = 0;
  RecordedBody kept{std::string(body.substr(0, size)), body.size(), body.size() > size};
  if (kept.capped && size > 0) kept.deflated = deflate(body, size).value_or("");
  const std::lock_guard lock(mutex_);
  bodies_.emplace(digest, std::move(kept));
  return digest;
}

bool BodyStore::has_room_for(std::size_t bytes) {
  const bool is_long = bytes > EvidenceLimits::kBeginning;
  auto& kept = is_long ? long_ones_ : short_ones_;
  if (kept.fetch_add(bytes) + bytes <= (is_long ? limits_.of_long_ones : limits_.of_short_ones)) return true;
  kept -= bytes;
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
