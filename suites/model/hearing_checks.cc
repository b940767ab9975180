#include "suites/model/hearing_checks.h"

#include <algorithm>

#include "harness/http/syntax/lexer.h"
#include "harness/oci/digest.h"
#include "harness/oci/names.h"
#include "suites/model/ordinary.h"

namespace referee::model {
namespace {

bool took_effect(int status) { return status / 100 == 2 || status == 0 || status >= 500; }  // or may have

bool is_digest_text(const std::string& reference) { return oci::Digest::parse(reference).has_value(); }

bool has_parameters(const Observation& one) { return one.url.find('?') != std::string::npos; }

// Tags by which registries without lists keep referrers; distribution-spec, "Referrers Tag Schema". What is in them may
// come into the lists of registries that learned to list.
bool is_fallback_tag(const std::string& reference) {
  return reference.starts_with("sha256-") || reference.starts_with("sha512-");
}

}  // namespace

HearingChecks::HearingChecks(const What& what, std::chrono::milliseconds patience)
    : what_(what), model_(what.edition, patience) {
  if (what.lists) model_.knows_lists();
}

std::vector<Disagreement> HearingChecks::hear(const Observation& one) {
  const auto& place = one.place;
  if (place.repository.empty() || silent_.contains(place.repository)) return {};
  const bool manifest = place.area == Area::kManifest;
  const bool read = one.method == "GET" || one.method == "HEAD";
  if (place.area == Area::kList) return one.method == "GET" ? hear_list(one) : std::vector<Disagreement>();
  if (manifest && read) return hear_pull(one);
  if (one.method == "DELETE" && (manifest || place.area == Area::kBlob)) return hear_deletion(one);
  if (manifest && one.method == "PUT") return hear_push(one);
  return {};
}

bool HearingChecks::crosses(const Observation& one) {
  auto& writes = writes_[one.place.repository];
  std::erase_if(writes, [&](const Write& write) { return write.when.until <= one.when.from; });
  const bool deletion = one.method == "DELETE";
  const bool digest = is_digest_text(one.place.reference);
  const bool found = std::ranges::any_of(writes, [&](const Write& write) {
    return deletion || write.deletion || (!digest && write.reference == one.place.reference);
  });
  writes.push_back({one.when, deletion, one.place.reference});
  auto& until = written_until_[one.place.repository];
  until = std::max(until, one.when.until);
  return found;
}

std::vector<Disagreement> HearingChecks::silence(const Observation& one) {
  silent_.insert(one.place.repository);
  return {};
}

void HearingChecks::hush(const std::string& digest, Span when) {
  hushed_.insert(digest);
  model_.hush(digest, when);
}

const Held* HearingChecks::find(const Observation& one, const std::string& digest) const {
  const auto* shelf = model_.shelf(one.place.repository);
  return shelf == nullptr ? nullptr : shelf->find(digest);
}

// In a repository that others use too, anyone who pushed a manifest that is the same in each run may delete it.
bool HearingChecks::is_plain(const Observation& one, const std::string& digest) const {
  if (hushed_.contains(digest) || essence(one.sent_type) != one.sent_type) return false;
  const auto* known = find(one, digest);
  if (known != nullptr && known->reading.media_type != one.sent_type) return false;
  if (what_.shared.contains(one.place.repository) && !has_a_nonce(one.sent_body)) return false;
  return is_ordinary_document(one.sent_type, one.sent_body, what_.edition);
}

std::vector<Disagreement> HearingChecks::hear_push(const Observation& one) {
  if (!took_effect(one.answer.status)) return {};  // nothing changed; why it is refused is for the checks to say
  const auto& reference = one.place.reference;
  const bool by_digest = is_digest_text(reference);
  if (crosses(one) || has_parameters(one) || is_fallback_tag(reference)) return silence(one);
  const auto digest = one.whole ? oci::Digest::of(one.sent_body).text() : reference;
  if (one.whole && (!by_digest || reference == digest) && is_plain(one, digest)) return model_.hear(one);
  hush(digest, one.when);
  if (by_digest) {
    hush(reference, one.when);
    return {};
  }
  const auto* shelf = model_.shelf(one.place.repository);
  if (shelf != nullptr) {
    const auto tag = shelf->tags.find(reference);
    if (tag != shelf->tags.end() && !tag->second.last().empty()) return silence(one);
  }
  model_.hush_tag(one.place.repository, reference, one.when);
  return {};
}

std::vector<Disagreement> HearingChecks::hear_deletion(const Observation& one) {
  if (!took_effect(one.answer.status)) return {};
  const auto& reference = one.place.reference;
  const auto* shelf = model_.shelf(one.place.repository);
  if (one.place.area == Area::kBlob) {
    if (shelf == nullptr) return {};
    std::vector<std::string> without;
    for (const auto& [digest, held] : shelf->manifests) {
      if (std::ranges::find(held.reading.blobs, reference) != held.reading.blobs.end()) without.push_back(digest);
    }
    for (const auto& digest : without) hush(digest, one.when);
    return {};
  }
  if (crosses(one) || has_parameters(one) || shelf == nullptr) return silence(one);
  if (is_digest_text(reference)) return shelf->find(reference) == nullptr ? silence(one) : model_.hear(one);
  const auto tag = shelf->tags.find(reference);
  const bool known = tag != shelf->tags.end() && tag->second.last() != kAnyDigest;
  return known ? model_.hear(one) : silence(one);
}

std::vector<Disagreement> HearingChecks::hear_pull(const Observation& one) {
  const auto& reference = one.place.reference;
  const auto* shelf = model_.shelf(one.place.repository);
  if (shelf == nullptr || !is_ordinary_question(one)) return {};
  std::string digest = reference;
  if (!is_digest_text(reference)) {
    const auto tag = shelf->tags.find(reference);
    if (tag == shelf->tags.end()) return {};
    digest = tag->second.last();
    if (digest.empty()) return model_.hear(one);  // the tag was deleted
  }
  const auto* held = shelf->find(digest);
  return held != nullptr && accepts(one, held->reading.media_type) ? model_.hear(one) : std::vector<Disagreement>();
}

bool HearingChecks::filters_by_capitals(const Observation& one) const {
  const auto* shelf = model_.shelf(one.place.repository);
  if (!one.place.filter || shelf == nullptr) return false;
  return std::ranges::any_of(shelf->manifests, [&](const auto& each) {
    const auto& type = each.second.reading.artifact_type;
    return type && *type != *one.place.filter && http::in_lower_case(*type) == http::in_lower_case(*one.place.filter);
  });
}

// A list that is asked for page by page while something is written may show an entry on no page or on two, since the
// pages move.
std::vector<Disagreement> HearingChecks::hear_list(const Observation& one) {
  if (!is_sha256(one.place.reference) || !is_digest_text(one.place.reference)) return {};
  if (!accepts(one, oci::kImageIndex) || filters_by_capitals(one)) return {};
  const bool later = model_.continues(one);
  if (!later && !is_ordinary_question(one)) return {};
  auto& began = began_[{one.lane, one.place.reference}];
  if (!later) began = one.when.from;
  auto said = model_.hear(one);
  const auto written = written_until_.find(one.place.repository);
  const bool moves = written != written_until_.end() && written->second + what_.settle > began;
  return later && moves ? std::vector<Disagreement>() : said;
}

}  // namespace referee::model
