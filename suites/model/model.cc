// Model: which judgement an answer gets, and what it teaches.
#include "suites/model/model.h"

#include <algorithm>

#include "harness/engine/conversation.h"
#include "harness/oci/names.h"
#include "suites/model/ordinary.h"
#include "suites/model/verdicts.h"

namespace referee::model {
namespace {

// No answer, or one about load, gateways or rights.
bool says_nothing(int status) {
  return status == 0 || std::ranges::find(engine::kInconclusive, status) != engine::kInconclusive.end();
}

bool is_read(const Observation& one) { return one.method == "GET" || one.method == "HEAD"; }

}  // namespace

const Shelf* Model::shelf(const std::string& repository) const {
  const auto found = shelves_.find(repository);
  return found == shelves_.end() ? nullptr : &found->second;
}

void Model::hush(const std::string& digest, Span when) {
  for (auto& [name, shelf] : shelves_) {
    shelf.retarget(digest, kAnyDigest, when);
    shelf.manifests.erase(digest);
    shelf.refused.erase(digest);
  }
}

void Model::hush_tag(const std::string& repository, const std::string& tag, Span when) {
  shelves_[repository].tags.try_emplace(tag, std::string()).first->second.set(kAnyDigest, when);
}

// Two threads of a check may follow the same list.
std::string Model::key_of(std::uint32_t lane, const std::string& url) { return std::to_string(lane) + " " + url; }

bool Model::maybe(const Timeline<Standing>& timeline, Standing standing, Span when) const {
  const auto values = timeline.possible(when, settle_);
  return std::ranges::find(values, standing) != values.end();
}

// Whether the repository certainly exists: something is in it that nothing removed.
bool Model::stands_firm(const Shelf& shelf, Span when) const {
  return std::ranges::any_of(shelf.manifests,
                             [&](const auto& each) { return only(each.second.stored, Standing::kThere, when); });
}

// image-spec descriptor.md, "Registered Algorithms": SHA-256 in any case; another one once something was taken whose
// subject is named by it.
bool Model::is_known_algorithm(const Shelf& shelf, const std::string& subject, Span when) const {
  return is_sha256(subject) || std::ranges::any_of(shelf.manifests, [&](const auto& each) {
           const auto& held = each.second;
           return held.acknowledged && held.reading.subject == subject && refers(held.reading) &&
                  only(held.listed, Standing::kThere, when);
         });
}

std::vector<Disagreement> Model::hear(const Observation& one) {
  if (auto said = judge_located(one); !said.empty()) return said;
  if (one.place.area == Area::kElsewhere || one.place.repository.empty()) return {};
  Shelf& shelf = shelves_[one.place.repository];
  Verdicts verdicts(one, shelf, edition_, weighed_);
  const bool read = is_read(one);
  if (read && (says_nothing(one.answer.status) || one.answer.truncated || !one.whole)) return {};
  switch (one.place.area) {
    case Area::kManifest:
      if (one.method == "PUT" && one.whole && judge_mismatch(one, verdicts)) {
        break;
      }
      if (one.method == "PUT") {
        const auto reading = read_manifest(one.place.reference, one.sent_type, one.sent_body, edition_);
        if (one.whole) judge_push(one, shelf, reading, verdicts);
        learn_push(one, shelf, reading);
      } else if (one.method == "DELETE") {
        judge_deletion(one, shelf, verdicts);
        learn_deletion(one, shelf);
      } else if (read) {
        judge_pull(one, shelf, verdicts);
        learn_pull(one, shelf);
      }
      break;
    case Area::kList:
      // A client that takes no index may be refused it; RFC 9110, section 15.5.7.
      if (one.answer.status == 406 && !accepts(one, oci::kImageIndex)) return {};
      if (one.method == "GET" && !judge_list_of_no_digest(one, verdicts)) hear_list(one, shelf, verdicts);
      break;
    case Area::kBlob:
      if (one.method == "DELETE") learn_deletion(one, shelf);
      if (read) judge_blob(one, shelf, verdicts);
      break;
    case Area::kUpload:
      judge_upload(one, verdicts);
      learn_upload(one, shelf);
      break;
    case Area::kElsewhere:
      break;
  }
  return verdicts.take();
}

}  // namespace referee::model
