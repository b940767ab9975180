#include "harness/spec/glossary.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "harness/spec/gate.h"

namespace referee::spec {
namespace {

// What texts say of a gate; what it means is said with the gates.
constexpr std::pair<Gate, std::string_view> kGatesInPlain[] = {
    {Gate::kReferrers, "only where the referrers API is offered"},
    {Gate::kFilter, "only where the filter is announced"},
    {Gate::kManifestDeletion, "only where manifests can be deleted"},
    {Gate::kTagDeletion, "only where tags can be deleted"},
    {Gate::kBlobDeletion, "only where blobs can be deleted"},
    {Gate::kOras, "only where ORAS manifests are offered"},
    {Gate::kAuth, "only where several users are configured"},
    {Gate::kHook, "only where a command of the operator is configured"},
    {Gate::kFourMegabytes, "only where manifests of 4,000,000 bytes are accepted"},
};
static_assert(std::size(kGatesInPlain) == kGateCount);

constexpr auto kTerms = std::to_array<Term>({
    {"GETM", "GET manifest", "GET /v2/<repository>/manifests/<reference>; Accept names all manifest types"},
    {"HEADM", "HEAD manifest", "HEAD of the path of a manifest"},
    {"DELM", "DELETE manifest", "DELETE of the path of a manifest"},
    {"BLOB", "upload of a blob", "an upload in two requests, POST then PUT"},
    {"LISTALL", "GET referrers, all pages", "the list and every page that Link with rel=\"next\" leads to, united"},
    {"LIST", "GET referrers", "GET /v2/<repository>/referrers/<digest>"},
    {"OLISTALL", "GET ORAS referrers, all pages", "the ORAS list and every page that its links lead to, united"},
    {"OLIST", "GET ORAS referrers",
     "up to draft.1.1 GET /oras/artifacts/v1/<repository>/manifests/<digest>/referrers; from rc.1 GET "
     "/v2/<repository>/_oras/artifacts/referrers?digest=<digest>"},
    {"TAGS", "GET tags", "GET /v2/<repository>/tags/list"},
    {"REPO", "repository", "a fresh repository"},
    {"REPO2", "another repository", "another fresh repository"},
    {"MT-IMG", "application/vnd.oci.image.manifest.v1+json", "the media type of an image manifest"},
    {"MT-IDX", "application/vnd.oci.image.index.v1+json", "the media type of an image index"},
    {"MT-EMPTY", "application/vnd.oci.empty.v1+json", "the media type of the empty descriptor"},
    {"MT-OCIART", "application/vnd.oci.artifact.manifest.v1+json", "a media type that 1.1.0-rc1 alone knows"},
    {"MT-ORAS", "application/vnd.cncf.oras.artifact.manifest.v1+json", "the media type of an ORAS artifact manifest"},
    {"MT-DKR", "application/vnd.docker.distribution.manifest.v2+json", "the media type of a Docker manifest"},
    {"MT-DKRL", "application/vnd.docker.distribution.manifest.list.v2+json",
     "the media type of a Docker manifest list"},
    {"AT-SBOM", "application/vnd.example.sbom.v1", "an artifact type"},
    {"AT-SIG", "application/vnd.example.signature.v1", "another artifact type"},
    {"S0", "a digest that was never pushed", "the digest of bytes that were never pushed"},
    {"R-at", "a referrer with artifactType",
     "an image manifest with artifactType, empty config and layer, and the subject S"},
    {"R-cfg", "a referrer with a config type", "an image manifest with a config type of its own and no artifactType"},
    {"R-both", "a referrer with both types", "an image manifest with artifactType and a config type of its own"},
    {"R-idx", "an index as referrer", "an image index with subject S and an artifactType"},
    {"R-idx0", "an index as referrer, without artifactType", "an image index with subject S and no artifactType"},
    {"EMPTY", "the two bytes {}", "the two bytes {}"},
    {"S", "", "a tagged image manifest with a small real config and one layer, without subject"},
    {"R", "", "an image manifest with an artifactType, empty config and layer, and the subject S"},
    {"A", "", "an ORAS artifact manifest with one blob and the subject S"},
    {"implied", "",
     "a level without a key word: the specification defines the thing so, or the rule that it follows from would be "
     "empty without it; the section that is linked is that rule"},
});

// Terms are read as whole words; "-" and "_" belong to a word.
bool is_in_word(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

const std::vector<Term>& terms() {
  static const std::vector<Term> all = [] {
    std::vector<Term> made;
    for (const auto& [gate, plain] : kGatesInPlain) made.push_back({name(gate), plain, meaning(gate)});
    made.insert(made.end(), kTerms.begin(), kTerms.end());
    return made;
  }();
  return all;
}

const Term* exactly(std::string_view word) {
  const auto found = std::ranges::find(terms(), word, &Term::word);
  return found == terms().end() ? nullptr : &*found;
}

// Calls with each word of the text and whether it is within `code`, and each run of what is between words.
template <typename OnWord, typename OnRest>
void read(std::string_view text, OnWord on_word, OnRest on_rest) {
  bool code = false;
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() && is_in_word(text[end])) ++end;
    if (end > 0) {
      on_word(text.substr(0, end), code);
    } else {
      end = 1;
      if (text.front() == '`') code = !code;
      on_rest(text.substr(0, 1));
    }
    text.remove_prefix(end);
  }
}

}  // namespace

std::span<const Term> glossary() { return terms(); }

const Term* term_named(std::string_view word) {
  const auto found = std::ranges::find_if(
      terms(), [&](const Term& term) { return std::ranges::equal(term.word, word, {}, lower, lower); });
  return found == terms().end() ? nullptr : &*found;
}

std::string in_plain_words(std::string_view text) {
  std::string plain;
  const auto on_word = [&](std::string_view word, bool) {
    const auto* term = exactly(word);
    plain += term == nullptr || term->plain.empty() ? word : term->plain;
  };
  read(text, on_word, [&](std::string_view rest) { plain += rest; });
  return plain;
}

std::vector<const Term*> terms_in(std::string_view text) {
  std::vector<const Term*> used;
  const auto on_word = [&](std::string_view word, bool code) {
    const auto* term = exactly(word);
    const bool letter = word.size() == 1;
    if (term == nullptr || !term->plain.empty() || (word == "A" && !code)) return;
    if (letter && std::ranges::find(used, term) == used.end()) used.push_back(term);
  };
  read(text, on_word, [](std::string_view) {});
  std::ranges::sort(used);
  return used;
}

}  // namespace referee::spec
