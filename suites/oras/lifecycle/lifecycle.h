// When a cascade is over, so that what it had to spare can be judged: ORAS artifacts-spec, artifact-manifest.md,
// "Lifecycle Management".
#pragma once

#include "suites/oras/paired_push.h"

namespace referee::suites {

class Cascading : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// The answer to GET of an untagged artifact whose subject was deleted, as soon as it is gone; where nothing follows
  /// its subject, after the whole cascade wait.
  Response pull_after_cascade(const Pushed& artifact) const {
    return after_cascade([&] { return pull(artifact); }, HasStatus(404));
  }

  /// A new tag, for what has to be there after a collection.
  engine::Placement tagged() const { return {.in = {}, .tag = session().fresh_nonce()}; }

  /// Whether the bystander is whole once the witness has gone with its subject.
  template <typename Ask>
  bool is_spared(const Pushed& witness, Ask is_whole) const {
    collect();
    pull_after_cascade(witness);
    return throughout(is_whole, Eq(true));
  }
};

}  // namespace referee::suites
