// The reference registry on a free port of 127.0.0.1, in this process, for `--built-in`.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/engine/runner.h"

namespace referee::cli {

/// What is judged on one registry after another: what is found out (auto, oci, oras) on one that serves the default
/// editions side by side, each edition asked for by name on one set only to it, since editions of one wire contradict
/// each other.
std::vector<engine::SpecChoice> built_in_plan(const engine::SpecChoice& choice);

/// Runs until it is destroyed. Clients should have closed their connections by then: idle ones hold it up for seconds.
class BuiltInRegistry {
 public:
  /// One part of a plan. Throws registry::ServerError.
  explicit BuiltInRegistry(const engine::SpecChoice& part);
  ~BuiltInRegistry();

  std::string url() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace referee::cli
