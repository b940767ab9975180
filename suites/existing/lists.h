// Lists of existing content, for runs that write nothing: what a list says is compared with the manifests
// that it names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "suites/suite.h"

namespace referee::suites {

/// A manifest that a list names, as it is stored.
struct StoredReferrer {
  engine::Entry entry;
  Response response;                               // of the pull by the entry's digest
  std::shared_ptr<const nlohmann::json> manifest;  // null where it is not a JSON object
};

class ExistingList : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// The subject that --subject names; the check is skipped without one.
  const engine::ExistingSubject& subject() const;
  Repository where() const { return {subject().repository}; }

  /// All pages of the subject's list, whatever they are.
  Listing whole_list(const std::string& query = "") const;
  /// The entries of all pages; blocked where they cannot be read, skipped where there are none.
  std::vector<engine::Entry> entries() const;
  /// The manifests of the first entries, at most a hundred; entries whose manifest cannot be pulled are left out.
  std::vector<StoredReferrer> stored() const;
};

/// The member of a JSON object as a text; empty if it is missing or something else.
std::string text_member(const nlohmann::json& object, const char* key);

}  // namespace referee::suites
