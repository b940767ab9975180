#include "suites/model/shelf.h"

namespace referee::model {

Held* Shelf::find(const std::string& digest) {
  const auto found = manifests.find(digest);
  return found == manifests.end() ? nullptr : &found->second;
}

const Held* Shelf::find(const std::string& digest) const {
  const auto found = manifests.find(digest);
  return found == manifests.end() ? nullptr : &found->second;
}

void Shelf::open(const std::string& digest, Opening why, Span when) {
  auto* held = find(digest);
  if (held == nullptr || held->stored.last() != Standing::kThere) return;
  held->stored.set(Standing::kOpen, when);
  held->listed.set(Standing::kOpen, when);
  held->opening = why;
  retarget(digest, kAnyDigest, when);
  open_dependants(digest, why, when);
}

void Shelf::open_dependants(const std::string& digest, Opening why, Span when) {
  for (auto& [other, held] : manifests) {
    if (held.reading.subject == digest) open(other, why, when);
  }
  const auto* self = find(digest);
  if (self == nullptr) return;
  for (const auto& child : std::vector<std::string>(self->reading.children)) open(child, why, when);
}

void Shelf::retarget(const std::string& digest, const std::string& what, Span when) {
  for (auto& [name, tag] : tags) {
    if (tag.last() == digest) tag.set(what, when);
  }
}

}  // namespace referee::model
