#include "harness/http/transcript.h"

#include <utility>

#include "harness/http/deflate.h"
#include "harness/oci/digest.h"

namespace referee::http {

std::string BodyStore::keep(std::string_view body) {
  if (body.empty()) return "";
  const std::string digest = "sha256:" + oci::sha256_hex(body);
  {
    const std::lock_guard lock(mutex_);
    if (bodies_.contains(digest)) return digest;
  }
  RecordedBody kept{std::string(body.substr(0, cap_)), body.size(), body.size() > cap_};
  if (kept.capped && cap_ > 0) {
    if (auto stream = deflate(body); stream.size() <= cap_) kept.deflated = std::move(stream);
  }
  const std::lock_guard lock(mutex_);
  bodies_.emplace(digest, std::move(kept));
  return digest;
}

std::map<std::string, RecordedBody> BodyStore::all() const {
  const std::lock_guard lock(mutex_);
  return bodies_;
}

std::optional<RecordedBody> BodyStore::find(const std::string& digest) const {
  const std::lock_guard lock(mutex_);
  const auto found = bodies_.find(digest);
  return found == bodies_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace referee::http
