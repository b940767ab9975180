// What the target offers, found out once before the checks and asked by them as gates.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/engine/gate.h"
#include "harness/engine/result.h"
#include "harness/engine/session.h"
#include "harness/engine/waiting/lateness.h"
#include "harness/engine/waiting/waiting.h"
#include "harness/spec/edition.h"

namespace referee::engine {

/// Nothing can be judged here: the target does not answer as a registry, or takes no content. The text names the cause.
class NotJudgeable : public std::runtime_error {
 public:
  explicit NotJudgeable(const std::string& cause, std::string remedy = "")
      : std::runtime_error(cause), remedy_(std::move(remedy)) {}
  /// What the operator can do; empty where nothing better than general advice is known, or the last answer says it.
  const std::string& remedy() const { return remedy_; }

 private:
  std::string remedy_;
};

/// The list paths on which referrers are served.
enum class ListWire { kOci, kOras2021, kOrasExtension };
ListWire wire_of(spec::Edition edition);

class Capabilities {
 public:
  /// Whether the gate is met for that edition. kFilter is met wherever the list is: checks look at the answer.
  /// kFourMegabytes is measured by gate_state().
  GateState of(Gate gate, spec::Edition edition) const;

  /// The newest ORAS edition whose list path answers.
  std::optional<spec::Edition> newest_oras_edition() const;

  /// Whether the referrers API of the edition's family is there, whoever asked for the edition.
  bool offers(spec::Edition edition) const;

  CapabilityCard card() const;

  /// Whether images with the empty config are taken. Where they are not, a row of image-spec says so; the content of
  /// all other checks has an ordinary config then.
  bool takes_empty_configs() const { return takes_empty_configs_; }

  /// Statuses in place of 404 for manifests that are not there, though the user pulls from the repository, by the
  /// kind of reference; oci.manifest.get-404-in-repo judges that. Nothing where it is 404.
  struct Hidden {
    std::optional<int> digests;
    std::optional<int> tags;
  };
  const Hidden& hidden() const { return hidden_; }

  /// A chain of pages without an end was met: the next one need not be followed as far. Safe from several threads.
  void met_endless_chain() const { *endless_ = true; }
  bool knows_endless_chain() const { return *endless_; }

  /// Whether no walk has begun yet to shorten what breaks that requirement. Safe from several threads.
  bool is_first_to_shorten(const std::string& requirement) const {
    const std::lock_guard lock(*measuring_);
    return shortened_->insert(requirement).second;
  }

  /// A walk waited the whole settle time for an answer that keeps that requirement, and none came: others need not wait
  /// as long. Safe from several threads.
  void waited_in_vain(const std::string& requirement) const {
    const std::lock_guard lock(*measuring_);
    in_vain_->insert(requirement);
  }
  bool is_waited_for_in_vain(const std::string& requirement) const {
    const std::lock_guard lock(*measuring_);
    return in_vain_->contains(requirement);
  }

  /// The query for which lists of that path come in pages, as the first check that looked for it found out; nothing
  /// before that. Safe from several threads.
  std::optional<std::string> page_query(ListWire wire) const {
    const std::lock_guard lock(*measuring_);
    const auto found = page_queries_->find(wire);
    return found == page_queries_->end() ? std::nullopt : std::optional(found->second);
  }
  void found_page_query(ListWire wire, const std::string& query) const {
    const std::lock_guard lock(*measuring_);
    page_queries_->insert_or_assign(wire, query);
  }

  /// Whether lists of that path name what refers to a subject under its SHA-512, as the first check that looked for it
  /// found out; nothing before that. Safe from several threads.
  std::optional<bool> lists_under_sha512(ListWire wire) const {
    const std::lock_guard lock(*measuring_);
    const auto found = under_sha512_->find(wire);
    return found == under_sha512_->end() ? std::nullopt : std::optional(found->second);
  }
  void found_under_sha512(ListWire wire, bool listed) const {
    const std::lock_guard lock(*measuring_);
    under_sha512_->insert_or_assign(wire, listed);
  }

  /// How late reads are behind writes; grows while the run goes on. Safe from several threads.
  Lateness& lateness() const { return *lateness_; }

  /// What waiting was good for so far. Safe from several threads.
  Waiting& waiting() const { return *waiting_; }

 private:
  friend class Detection;
  friend GateState gate_state(Session& session, Gate gate);
  GateState oras_gate(spec::Edition edition) const;

  std::map<ListWire, GateState> lists_;
  GateState oras_manifests_;
  std::map<Gate, GateState> gates_;
  std::vector<spec::Edition> named_;
  CapabilityCard card_;
  bool takes_empty_configs_ = true;
  Hidden hidden_;
  std::shared_ptr<std::mutex> measuring_ = std::make_shared<std::mutex>();
  std::shared_ptr<std::set<std::string>> shortened_ = std::make_shared<std::set<std::string>>();  // ... by *measuring_
  std::shared_ptr<std::set<std::string>> in_vain_ = std::make_shared<std::set<std::string>>();    // ... by *measuring_
  std::shared_ptr<std::map<ListWire, std::string>> page_queries_ =  // guarded by *measuring_
      std::make_shared<std::map<ListWire, std::string>>();
  std::shared_ptr<std::map<ListWire, bool>> under_sha512_ =  // guarded by *measuring_
      std::make_shared<std::map<ListWire, bool>>();
  std::shared_ptr<std::atomic<bool>> endless_ = std::make_shared<std::atomic<bool>>(false);
  std::shared_ptr<Lateness> lateness_ = std::make_shared<Lateness>();
  std::shared_ptr<Waiting> waiting_ = std::make_shared<Waiting>();
  std::optional<GateState> four_megabytes_;  // guarded by *measuring_
};

/// Whether the gate is met for the session's edition. What is dear to find out is measured in the session's repository
/// when it is first asked, once in a run. Safe to call from several threads.
GateState gate_state(Session& session, Gate gate);

/// Throws NotApplicable if the gate is not met; NotConfigured where that is for want of an option.
void require(Session& session, Gate gate);

/// Asks the target what it offers, by pushing, listing and deleting a few things in repositories of the run's own.
/// Throws NotJudgeable, or TransportFault with kind kInterrupted. `session` is cleaned up by the caller.
Capabilities detect(Session& session);

}  // namespace referee::engine
