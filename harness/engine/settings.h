// What the operator decides about a run, and the names that the run gives to its repositories.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/http/client/client.h"
#include "harness/spec/edition.h"

namespace referee::engine {

/// Another user than that of the run, as the target knows them.
struct Identity {
  std::string name;                        // "anonymous", "pull-only", ...: for messages
  http::Authorizer* authorizer = nullptr;  // null: no credentials at all; outlives the run
};

/// What an operator's command said.
struct HookReport {
  int status = 0;      // its exit status
  std::string output;  // what it wrote
};
/// Of an output as much as a reader needs: its beginning and, above all, its end.
std::string shortened_output(const std::string& output);
/// A command of the operator, which receives what it is called for. May be empty.
using Hook = std::function<HookReport(const std::string& when)>;

/// Content that is there already, whose lists are judged without writing anything.
struct ExistingSubject {
  std::string repository;
  std::string digest;
};

/// A category of distribution-spec, "Workflow Categories", as an operator claims it.
inline constexpr const char* kContentDiscovery = "Content Discovery";

/// Random walks, in addition to the checks.
struct Walks {
  int rounds = 1;          // walks of each theme; 0: none
  int steps = 0;           // of each; 0: as many as the theme has by itself
  std::uint64_t seed = 0;  // 0: the ways that every run walks, so that its outcomes are those of the run before
};

struct Settings {
  http::ClientOptions client;
  std::uint64_t seed = 1;
  std::string run_id;                       // fresh in every run; part of every repository's name
  std::string login;                        // who the judge is, for messages: "alice"; empty: no credentials
  std::string prefix = "referee";           // --repo
  std::vector<std::string> existing_repos;  // --existing-repo: used instead of names of our own
  std::chrono::milliseconds settle{30'000};
  std::chrono::milliseconds cascade_wait{60'000};
  std::chrono::milliseconds run_timeout{0};  // 0: none
  int jobs = 4;
  bool long_running = false;
  Walks walks;
  bool repeats = false;  // checks that pass are repeated in other surroundings, see elsewhere.h
  bool strict_should = false;
  std::vector<spec::Edition> named_editions;  // asked for by name: judged even where the target does not offer them
  std::vector<Identity> identities;           // in addition to that of the run
  std::optional<ExistingSubject> existing_subject;  // nothing is written, and only its lists are judged
  std::string upstream;      // base URL of the registry that the target is said to cache; empty: it is not a cache
  std::string proxied_host;  // and its host, as clients write it in `ns`
  std::vector<std::string> claimed_categories;  // such as kContentDiscovery: what the registry says of itself elsewhere
  Hook collect;                                 // --gc-hook: makes the target collect its garbage
  Hook restart;  // --restart-hook: called with "before" and "after", switches the referrers API off and on
  std::map<std::string, std::string> shown_options;  // for the report, redacted
};

/// A fresh run id: ten lower-case letters and digits from the operating system's randomness.
std::string fresh_run_id();

}  // namespace referee::engine
