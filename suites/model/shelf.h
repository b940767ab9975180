// What the model knows of one repository: manifests, tags and blobs, each with its history.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "suites/model/reading.h"
#include "suites/model/timeline.h"

namespace referee::model {

/// Whether a manifest is there, or listed.
enum class Standing : std::uint8_t {
  kAbsent,
  kThere,
  kOpen,  // the texts leave it to the registry
};

/// Why it is open whether a manifest is there.
enum class Opening : std::uint8_t {
  kNone,
  kSubjectGone,  // its subject was deleted, or what that referred to
  kTagGone,      // a tag that named it was deleted or names another manifest now
  kUnclear,      // a request about it failed on the registry's side
};

/// A manifest that was pushed here at least once.
struct Held {
  Reading reading;
  Timeline<Standing> stored{Standing::kAbsent};
  Timeline<Standing> listed{Standing::kAbsent};
  int pushes = 0;
  bool acknowledged = false;  // its last push was answered with OCI-Subject; in ORAS: taken while its subject was there
  bool was_deleted = false;
  bool before_its_subject = false;  // it was accepted while its subject was not there
  bool reunited = false;            // its subject was deleted and is there again
  bool with_others = false;         // its push and another's were under way at the same time
  Opening opening = Opening::kNone;
};

/// What a tag names: a digest, nothing (empty), or what is open.
inline constexpr const char* kAnyDigest = "?";

/// A manifest that someone else pushed, as far as it was pulled.
struct Stranger {
  bool pulled = false;                 // the last time that it was asked for
  int missed = 0;                      // how often it was asked for, after it was listed, and was not there
  std::optional<std::string> subject;  // that it names
};

/// A manifest whose push was refused, and how its subject was at that time.
struct Refused {
  Reading reading;
  int status = 0;
  std::uint64_t sequence = 0;
  bool for_its_own_sake = false;   // neither a tag, a right nor a limit is a reason
  std::optional<Reading> subject;  // where it was there
  bool unsure = false;             // it may have been there, or not
  bool elsewhere = false;          // it was in another repository
};

struct Shelf {
  std::map<std::string, Held> manifests;              // by digest
  std::map<std::string, Timeline<std::string>> tags;  // what each names
  std::map<std::string, Timeline<Standing>> blobs;    // by digest
  std::map<std::string, Stranger> strangers;          // by digest
  std::map<std::string, Refused> refused;             // by digest
  std::set<std::string> deleted_referrers_of;         // subjects of which a referrer was deleted
  std::set<std::string> paged;                        // subjects and values of `n` by which their lists were paged
  std::vector<std::uint64_t> writes;                  // the sequence numbers of what changed something here
  Span last_push{};                                   // of a manifest
  std::string last_pushed;                            // its digest

  /// The manifest of that digest, if it was pushed here.
  Held* find(const std::string& digest);
  const Held* find(const std::string& digest) const;

  /// It becomes open whether the manifest is there, and with it whatever refers to it or only it names: its referrers,
  /// theirs, the children of an index. Tags that name any of them are open too.
  void open(const std::string& digest, Opening why, Span when);
  /// The same for all that refers to the manifest or is named by it, but not for itself.
  void open_dependants(const std::string& digest, Opening why, Span when);
  /// Every tag that names the digest names that from now on.
  void retarget(const std::string& digest, const std::string& what, Span when);
};

}  // namespace referee::model
