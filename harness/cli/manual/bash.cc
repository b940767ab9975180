// Completions for bash, with nothing but its builtins: the package bash-completion only loads them.
#include <fmt/format.h>

#include "harness/cli/manual/completion.h"

namespace referee::cli {
namespace {

// bash has divided the line at each `=` too. `before` is the word whose value `word` begins.
constexpr auto kBashBeginning = R"(# Completions of referee for bash; `referee completion bash` prints them.
_referee_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
  case ${COMPREPLY[0]-} in *=) compopt -o nospace ;; esac
}
_referee_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}
_referee() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options=''
  if [ "$word" = = ]; then
    word=''
  elif [ "$before" = = ] && [ "$COMP_CWORD" -gt 2 ]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
)";

std::string bash_words(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::string bash_pattern(const DescribedOption& option) {
  std::vector<std::string> names;
  for (const auto& name : option.short_names) names.push_back("-" + name);
  for (const auto& name : option.long_names) names.push_back("--" + name);
  return fmt::format("{}", fmt::join(names, "|"));
}

std::string bash_action(const DescribedOption& option) {
  switch (offer_of(option)) {
    case Offer::kWords:
      return fmt::format("_referee_words '{}' \"$word\"", bash_words(option.offered));
    case Offer::kFiles:
      return "_referee_files -f \"$word\"";
    case Offer::kFolders:
      return "_referee_files -d \"$word\"";
    case Offer::kNothing:
      break;
  }
  return ":";
}

std::string bash_case(const DescribedCommand& command) {
  std::vector<std::string> names;
  std::string values;
  for (const auto& option : command.options) {
    for (const auto& name : option.short_names) names.push_back("-" + name);
    for (const auto& name : option.long_names) names.push_back("--" + name);
    if (!option.value.empty())
      values += fmt::format("        {}) {}; return ;;\n", bash_pattern(option), bash_action(option));
  }
  auto text = fmt::format("    {})\n      options='{}'\n", command.name, bash_words(names));
  if (!values.empty()) text += fmt::format("      case $before in\n{}      esac\n", values);
  // Which of several arguments comes is not looked at: the last kind is offered, since files include folders.
  if (!command.arguments.empty()) {
    text += fmt::format("      case $word in -*) ;; *) {}; return ;; esac\n", bash_action(command.arguments.back()));
  }
  return text + "      ;;\n";
}

}  // namespace

std::string bash_completion(const std::vector<DescribedCommand>& commands) {
  std::vector<std::string> names;
  std::string cases;
  for (const auto& command : commands) {
    names.push_back(command.name);
    cases += bash_case(command);
  }
  return kBashBeginning +
         fmt::format("    _referee_words '{} help --help --version' \"$word\"\n    return\n  fi\n", bash_words(names)) +
         "  case ${COMP_WORDS[1]} in\n" + cases +
         fmt::format("    help) options='{}' ;;\n    --version) options=--json ;;\n  esac\n", bash_words(names)) +
         "  _referee_words \"$options\" \"$word\"\n}\ncomplete -F _referee referee\n";
}

}  // namespace referee::cli
