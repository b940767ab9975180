// gMock matchers on the entries of a list as descriptors: image-spec descriptor.md, "Properties".
//
//   EXPECT_THAT(listing.entries(), Each(IsDescriptor()));
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "harness/engine/listing.h"

namespace referee::match {

/// What keeps an entry from being the descriptor of a manifest: a member that is missing or malformed. Empty if
/// nothing.
std::string fault_of_descriptor(const engine::Entry& entry);

/// The entry has mediaType, a well-formed digest and the size of a manifest.
MATCHER(IsDescriptor, negation ? "is not a descriptor" : "is a descriptor with mediaType, digest and size") {
  const std::string fault = fault_of_descriptor(arg);
  *result_listener << fault;
  return fault.empty();
}

/// What is wrong with a member that an entry need not have: `data` that is not these bytes, `urls` that is not an array
/// of strings, `platform` that is not an object of strings. Empty if nothing; null counts as absent.
std::string fault_of_optional_members(const engine::Entry& entry, const std::string& content);

MATCHER_P(HasSoundMembers, content,
          negation ? "has a member that is wrong"
                   : "has data, urls and platform that are right, as far as it has them") {
  const std::string fault = fault_of_optional_members(arg, content);
  *result_listener << fault;
  return fault.empty();
}

}  // namespace referee::match
