// What the operator decides about a run, and the names that the run gives to its repositories.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/http/client.h"
#include "harness/spec/edition.h"

namespace referee::engine {

/// Somebody else than the user of the run, as the target knows him.
struct Identity {
  std::string name;                       // "anonymous", "pull-only", ...: for messages
  http::Authorizer* authorizer = nullptr;  // null: no credentials at all; outlives the run
};

struct Settings {
  http::ClientOptions client;
  std::uint64_t seed = 1;
  std::string run_id;                       // fresh in every run; part of every repository's name
  std::string prefix = "referee";           // --repo
  std::vector<std::string> existing_repos;  // --existing-repo: used instead of names of our own
  std::chrono::milliseconds settle{30'000};
  std::chrono::milliseconds cascade_wait{60'000};
  std::chrono::milliseconds run_timeout{0};  // 0: none
  int jobs = 4;
  bool long_running = false;
  bool strict_should = false;
  std::vector<spec::Edition> named_editions;  // asked for by name: judged even where the target does not offer them
  std::vector<Identity> identities;  // beside that of the run
  std::string proxied_host;  // the upstream that the target is said to be a proxy of; empty: it is none
  std::string gc_hook;
  std::string restart_hook;
  std::map<std::string, std::string> shown_options;  // for the report, redacted
};

/// A fresh run id: ten lower-case letters and digits from the operating system's randomness.
std::string fresh_run_id();

}  // namespace referee::engine
