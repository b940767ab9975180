// From the options of `referee explore` to what has to be done, with every mistake found before the first exchange.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/cli/options/options.h"
#include "harness/engine/probe_runner.h"
#include "harness/http/auth/token.h"
#include "harness/http/wire/curl_transport.h"

namespace referee::cli {

struct ExplorePlan {
  std::vector<engine::ExploreRequest> requests;  // one for each registry, in the order given
  http::CurlOptions network;
  std::vector<http::Credentials> owners;  // of each
  http::Credentials signer;
  std::filesystem::path report_dir;

  /// What it is called: its name, else its URL.
  const std::string& title(std::size_t registry) const;
};

/// `interrupted` ends hooks and must outlive the exploration. Makes the report folder. Throws WrongUsage.
ExplorePlan explore_plan(const ExploreOptions& options, const std::atomic<bool>& interrupted);

}  // namespace referee::cli
