#include "suites/existing/lists.h"

#include <nlohmann/json.hpp>

#include "harness/oci/json.h"

namespace referee::suites {
namespace {

constexpr std::size_t kMostPulled = 100;

}  // namespace

std::string text_member(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

const engine::ExistingSubject& ExistingList::subject() const {
  const auto& subject = session().settings().existing_subject;
  if (!subject) throw engine::NotConfigured("judges content that is there: needs --read-only --subject REPO@DIGEST");
  return *subject;
}

Listing ExistingList::whole_list(const std::string& query) const {
  return follow(list_referrers(subject().digest, where(), query));
}

std::vector<engine::Entry> ExistingList::entries() const {
  const auto listing = whole_list();
  GIVEN_THAT(listing, IsReadableList());
  auto entries = listing.entries();
  if (entries.empty()) throw engine::NotApplicable("the list has no entries");
  return entries;
}

std::vector<StoredReferrer> ExistingList::stored() const {
  std::vector<StoredReferrer> stored;
  for (auto& entry : entries()) {
    if (stored.size() == kMostPulled) break;
    if (!entry.digest || !oci::Digest::parse(*entry.digest)) continue;
    auto response = pull(engine::Reference(*entry.digest), where());
    if (response.status != 200) continue;
    auto manifest = oci::read_json(response.body).value;
    if (manifest && !manifest->is_object()) manifest = nullptr;
    stored.push_back({.entry = std::move(entry), .response = std::move(response), .manifest = std::move(manifest)});
  }
  if (stored.empty()) throw engine::NotApplicable("no manifest that the list names can be pulled");
  return stored;
}

}  // namespace referee::suites
