// What the user asked for, as values: one struct for each command.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/cli/options/selection.h"
#include "harness/cli/options/shared_options.h"
#include "reports/writing/submission.h"

namespace referee::cli {

inline constexpr auto kReportDir = "referee-results";

/// A report asked for beyond those of the report folder.
struct Report {
  std::string format;
  std::string path;
};

/// `referee run`
struct RunOptions {
  std::string url;
  bool url_given = false;  // on the command line, if only as an empty text
  bool built_in = false;
  Narrowing narrowing;
  std::optional<std::uint64_t> walk_seed;
  std::optional<Milliseconds> walk_for;  // `referee walk`: one round of walks after the other, as long as that
  bool read_only = false;
  std::string subject;   // REPO@DIGEST
  std::string upstream;  // what the target is a pull-through cache of
  SharedOptions shared;

  bool keep = false;  // what the run pushes
  std::string report_dir = kReportDir;
  std::vector<Report> reports;
  std::string baseline;
  std::string update_baseline;
  bool allow_unexpected_pass = false;
  std::string sign_key;    // PEM
  std::string submission;  // a folder
  bool partial = false;    // it may be of a part of the suite
  reports::Product product;
};

/// `referee explore URL...`
struct ExploreOptions {
  std::vector<std::string> urls;      // or NAME=URL
  std::vector<std::string> filters;   // globs over probe ids
  std::vector<std::string> excludes;  // win over filters
  SharedOptions shared;
  bool contradictions = false;
  std::string report_dir = kReportDir;
  std::vector<Report> reports;
};

/// `referee compare FILE...`
struct CompareOptions {
  std::vector<std::string> files;  // or NAME=FILE
  std::string fail_on;             // "worse" or nothing
  std::vector<Report> reports;     // the change log
  bool quiet = false;
};

/// `referee site DIR RESULTS...`
struct SiteOptions {
  std::string directory;
  std::vector<std::string> files;  // or NAME=FILE, NAME@VERSION=FILE
  std::vector<std::string> known;  // baselines, named in the same way
  bool quiet = false;
};

/// `referee sweep URL`
struct SweepOptions {
  std::string url;
  std::string from = kReportDir;  // a report folder, or a record
  bool from_given = false;
  std::string run;  // an id; empty: all
  Milliseconds older_than{0};
  bool dry_run = false;
  bool yes = false;
  SharedOptions shared;
};

/// `referee list WHAT`
struct ListOptions {
  std::string what;       // may be empty with new_since
  std::string new_since;  // a version, or "unreleased"
  bool json = false;
};

/// `referee explain ID`
struct ExplainOptions {
  std::string id;
};

/// `referee export DIR`
struct ExportOptions {
  std::string directory;
  std::string seed = "1";
};

/// `referee serve`
struct ServeOptions {
  int port = 0;
  std::vector<std::string> specs;
  std::vector<std::string> defects;
  std::vector<std::string> moods;
  Milliseconds latency{0};
  int page_size = 0;  // 0: the registry's own
  std::string cascade;
  std::string auth;
  std::vector<std::string> users;  // NAME:PASSWORD:REPO-GLOB:ACTIONS
  std::string tls_cert;
  std::string tls_key;
  std::string base_path;
  std::string proxy_of;  // the URL of another registry
  std::optional<int> control;
};

/// `referee prove`
struct ProveOptions {
  std::vector<std::string> specs;    // editions and groups; none: all
  std::vector<std::string> filters;  // globs over ids of defects and of requirements
  bool every_edition = false;
  bool conditioned = false;  // the defects under their conditions
  int sample = 0;            // how many of those; 0: all
  int seed = 1;              // chooses them
  int at_least = 0;          // percent of them to be noticed
  int jobs = 2;
  std::string report_dir = kReportDir;
  bool quiet = false;
  bool no_progress = false;
};

/// `referee rejudge results.json`
struct RejudgeOptions {
  std::string results;
  std::string verify_key;  // PEM
};

/// `referee report results.json`
struct ReportOptions {
  std::string results;
  std::vector<Report> reports;
  Color color = Color::kAuto;
};

/// `referee man [COMMAND]`
struct ManOptions {
  std::string command;  // empty: the page of the program
};

/// `referee completion SHELL`
struct CompletionOptions {
  std::string shell;
};

/// `referee --version --json`
struct VersionOptions {};

/// A text that is printed as the whole answer: help or version.
struct Answer {
  std::string text;
};

using Command = std::variant<Answer, RunOptions, ExploreOptions, CompareOptions, SiteOptions, ListOptions,
                             ExplainOptions, ExportOptions, ServeOptions, ProveOptions, ReportOptions, RejudgeOptions,
                             SweepOptions, ManOptions, CompletionOptions, VersionOptions>;

/// What the arguments (without the program's name), the environment and the config file ask for, in this order of
/// precedence. Throws WrongUsage.
Command parse(const std::vector<std::string>& arguments);

}  // namespace referee::cli
