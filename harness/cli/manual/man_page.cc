#include "harness/cli/manual/man_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "harness/cli/manual/mdoc.h"

namespace referee::cli {
namespace {

constexpr auto kVariablesText =
    R"(Every option of a command is also the variable REFEREE_NAME: the option --run-timeout is REFEREE_RUN_TIMEOUT. The
command line wins over the environment, and that over the file of --config. An unknown variable that begins with REFEREE_
is refused.)";

constexpr std::pair<const char*, const char*> kExitMeanings[] = {
    {"0", "Conformant, or: done."},
    {"1", "A requirement is violated."},
    {"2", "Wrong usage or configuration."},
    {"3", "The target could not be judged."},
    {"130", "Interrupted."},
};

std::string in_capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string page_beginning(const std::string& name, const std::string& date, const std::string& help) {
  return fmt::format(".Dd {}\n.Dt {} 1\n.Os\n.Sh NAME\n.Nm {}\n.Nd {}\n", date, in_capitals(name), name, help);
}

std::string exit_codes() {
  std::string text = ".Bl -tag -width Ds\n";
  for (const auto& [code, meaning] : kExitMeanings) text += fmt::format(".It {}\n{}", code, mdoc_text(meaning));
  return text + ".El\n";
}

// "Fl u , Fl \-username Ar NAME"
std::string option_names(const DescribedOption& option) {
  std::string text;
  for (const auto& name : option.short_names) text += fmt::format("{}Fl {}", text.empty() ? "" : " , ", name);
  for (const auto& name : option.long_names) {
    text += fmt::format("{}Fl {}", text.empty() ? "" : " , ", mdoc_word("-" + name));
  }
  return text.empty() ? "Ar " + mdoc_word(option.value)
                      : text + (option.value.empty() ? "" : " Ar " + mdoc_word(option.value));
}

std::string option_item(const DescribedOption& option) {
  auto text = fmt::format(".It {}\n{}", option_names(option), mdoc_text(as_sentence(option.help)));
  if (!option.standard.empty()) text += mdoc_text("The default is " + option.standard + ".");
  return text;
}

std::string option_items(const std::vector<DescribedOption>& options, const std::string& heading) {
  std::string text;
  for (const auto& option : options) {
    if (option.heading == heading) text += option_item(option);
  }
  return text.empty() ? "" : ".Bl -tag -width Ds\n" + text + ".El\n";
}

// The options without a heading come first, as in the help.
std::string options_section(const DescribedCommand& command) {
  std::vector<std::string> headings = {""};
  for (const auto& option : command.options) {
    if (std::ranges::find(headings, option.heading) == headings.end()) headings.push_back(option.heading);
  }
  std::string text = ".Sh OPTIONS\n";
  for (const auto& heading : headings) {
    if (!heading.empty()) text += ".Ss " + heading + "\n";
    text += option_items(command.options, heading);
  }
  return text;
}

// "URL | --built-in" as macros, and whether any argument comes after the options.
std::string synopsis_of(const DescribedCommand& command) {
  std::string text = fmt::format(".Nm referee\n.Cm {}\n.Op Ar options\n", mdoc_word(command.name));
  std::istringstream words(command.synopsis);
  for (std::string word; words >> word;) {
    if (word == "|") {
      text += "|\n";
    } else if (word == "[--json]") {
      text += ".Op Fl \\-json\n";
    } else if (word.starts_with("--")) {
      text += ".Fl " + mdoc_word(word.substr(1)) + "\n";
    } else if (word.starts_with('[')) {
      text += ".Op Ar " + mdoc_word(word.substr(1, word.size() - 2)) + "\n";
    } else if (word.ends_with("...")) {
      text += ".Ar " + mdoc_word(word.substr(0, word.size() - 3)) + " ...\n";
    } else {
      text += ".Ar " + mdoc_word(word) + "\n";
    }
  }
  return text;
}

}  // namespace

std::string program_page(const std::vector<DescribedCommand>& commands, const std::string& date) {
  auto text = page_beginning("referee", date, "judge how a container registry treats referrers");
  text += ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar options\n.Nm\n.Fl \\-version\n.Op Fl \\-json\n";
  text += ".Sh DESCRIPTION\n.Nm\n";
  text += mdoc_text(
      "judges how a container registry treats referrers: manifests that name another manifest as their subject, as "
      "signatures, SBOMs and attestations do. It pushes content of its own to a registry, asks for it back, and says "
      "requirement by requirement whether the answers keep the specification. It connects to its target only.");
  text += ".Pp\nThe commands are:\n.Bl -tag -width Ds\n";
  for (const auto& command : commands) {
    text += fmt::format(".It Cm {}\n{}", mdoc_word(command.name), mdoc_text(as_sentence(command.help)));
    text += fmt::format("See\n.Xr referee-{} 1 .\n", command.name);
  }
  text += ".El\n.Sh ENVIRONMENT\n" + mdoc_text(kVariablesText);
  text += ".Sh EXIT STATUS\n" + exit_codes();
  text += ".Sh EXAMPLES\nJudge the built-in reference registry, then a registry by its URL:\n";
  text +=
      ".Bd -literal -offset indent\nreferee run \\-\\-built\\-in\nreferee run http://127.0.0.1:5000\n.Ed\n.Sh SEE "
      "ALSO\n";
  std::vector<std::string> names;
  for (const auto& command : commands) names.push_back(command.name);
  std::ranges::sort(names);
  for (const auto& name : names) text += fmt::format(".Xr referee-{} 1{}\n", name, name == names.back() ? "" : " ,");
  return text;
}

std::string command_page(const DescribedCommand& command, const std::string& date) {
  auto text = page_beginning("referee-" + command.name, date, command.help);
  text += ".Sh SYNOPSIS\n" + synopsis_of(command);
  text += ".Sh DESCRIPTION\n" + mdoc_text(command.description);
  if (!command.arguments.empty()) text += ".Pp\nThe arguments are:\n" + option_items(command.arguments, "");
  if (!command.closing.empty()) text += ".Pp\n" + mdoc_text(command.closing);
  text += options_section(command);
  // Some commands say their own at the end of their help.
  if (command.closing.find("xit code") == std::string::npos) text += ".Sh EXIT STATUS\n" + exit_codes();
  return text + ".Sh SEE ALSO\n.Xr referee 1\n";
}

}  // namespace referee::cli
