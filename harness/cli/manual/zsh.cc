// Completions for zsh, by its _arguments.
#include <fmt/format.h>

#include "harness/cli/manual/completion.h"

namespace referee::cli {
namespace {

// A text inside single quotes, where _arguments reads [ ] : and backslashes.
std::string zsh_quoted(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return result;
}

std::string zsh_action(const DescribedOption& option) {
  switch (offer_of(option)) {
    case Offer::kWords: {
      std::vector<std::string> words;
      for (const auto& word : option.offered) words.push_back(zsh_quoted(word));
      const bool beginnings = option.offered.front().ends_with('=');
      return beginnings ? fmt::format("_values -S \"\" {} {}", zsh_quoted(option.value), fmt::join(words, " "))
                        : fmt::format("({})", fmt::join(words, " "));
    }
    case Offer::kFiles:
      return "_files";
    case Offer::kFolders:
      return "_files -/";
    case Offer::kNothing:
      break;
  }
  return " ";
}

std::string zsh_value(const DescribedOption& option) {
  return option.value.empty() ? "" : fmt::format(":{}:{}", zsh_quoted(option.value), zsh_action(option));
}

// '(-u --username)'{-u,--username=}'[help]:NAME: '
std::string zsh_argument(const DescribedOption& option) {
  std::vector<std::string> names;
  std::vector<std::string> specs;
  for (const auto& name : option.short_names) {
    names.push_back("-" + name);
    specs.push_back("-" + name + (option.value.empty() ? "" : "+"));
  }
  for (const auto& name : option.long_names) {
    names.push_back("--" + name);
    specs.push_back("--" + name + (option.value.empty() ? "" : "="));
  }
  const auto first = option.repeatable ? "'*'" : fmt::format("'({})'", fmt::join(names, " "));
  const auto middle = specs.size() == 1 ? specs.front() : fmt::format("{{{}}}", fmt::join(specs, ","));
  return fmt::format("{}{}'[{}]{}'", first, middle, zsh_quoted(option.help), zsh_value(option));
}

std::string zsh_case(const DescribedCommand& command) {
  auto text = fmt::format("    {})\n      _arguments -s -S", command.name);
  for (const auto& option : command.options) text += " \\\n        " + zsh_argument(option);
  for (const auto& one : command.arguments) {
    text += fmt::format(" \\\n        '{}:{}:{}'", one.repeatable ? "*" : "", zsh_quoted(one.value), zsh_action(one));
  }
  return text + " ;;\n";
}

}  // namespace

std::string zsh_completion(const std::vector<DescribedCommand>& commands) {
  std::string names;
  std::string cases;
  for (const auto& command : commands) {
    names += fmt::format("    '{}:{}'\n", command.name, zsh_quoted(command.help));
    cases += zsh_case(command);
  }
  return "#compdef referee\n# Completions of referee for zsh; `referee completion zsh` prints them.\n_referee() {\n"
         "  local -a commands=(\n" +
         names + "    'help:show the help of a command'\n  )\n" +
         "  if (( CURRENT == 2 )); then\n    _describe -t commands command commands\n    return\n  fi\n"
         "  local command=${words[2]}\n  shift words\n  (( CURRENT-- ))\n  case $command in\n" +
         cases + "    help) (( CURRENT == 2 )) && _describe -t commands command commands ;;\n  esac\n}\n" +
         "if [ \"$funcstack[1]\" = _referee ]; then _referee \"$@\"; else compdef _referee referee; fi\n";
}

}  // namespace referee::cli
