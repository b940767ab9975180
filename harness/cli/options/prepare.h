// From options to what a run needs, with every mistake found before the first exchange.
#pragma once

#include <atomic>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "harness/cli/options/options.h"
#include "harness/engine/runner.h"
#include "harness/http/auth/token.h"
#include "harness/http/wire/curl_transport.h"

namespace referee::cli {

/// What a run has to do, and with what.
struct RunPlan {
  engine::RunRequest request;
  http::CurlOptions network;
  http::Credentials credentials;
  http::Credentials signer;
  double rate = 0;
  bool built_in = false;
  std::filesystem::path report_dir;
  std::vector<Report> reports;
  std::vector<std::string> notes;  // what the user should know beforehand
};

/// The settings of a run with those options at that base URL, with a new run id; hooks end when `interrupted` is
/// raised. Throws WrongUsage.
engine::Settings settings_of(const SharedOptions& options, std::string base, const std::atomic<bool>& interrupted);

/// Throws WrongUsage where --repo or --existing-repo is not the name of a repository.
void check_repositories(const engine::Settings& settings);

/// `input` is where a password may come from; `interrupted` ends hooks and must outlive the run. Makes the report
/// folder. Throws WrongUsage.
RunPlan prepare(RunOptions options, std::istream& input, const std::atomic<bool>& interrupted);

}  // namespace referee::cli
