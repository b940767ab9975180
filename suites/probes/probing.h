// The words of a probe in addition to those of a check: states of manifests and lists, refusals in words, answers by
// value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/engine/capabilities.h"
#include "harness/engine/probe.h"
#include "suites/suite.h"

namespace referee::suites {

using engine::Asked;
using engine::Needs;
using engine::Observation;

/// One part of a question, and its answer: {"negative", "400 MANIFEST_INVALID"}.
using Part = std::pair<std::string, std::string>;
using Parts = std::vector<Part>;

/// One text for several answers: "ACCEPT" where all are the same, else "ACCEPT: zero, negative; 400: too-great".
std::string by_class(const Parts& parts);
/// A line for each part.
std::string in_lines(const Parts& parts);
inline Observation parted(const Parts& parts) { return {by_class(parts), in_lines(parts)}; }

/// The first code of an OCI error body; empty if there is none.
std::string error_code(const Response& response);
/// "400 MANIFEST_INVALID"; only the status where the body has no code.
std::string in_words(const Response& response);

/// The `Link` to the next page, resolved; empty if there is none.
std::string next_url(const Response& response);

/// What deletion left of a manifest.
struct Fate {
  bool pullable = true;
  std::optional<bool> listed;               // nothing where there is no list
  std::chrono::milliseconds gone_after{0};  // where it is no longer pullable
  bool by_collector = false;
};

class Probing : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// Ends as "not offered" where the edition's list of referrers is not there.
  void needs_list() const { needs(list_gate()); }
  Gate list_gate() const { return oci() ? Gate::kReferrers : Gate::kOras; }
  /// Whether there is a list to look at; what becomes of manifests and blobs shows without one.
  bool has_list() const { return met(list_gate()); }
  /// Ends as "not offered" where the edition's referrers cannot be pushed: of OCI they are images.
  void needs_referrers() const {
    if (!oci()) needs(Gate::kOras);
  }
  void needs_deletion() const { needs(Gate::kManifestDeletion); }
  bool oci() const { return spec::family(edition()) == spec::Family::kOci; }
  bool long_running() const { return session().settings().long_running; }
  bool has_collector() const { return static_cast<bool>(session().settings().collect); }

  /// The plain referrer of that edition.
  Document sbom() const { return artifact(oci() ? kSbom : kOrasSbom); }
  Document signature() const { return artifact(oci() ? kSignature : kOrasSignature); }

  /// Pushes, and waits until the list shows it, the settle time at most, where there is one.
  Pushed push_listed(const Document& recipe, const Pushed& subject, const engine::Placement& placement = {}) const;

  /// "ACCEPT+LISTED", "ACCEPT+UNLISTED" (within the settle time), "ACCEPT+LIST-500" (it cannot be read) or the refusal.
  std::string reception(const oci::Content& referrer, const std::string& subject) const;
  /// The same without the list: "ACCEPT" or the refusal.
  std::string acceptance(const oci::Content& content, const engine::Placement& placement = {}) const;

  bool is_there(const oci::Digest& digest, const Repository& where) const { return pull(digest, where).status == 200; }
  bool is_there(const Pushed& pushed) const { return is_there(pushed.digest(), pushed.repository); }
  bool is_listed(const oci::Digest& referrer, const std::string& subject, const Repository& where) const;
  bool is_listed(const Pushed& referrer, const Pushed& subject) const {
    return is_listed(referrer.digest(), subject.digest().text(), subject.repository);
  }
  std::vector<std::string> listed_under(const std::string& subject, const Repository& where,
                                        const std::string& query = "") const;

  /// Waits the cascade time for the manifest to go, then calls --gc-hook if there is one, and looks again.
  Fate fate_of(const Pushed& referrer, const Pushed& subject) const { return fates_of({referrer}, subject).front(); }
  /// The same for several at once: one wait and one collection for all.
  std::vector<Fate> fates_of(const std::vector<Pushed>& referrers, const Pushed& subject) const;

  /// A raw GET of the list under that URL, with more headers.
  Response ask(const std::string& method, const std::string& url, const http::Headers& headers = {}) const;
  /// Any request; no status ends the probe.
  Response raw(http::Request request) const;

  /// The repository for signatures: the second of --existing-repo, or the first's name and "-sigs".
  Repository signatures() const;
};

}  // namespace referee::suites
