// The probe of group P-A that leads an exploration: what a collection does to signatures.
#include <fmt/format.h>

#include <algorithm>

#include "harness/http/syntax/url.h"
#include "harness/spec/literals/probes.h"
#include "suites/probes/deletion_probe.h"

namespace referee::suites {
namespace {

class SignatureProbe : public DeletionProbe {
 public:
  using DeletionProbe::DeletionProbe;

 protected:
  /// A referrer that lives under certain circumstances.
  struct Case {
    std::string circumstances;
    Pushed referrer;
    oci::Digest subject;
    oci::Blob blob;
    std::string before;
  };

  oci::Blob own_blob() const {
    return oci::Blob::of(std::string(oci::kImageLayer), "signature " + session().fresh_nonce());
  }

  /// Pushes a signature of the subject and makes a case of it; reports one that the registry refuses.
  void add(const std::string& circumstances, const oci::Digest& subject, const Document& recipe, const oci::Blob& blob,
           const engine::Placement& placement = {}) {
    const auto content = make(recipe);
    const auto answer = put(content, placement);
    if (answer.status != 201) {
      refused_.emplace_back(circumstances, "push refused: " + in_words(answer));
      return;
    }
    cases_.push_back(
        {circumstances, {content, placement.in.value_or(repository()), placement.tag, answer}, subject, blob, ""});
  }

  void add_on(const std::string& circumstances, const Pushed& subject, const engine::Placement& placement = {}) {
    const auto blob = own_blob();
    add(circumstances, subject.digest(), signature().with_layers({blob}).refers_to(subject), blob, placement);
  }

  /// "5 kept; 7 gone": there are too many cases to name them all.
  static std::string counted(const Parts& parts) {
    std::vector<std::pair<std::string, int>> counts;
    for (const auto& [circumstances, fate] : parts) {
      auto known = std::ranges::find(counts, fate, [](const auto& each) { return each.first; });
      if (known == counts.end()) known = counts.insert(known, {fate, 0});
      ++known->second;
    }
    std::string text;
    for (const auto& [fate, count] : counts) text += fmt::format("{}{} {}", text.empty() ? "" : "; ", count, fate);
    return text;
  }

  const Pushed& last() const { return cases_.back().referrer; }

  /// What a client sees of the signature now.
  std::string state_of(const Case& one) const {
    const auto& where = one.referrer.repository;
    std::string state = "gone";
    if (is_there(one.referrer)) {
      state = head_blob(one.blob.digest, where).status == 200 ? "kept" : "kept, blobs gone";
    }
    if (!has_list()) return state;
    const auto list = raw({.method = "GET", .url = list_url(one.subject.text(), where), .headers = {}, .body = {}});
    if (list.status != 200) return fmt::format("{}, list broken ({})", state, list.status);
    const bool listed = is_listed(one.referrer.digest(), one.subject.text(), where);
    if (state == "gone") return listed ? "gone, still listed" : state;
    return listed ? state : state + ", unlisted";
  }

  std::string settled_state_of(const Case& one) const {
    return eventually([&] { return state_of(one); }, ::testing::Eq(std::string("kept")));
  }

  void prepare_tags();
  void prepare_chains();
  void prepare_blobs();
  void prepare_deletions();

  std::vector<Case> cases_;
  Parts refused_;
};

void SignatureProbe::prepare_tags() {
  const auto tagged = push(image(), {.tag = tag_named("subject")});
  add_on("untagged on a tagged subject", tagged);
  add_on("tagged on a tagged subject", tagged, {.in = {}, .tag = tag_named("signature-1")});
  const auto untagged = push(image());
  add_on("untagged on an untagged subject", untagged);
  add_on("tagged on an untagged subject", push(image()), {.in = {}, .tag = tag_named("signature-2")});
  const auto moved = push(image(), {.tag = tag_named("moved")});
  push(image(), {.tag = tag_named("moved")});
  add_on("untagged on a subject whose tag moved", moved);
}

void SignatureProbe::prepare_chains() {
  const auto subject = push(image(), {.tag = tag_named("chain")});
  const auto middle = push(sbom().refers_to(subject));
  add_on("untagged on an untagged SBOM of a tagged subject", middle);
  const auto blob = own_blob();
  const auto absent = absent_subject(session().fresh_nonce());
  add("untagged on an absent subject", absent.digest, signature().with_layers({blob}).refers_to(absent), blob);
  if (!oci()) return;  // of ORAS no index lists artifacts
  const auto signed_image = push(image(), {.tag = tag_named("listed")});
  const auto before = cases_.size();
  add_on("untagged child of a tagged index on a tagged subject", signed_image);
  if (cases_.size() > before) push(index({last()}), {.tag = tag_named("index")});
}

void SignatureProbe::prepare_blobs() {
  const auto subject = push(image(), {.tag = tag_named("shared")});
  const auto shared = own_blob();
  const auto sharer = push(sbom().with_layers({shared}).refers_to(subject));
  add("tagged with a blob of a deleted SBOM", subject.digest(), signature().with_layers({shared}).refers_to(subject),
      shared, {.in = {}, .tag = tag_named("signature-3")});
  if (met(Gate::kManifestDeletion)) refusal_to_delete(sharer);

  const auto mounted = own_blob();
  const auto elsewhere = push(image().with_layers({mounted}), {.in = other_repository()});
  const auto path = fmt::format("/v2/{}/blobs/uploads/?mount={}&from={}", repository().name, mounted.digest.text(),
                                http::percent_encode(other_repository().name));
  const auto answer = raw({.method = "POST", .url = url(path), .headers = {}, .body = {}});
  if (answer.status != 201) {
    refused_.emplace_back("tagged with a mounted blob", "no mount: " + in_words(answer));
    return;
  }
  session().pushed_blob(repository(), mounted.digest);
  add("tagged with a mounted blob", subject.digest(), signature().with_layers({mounted}).refers_to(subject), mounted,
      {.in = {}, .tag = tag_named("signature-4")});
  if (met(Gate::kManifestDeletion)) refusal_to_delete(elsewhere);
}

void SignatureProbe::prepare_deletions() {
  if (!met(Gate::kManifestDeletion)) return;
  const auto one = push(image(), {.tag = tag_named("deleted-1")});
  add_on("untagged on a deleted subject", one);
  const auto two = push(image(), {.tag = tag_named("deleted-2")});
  add_on("tagged on a deleted subject", two, {.in = {}, .tag = tag_named("signature-5")});
  for (const auto& subject : {one, two}) {
    if (const auto refused = refusal_to_delete(subject)) {
      std::erase_if(cases_, [&](const Case& each) { return each.subject == subject.digest(); });
      refused_.emplace_back("on a deleted subject", "DELETE refused: " + *refused);
    }
  }
}

}  // namespace

BEHAVIOUR_PROBE_F(SignatureProbe, CollectedSignatures, "probe.gc.signatures"_probe, {.collects = true}) {
  needs_referrers();
  if (!has_collector()) throw Needs("--gc-hook");
  prepare_tags();
  prepare_chains();
  prepare_blobs();
  prepare_deletions();
  for (auto& one : cases_) one.before = settled_state_of(one);
  collect();
  Parts parts;
  for (const auto& one : cases_) {
    const auto after = state_of(one);
    const auto before = one.before == "kept"  ? ""
                        : one.before == after ? " (before too)"
                                              : " (before: " + one.before + ")";
    parts.emplace_back(one.circumstances, after + before);
  }
  parts.insert(parts.end(), refused_.begin(), refused_.end());
  return {counted(parts), in_lines(parts)};
}

}  // namespace referee::suites
