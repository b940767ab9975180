// The words of the probes of deletion.
#pragma once

#include <optional>
#include <string>

#include "suites/probes/probing.h"

namespace referee::suites {

class DeletionProbe : public Probing {
 public:
  using Probing::Probing;

 protected:
  /// Deletes by digest and waits until it is gone; the refusal if there was one.
  std::optional<std::string> refusal_to_delete(const Pushed& pushed) const {
    const auto answer = remove(pushed);
    if (answer.status / 100 != 2) return in_words(answer);
    eventually([&] { return pull(pushed); }, HasStatus(404));
    return std::nullopt;
  }

  /// Longer than a registry takes that does it while it answers.
  static bool late(const Fate& fate) { return fate.gone_after >= std::chrono::seconds(1); }

  /// What an answer ends with that says that something is gone.
  static std::string when(const Fate& fate) { return fate.by_collector ? "-AFTER-GC" : late(fate) ? "-LATER" : ""; }

  static std::string in_one_word(const Fate& fate) {
    if (fate.pullable) return !fate.listed ? "KEEP" : *fate.listed ? "KEEP+LISTED" : "KEEP+HIDDEN";
    if (fate.listed.value_or(false)) return "DANGLING-ENTRY";
    return fate.by_collector ? "CASCADE-LATE(collector)" : late(fate) ? "CASCADE-LATE" : "CASCADE-NOW";
  }
};

}  // namespace referee::suites
