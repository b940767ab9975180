// `referee man` and `referee completion`: what the program says of itself to man(1) and to shells.
#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/commands/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/host/tool.h"
#include "harness/cli/manual/completion.h"
#include "harness/cli/manual/man_page.h"

namespace referee::cli {

int man_command(const ManOptions& options) {
  const auto commands = described_commands();
  if (options.command.empty()) {
    print(program_page(commands, tool_date()));
    return kDone;
  }
  const auto found = std::ranges::find(commands, options.command, &DescribedCommand::name);
  if (found == commands.end()) {
    std::vector<std::string> names;
    for (const auto& command : commands) names.push_back(command.name);
    throw WrongUsage(fmt::format("no manual page for '{}': there are {}", options.command, fmt::join(names, ", ")));
  }
  print(command_page(*found, tool_date()));
  return kDone;
}

int completion_command(const CompletionOptions& options) {
  const auto commands = described_commands();
  if (options.shell == "bash") {
    print(bash_completion(commands));
  } else if (options.shell == "zsh") {
    print(zsh_completion(commands));
  } else if (options.shell == "fish") {
    print(fish_completion(commands));
  } else {
    throw WrongUsage(fmt::format("no completions for '{}': there are bash, zsh and fish", options.shell));
  }
  return kDone;
}

}  // namespace referee::cli
