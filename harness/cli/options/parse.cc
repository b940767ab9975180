// Which command is meant, and the answers that need none.
#include "harness/cli/options/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"
#include "harness/cli/host/tool.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/described.h"
#include "harness/cli/options/nearest.h"
#include "reports/writing/write_reports.h"

namespace referee::cli {
namespace {

struct Entry {
  std::string_view name;
  std::string_view arguments;
  std::string_view help;
  Command (*parse)(const Arguments&);
};

constexpr std::array kCommands = {
    Entry{"run", "URL | --built-in", "judge a registry, or the built-in reference registry on a free port", parse_run},
    Entry{"walk", "URL | --built-in", "walk at random for a long time, and stop at the first wrong answer", parse_walk},
    Entry{"explore", "URL...", "answer the open questions for one or several registries, as a matrix", parse_explore},
    Entry{"compare", "FILE...", "compare saved results: what differs, what got better or worse", parse_compare},
    Entry{"site", "DIR RESULTS...", "make a static site of saved results: who does what", parse_site},
    Entry{"list", "WHAT [--json]", "list requirements, checks, probes, defects, moods or specs", parse_list},
    Entry{"explain", "ID", "show details of a requirement, check, probe, defect or mood", parse_explain},
    Entry{"export", "DIR", "write the generated content as an OCI layout and an index of what each is for",
          parse_export},
    Entry{"serve", "", "run the built-in reference registry in the foreground", parse_serve},
    Entry{"rejudge", "RESULTS", "judge the evidence in saved results again, offline", parse_rejudge},
    Entry{"report", "RESULTS", "render saved results again, in any format", parse_report},
    Entry{"sweep", "URL", "delete what runs left that could not clean up", parse_sweep},
    Entry{"prove", "", "run the suite against every seeded defect: which check catches which", parse_prove},
    Entry{"man", "[COMMAND]", "print the manual page of a command, or of the program", parse_man},
    Entry{"completion", "SHELL", "print the completions for bash, zsh or fish", parse_completion},
};

std::string overview() {
  std::string text =
      "Referee judges how a container registry treats manifests that name another manifest as their subject.\n\n"
      "Usage: referee COMMAND [options]\n\nCommands:\n";
  for (const auto& entry : kCommands) {
    text += fmt::format("  {:<25} {}\n", fmt::format("{} {}", entry.name, entry.arguments), entry.help);
  }
  return text +
         "\n`referee COMMAND --help` lists a command's options; --version prints the version (as JSON\n"
         "with its libraries: --version --json).\n"
         "Exit codes: 0 conformant or done, 1 a requirement is violated, 2 wrong usage or configuration,\n"
         "3 the target could not be judged, 130 interrupted.\n";
}

[[noreturn]] void refuse_unknown(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& entry : kCommands) known.emplace_back(entry.name);
  if (name.starts_with("-")) {
    throw WrongUsage(fmt::format("the command comes first, before '{}': one of {}", name, fmt::join(known, ", ")));
  }
  const auto near = nearest(name, known, 1);
  throw WrongUsage(fmt::format("unknown command '{}': {}", name,
                               near.empty() ? fmt::format("it is one of {}", fmt::join(known, ", "))
                                            : fmt::format("did you mean {}?", near.front())));
}

// Variables that do not belong to an option: passwords and tokens, what a hook gets, and those of the project's own
// scripts.
constexpr std::array<std::string_view, 10> kFurtherVariables = {"REFEREE_PASSWORD",       "REFEREE_SIGNER_PASSWORD",
                                                                "REFEREE_IDENTITY_TOKEN", "REFEREE_REGISTRY_TOKEN",
                                                                "REFEREE_HOOK",           "REFEREE_CI",
                                                                "REFEREE_SKIP_SETUP",     "REFEREE_REGISTRIES_DIR",
                                                                "REFEREE_PROGRAM",        "REFEREE_WRITE_GOLDEN"};

// Reads each command once for its help, so that all apps have been made.
void read_all_commands() {
  for (const auto& entry : kCommands) {
    try {
      entry.parse({"--help"});
    } catch (const WrongUsage&) {  // NOLINT(bugprone-empty-catch): only its options are wanted here
    }
  }
}

// A misspelt variable would silently be without effect.
void refuse_unknown_variables() {
  const auto given = variables_that_begin_with("REFEREE_");
  std::vector<std::string> known(kFurtherVariables.begin(), kFurtherVariables.end());
  const auto is_known = [&known](const std::string& name) { return std::ranges::find(known, name) != known.end(); };
  if (std::ranges::all_of(given, is_known)) return;
  read_all_commands();
  std::ranges::copy(CommandApp::variables_of_all(), std::back_inserter(known));
  for (const auto& name : given) {
    if (is_known(name)) continue;
    const auto near = nearest(name, known, 1);
    throw WrongUsage(fmt::format("unknown environment variable {}: {}", name,
                                 near.empty() ? "options are REFEREE_<NAME>, see `referee run --help`"
                                              : fmt::format("did you mean {}?", near.front())));
  }
}

Command parse_version(const Arguments& arguments) {
  if (arguments.empty()) return Answer{version_line() + "\n"};
  if (arguments == Arguments{"--json"}) return VersionOptions();
  throw WrongUsage(fmt::format("--version takes --json and nothing else, not '{}'", arguments.back()));
}

}  // namespace

std::vector<DescribedCommand> described_commands() {
  read_all_commands();
  std::vector<DescribedCommand> all;
  for (const auto& entry : kCommands) {
    auto command = CommandApp::description_of(std::string(entry.name));
    command.synopsis = entry.arguments;
    command.help = entry.help;
    all.push_back(std::move(command));
  }
  return all;
}

Report report_of(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw WrongUsage(fmt::format("--report takes FORMAT=PATH, not '{}'", text));
  }
  try {
    return {std::string(reports::format_named(text.substr(0, equals)).name), text.substr(equals + 1)};
  } catch (const reports::UnknownFormat& unknown) {
    throw WrongUsage(unknown.what());
  }
}

Command parse(const std::vector<std::string>& arguments) {
  if (arguments.empty()) throw WrongUsage("no command: `referee run URL` judges a registry, see `referee --help`");
  const auto& name = arguments.front();
  if (name == "--help" || name == "-h") return Answer{overview()};
  if (name == "--version") return parse_version({arguments.begin() + 1, arguments.end()});
  if (name == "help") {
    if (arguments.size() == 1) return Answer{overview()};
    return parse({arguments[1], "--help"});
  }
  const auto entry = std::ranges::find(kCommands, name, &Entry::name);
  if (entry == kCommands.end()) refuse_unknown(name);
  refuse_unknown_variables();
  return entry->parse({arguments.begin() + 1, arguments.end()});
}

}  // namespace referee::cli
