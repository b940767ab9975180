// Completions for fish.
#include <fmt/format.h>

#include "harness/cli/manual/completion.h"

namespace referee::cli {
namespace {

constexpr auto kFishBeginning = R"(# Completions of referee for fish; `referee completion fish` prints them.
function __referee_command
    set -l words (commandline -opc)
    test "$words[2]" = "$argv[1]"
end
function __referee_has_no_command
    test (count (commandline -opc)) -eq 1
end
complete -c referee -f
)";

std::string fish_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return result + "'";
}

std::string fish_offered(const DescribedOption& option) {
  switch (offer_of(option)) {
    case Offer::kWords:
      return " -a " + fish_quoted(fmt::format("{}", fmt::join(option.offered, " ")));
    case Offer::kFiles:
      return " -F";
    case Offer::kFolders:
      return " -a '(__fish_complete_directories)'";
    case Offer::kNothing:
      break;
  }
  return "";
}

std::string fish_lines(const DescribedCommand& command) {
  const auto begin = fmt::format("complete -c referee -n '__referee_command {}'", command.name);
  std::string text;
  for (const auto& option : command.options) {
    text += begin;
    for (const auto& name : option.short_names) text += " -s " + name;
    for (const auto& name : option.long_names) text += " -l " + name;
    if (!option.value.empty()) text += " -r" + fish_offered(option);
    text += " -d " + fish_quoted(option.help) + "\n";
  }
  for (const auto& one : command.arguments) {
    if (offer_of(one) != Offer::kNothing) text += begin + fish_offered(one) + "\n";
  }
  return text;
}

}  // namespace

std::string fish_completion(const std::vector<DescribedCommand>& commands) {
  std::string text = kFishBeginning;
  for (const auto& command : commands) {
    text += fmt::format("complete -c referee -n __referee_has_no_command -a {} -d {}\n", command.name,
                        fish_quoted(command.help));
  }
  for (const auto& command : commands) text += fish_lines(command);
  return text;
}

}  // namespace referee::cli
