// What the commands and their options are, as data: for manual pages and for the completions of shells.
#pragma once

#include <string>
#include <vector>

namespace referee::cli {

/// An option, or an argument without a name.
struct DescribedOption {
  std::vector<std::string> short_names;  // "u"
  std::vector<std::string> long_names;   // "username"; none: an argument without a name
  std::string heading;                   // of its group in the help; empty: none
  std::string value;                     // what it takes, as the help names it: "FILE"; empty: it is a flag
  std::string standard;                  // the value by default; empty where the help says it or there is none
  std::string help;
  std::vector<std::string> offered;  // values that a shell may offer; "json=" is the beginning of one
  bool repeatable = false;
};

struct DescribedCommand {
  std::string name;      // "run"
  std::string synopsis;  // its arguments, as the overview shows them: "URL | --built-in"
  std::string help;      // one line
  std::string description;
  std::vector<DescribedOption> arguments;  // those without a name
  std::vector<DescribedOption> options;    // in the order of the help
  std::string closing;                     // the end of the help
};

/// All commands, in the order of the overview. The environment and the config file have no effect on it.
std::vector<DescribedCommand> described_commands();

}  // namespace referee::cli
