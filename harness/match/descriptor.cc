#include "harness/match/descriptor.h"

#include <fmt/format.h>

#include "harness/oci/digest.h"

namespace referee::match {

std::string fault_of_descriptor(const engine::Entry& entry) {
  if (!entry.media_type) return "`mediaType` is missing or not a string";
  if (!entry.digest) return "`digest` is missing or not a string";
  if (!oci::Digest::parse(*entry.digest)) return "`digest` is not a digest: " + *entry.digest;
  if (!entry.size) return "`size` is missing or not an integer";
  return *entry.size > 0 ? "" : fmt::format("`size` is {}, which no manifest has", *entry.size);
}

}  // namespace referee::match
