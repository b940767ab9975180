// One check's stay at a registry: its client, its repositories, its edition's dialect, and what it has to clean up.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/engine/gate.h"
#include "harness/engine/result.h"
#include "harness/engine/settings.h"
#include "harness/engine/waiting/lateness.h"
#include "harness/http/client/client.h"
#include "harness/oci/content.h"
#include "harness/spec/edition.h"

namespace referee::engine {

class Capabilities;

/// The name of a repository on the target.
struct Repository {
  std::string name;
  auto operator<=>(const Repository&) const = default;
};

/// Safe to use from the threads that its check starts.
class Session {
 public:
  /// `number` is unique in the run and names the session's repositories; `identity` ("edition/Suite.Name") makes its
  /// content its own. `capabilities` may be null while they are being found out.
  Session(const http::ClientContext& context, const Settings& settings, Capabilities* capabilities,
          spec::Edition edition, std::string identity, int number);

  http::Client& client() { return client_; }
  /// The text as a report may show it: without secrets of URLs, and without those of the run.
  std::string redacted(std::string_view text) const { return http::redact_text(text, context_.secrets); }
  /// The client of another user; made on first use.
  http::Client& client_as(const Identity& identity);
  /// What all clients of the session said so far, in the order of sending, and forgets it.
  std::vector<http::Exchange> take_exchanges();
  /// The sequence number of the last of them; 0 if there is none.
  std::uint64_t last_sequence();
  const Settings& settings() const { return settings_; }
  Capabilities* capabilities() const { return capabilities_; }
  spec::Edition edition() const { return edition_; }
  const oci::Dialect& dialect() const { return dialect_; }

  /// The check's repositories: 0 is its own, 1 "another one", and so on. Throws NotApplicable where the operator named
  /// fewer.
  Repository repository(int index = 0) const;
  /// From now on the session's repositories lie below their former names, its plain images are made in that guise, and
  /// its nonces and tags are others. Repositories that the operator named stay. Not while the check runs.
  void move(oci::Guise guise, std::string_view below);
  oci::Guise guise() const { return guise_; }
  /// What the names of the session's repositories end with since it moved.
  const std::string& below() const { return below_; }
  /// A name like those of repository(), under which nothing is ever pushed.
  Repository never_pushed() const;
  /// The bodies of what the session sent and was answered.
  const http::BodyStore& bodies() const { return context_.bodies; }
  /// A nonce that no other check has, the same in every run with the same seed.
  std::string fresh_nonce();

  /// A tag that no other check has, the same for the same word; the same in every run with the same seed.
  std::string tag_named(std::string_view word) const;

  /// Notes for cleanup what was accepted, in the order of pushing.
  void pushed_manifest(const Repository& repository, const oci::Digest& digest);
  bool has_manifest(const Repository& repository, const oci::Digest& digest) const;
  /// Notes that a push of a manifest was accepted there, and how many were.
  void accepted_manifest(const std::string& repository);
  std::size_t accepted_in(const std::string& repository) const;
  /// It was refused after all.
  void refused_manifest(const Repository& repository, const oci::Digest& digest);
  /// Notes that the session sent the manifest, whatever the answer: it does not belong to someone else.
  void sent_manifest(const oci::Digest& digest);
  bool has_sent(const std::string& digest) const;
  /// What was found out about an entry of a list that the session did not send; nothing before the first look.
  std::optional<bool> is_stranger(const std::string& digest) const;
  void found_stranger(const std::string& digest, bool is_stranger);
  void pushed_blob(const Repository& repository, const oci::Digest& digest);
  /// Whether the blob is in the repository, as far as the session knows: it put it there and nothing was deleted since;
  /// or it did, or someone else may have; or there is no reason to think so.
  enum class Presence { kThere, kPerhaps, kUnknown };
  Presence presence(const Repository& repository, const oci::Digest& digest) const;
  /// A blob that was there before the session came is not its own to delete.
  void found_blob(const Repository& repository, const oci::Digest& digest);
  /// Whether something was deleted there.
  bool may_have_vanished(const Repository& repository) const;
  /// Something was deleted there: from now on no blob counts as present, since a collector may take it.
  void blobs_may_vanish(const Repository& repository);
  /// So it is in all repositories, once a collector has run.
  void any_blob_may_vanish();

  /// What became of what was pushed.
  struct Cleanup {
    std::vector<std::string> leftovers;  // a line for each repository that keeps something, with the reason
    std::vector<http::Exchange> exchanges;
    std::string fault;  // of the transport, where one ended it
  };
  enum class Extent { kManifests, kEverything };
  /// Deletes what was pushed, latest first. Ignores an interruption, but gives up at the first transport fault; with
  /// `why_not` it deletes nothing and reports what stays for that reason.
  Cleanup clean_up(Extent extent = Extent::kEverything, const std::string& why_not = "");
  /// Whether something is left to be cleaned up.
  bool has_pushed() const;

  /// What `see` says that no exchange shows; kept under that name with the result, so that evidence can be judged
  /// again; an empty text is kept as nothing. Where facts are recalled it is what they say, and `see` is not called.
  std::string fact(const std::string& name, const std::function<std::string()>& see);
  /// The facts so far, and forgets them.
  Facts take_facts();
  /// From now on these are the facts, each given once in its order, then the last one of a name forever.
  void recall(Facts facts);

  /// Something was written: the next read waits as long as the target is known to need to show it.
  void wrote(Write write);
  /// Lets that time pass. Throws TransportFault with kind kInterrupted where the run ends meanwhile.
  void let_writes_show();
  /// Waits that long. Throws as above.
  void pause(std::chrono::milliseconds span);
  bool interrupted() const { return context_.interrupted != nullptr && context_.interrupted->load(); }

  /// What makes the target collect its garbage from now on, in place of --gc-hook.
  void collect_by(Hook collector) { collector_ = std::move(collector); }
  /// Empty without a collector.
  const Hook& collector() const { return collector_ ? collector_ : settings_.collect; }
  /// From now on each repository gets a tag before anything else: some collectors fail on one that has none.
  void tag_repositories() { tags_repositories_ = true; }
  /// Whether the repository is still to get that tag; true once only.
  bool takes_first_tag(const Repository& repository);

  /// How long a read was behind; `late` if it was not the first look that showed what was expected.
  void saw_lag(std::chrono::milliseconds lag, bool late = false);

  /// Counts the waits of the session, from 1.
  int next_wait();
  /// A wait ended before its time; in words.
  void waited_briefly(std::string why);
  /// What those notes say, each once, and forgets them.
  std::vector<std::string> take_brief_waits();

  /// What the check keeps for its second look; see Check::later.
  std::shared_ptr<void>& kept() { return kept_; }

  std::chrono::milliseconds worst_lag() const;

 private:
  struct Pushed {
    Repository repository;
    oci::Digest digest;
    bool manifest;
  };

  void wait_until(http::Instant until);
  void delete_all(const std::vector<Pushed>& pushed, Cleanup& cleanup);  // not after `cleanup.fault`

  http::ClientContext context_;
  const Settings& settings_;
  Capabilities* capabilities_;
  spec::Edition edition_;
  oci::Dialect dialect_;
  std::string identity_;
  int number_;
  http::Client client_;
  mutable std::mutex mutex_;
  std::map<std::string, std::unique_ptr<http::Client>> others_;  // guarded by mutex_, as all below
  std::map<std::string, std::size_t> accepted_;                  // by repository
  std::vector<Pushed> pushed_;
  std::set<std::pair<Repository, std::string>> present_blobs_;  // pushed or found
  std::set<Repository> uncertain_;
  std::set<std::string> sent_;
  std::map<std::string, bool> strangers_;
  std::uint64_t nonces_ = 0;
  Facts facts_;
  std::optional<Facts> recalled_;
  std::chrono::milliseconds worst_lag_{0};
  Write last_write_ = Write::kPush;
  http::Instant written_{};
  http::Instant shows_from_{};
  int waits_ = 0;
  std::vector<std::string> brief_waits_;
  std::set<Repository> tagged_;  // the last one that is guarded by mutex_
  Hook collector_;               // set before the check begins, as is:
  bool tags_repositories_ = false;
  oci::Guise guise_ = oci::Guise::kNone;
  std::string below_;           // what the names of repositories end in
  std::shared_ptr<void> kept_;  // of the check's own thread
};

/// How an edition writes artifacts down.
oci::Dialect dialect_of(spec::Edition edition);

}  // namespace referee::engine
