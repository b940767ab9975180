#include "harness/cli/options/command_app.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <set>

#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"
#include "harness/cli/host/plain_file.h"
#include "harness/cli/host/tool.h"
#include "harness/cli/options/duration.h"
#include "harness/cli/options/nearest.h"
#include "harness/http/syntax/lexer.h"

namespace referee::cli {
namespace {

// Positionals have names in capitals.
std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

// "-u,--username" -> "username": the first long name.
std::string long_name(const std::string& names) {
  const auto start = names.find("--");
  if (start == std::string::npos) return names;
  return names.substr(start + 2, names.find(',', start) - start - 2);
}

std::string variable_of(const std::string& name) {
  std::string variable = "REFEREE_";
  for (const char c : name) variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return variable;
}

// The library's formatter repeats the variable with every option; the help states the rule once, at its end.
class PlainFormatter : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0) return {};
    std::string text;
    if (!option->get_type_name().empty()) text += " " + option->get_type_name();
    if (!option->get_default_str().empty()) text += fmt::format(" ({})", option->get_default_str());
    return text;
  }
};

// Keys without a section belong to whatever command reads them, those in a section to the command of that name.
class CommandConfig : public CLI::ConfigTOML {
 public:
  CommandConfig(const CLI::App& app, std::string command) : app_(app), command_(std::move(command)) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    std::vector<CLI::ConfigItem> taken;
    for (auto& item : CLI::ConfigTOML::from_config(input)) {
      if (item.name == "++" || item.name == "--") continue;
      if (!item.parents.empty() && item.parents != std::vector<std::string>{command_}) continue;
      const std::string key = item.name;
      const auto* option = app_.get_option_no_throw("--" + key);
      if (option == nullptr) option = app_.get_option_no_throw(item.name = upper_case(key));
      if (option == nullptr) {
        throw WrongUsage(
            fmt::format("the config file has the key '{}', which `referee {}` does not know", key, command_));
      }
      if (environment(option->get_envname())) continue;
      item.parents.clear();
      taken.push_back(std::move(item));
    }
    return taken;
  }

 private:
  const CLI::App& app_;
  std::string command_;
};

std::set<std::string>& variables() {
  static std::set<std::string> names = {"REFEREE_CONFIG"};
  return names;
}

std::map<std::string, DescribedCommand>& descriptions() {
  static std::map<std::string, DescribedCommand> by_command;
  return by_command;
}

DescribedOption described(const CLI::Option& option, const std::vector<std::string>& offered) {
  const bool is_flag = option.get_type_size() == 0 || option.get_name() == "--help" || option.get_name() == "--version";
  DescribedOption result{.short_names = option.get_snames(),
                         .long_names = option.get_lnames(),
                         .value = is_flag ? "" : option.get_type_name(),
                         .standard = option.get_default_str(),
                         .help = option.get_description(),
                         .offered = offered,
                         .repeatable = option.get_expected_max() > 1};
  if (option.get_group() != "Options") result.heading = option.get_group();
  if (option.get_positional()) result.value = option.get_name(true);
  return result;
}

std::string on_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace

struct CommandApp::Inside {
  Inside(std::string name, const std::string& description) : command(std::move(name)), app(description) {
    app.name("referee " + command);
    app.formatter(std::make_shared<PlainFormatter>());
    app.get_formatter()->column_width(34);
    app.get_formatter()->label("OPTIONS", "options");
    app.set_help_flag("-h,--help", "print this help");
    app.set_version_flag("--version", version_line(), "print the version");
    app.set_config("--config", "", "read options from a TOML file, key = value");
    app.get_config_ptr()->type_name("FILE")->check(
        [](const std::string& path) { return is_plain_file(path) ? "" : path + " is not a file that can be read"; });
    app.config_formatter(std::make_shared<CommandConfig>(app, command));
  }

  static std::string known_variable(const std::string& name) { return *variables().insert(variable_of(name)).first; }

  CLI::Option* dress(CLI::Option* option, const std::string& names, const std::string& what) {
    option->envname(known_variable(long_name(names)));
    option->type_name(what);
    if (!group.empty()) option->group(group);
    return option;
  }

  // A library that calls `--name=` valueless takes the next argument, which may be the URL, for the value.
  void refuse_empty_values(const std::vector<std::string>& arguments) const {
    for (const auto& argument : arguments) {
      if (argument == "--") return;
      if (!argument.starts_with("--") || argument.find('=') != argument.size() - 1) continue;
      const auto name = argument.substr(0, argument.size() - 1);
      if (app.get_option_no_throw(name) == nullptr) continue;
      throw WrongUsage(fmt::format("{} has an empty value: is a variable unset?", name));
    }
  }

  [[noreturn]] void refuse_extras() const {
    const auto extras = app.remaining();
    const std::string extra = extras.empty() ? "" : extras.front();
    if (extra.size() < 2 || extra.front() != '-') {
      throw WrongUsage(fmt::format("unexpected argument '{}': see `referee {} --help`", extra, command));
    }
    // Its value may be a secret.
    const auto name = extra.substr(0, extra.find('='));
    std::vector<std::string> known;
    for (const auto* option : app.get_options()) {
      for (const auto& one : option->get_lnames()) known.push_back("--" + one);
    }
    const auto near = name.starts_with("--") ? nearest(name, known, 1) : std::vector<std::string>();
    throw WrongUsage(fmt::format("unknown option '{}': {}see `referee {} --help`", name,
                                 near.empty() ? "" : fmt::format("did you mean {}? Or ", near.front()), command));
  }

  std::string command;
  CLI::App app;
  std::string group;
  std::map<std::string, std::vector<std::string>> offered;  // by an option's first long name
};

CommandApp::CommandApp(std::string command, const std::string& description)
    : inside_(std::make_unique<Inside>(std::move(command), description)) {}

CommandApp::~CommandApp() = default;

void CommandApp::heading(const std::string& title) { inside_->group = title; }

void CommandApp::closing(const std::string& text) { inside_->app.footer(text); }

void CommandApp::positional(const std::string& name, std::string& target, const std::string& help) {
  inside_->app.add_option(name, target, help)->type_name("")->envname(Inside::known_variable(name));
}

void CommandApp::positionals(const std::string& name, std::vector<std::string>& targets, const std::string& help) {
  inside_->app.add_option(name, targets, help)->type_name("")->envname(Inside::known_variable(name))->delimiter(',');
}

void CommandApp::text(const std::string& names, std::string& target, const std::string& what, const std::string& help) {
  auto* option = inside_->dress(inside_->app.add_option(names, target, help), names, what);
  if (!target.empty()) option->default_str(target);
}

void CommandApp::texts(const std::string& names, std::vector<std::string>& target, const std::string& what,
                       const std::string& help, char separator) {
  inside_->dress(inside_->app.add_option(names, target, help + "; repeatable"), names, what)
      ->allow_extra_args(false)
      ->delimiter(separator);
}

void CommandApp::flag(const std::string& names, bool& target, const std::string& help) {
  inside_->dress(inside_->app.add_flag(names, target, help), names, "");
}

void CommandApp::number(const std::string& names, int& target, int least, int most, const std::string& help) {
  auto* option = inside_->app.add_option(names, target, help)->check(CLI::Range(least, most).description(""));
  inside_->dress(option, names, "N")->default_str(std::to_string(target));
}

void CommandApp::decimal(const std::string& names, double& target, const std::string& help) {
  inside_->dress(
      inside_->app.add_option(names, target, help)->check(CLI::Validator(CLI::NonNegativeNumber).description("")),
      names, "N");
}

void CommandApp::large_number(const std::string& names, std::optional<std::uint64_t>& target, const std::string& help) {
  // Not read by CLI11: it takes -3 for a very large number.
  const auto set = [&target, names](const std::string& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
      throw CLI::ValidationError("--" + long_name(names),
                                 fmt::format("invalid number '{}' (use a whole number from 0)", text));
    }
    target = value;
  };
  inside_->dress(inside_->app.add_option_function<std::string>(names, set, help), names, "N");
}

void CommandApp::duration(const std::string& names, std::chrono::milliseconds& target, const std::string& help) {
  const auto set = [&target, names](const std::string& text) {
    const auto span = parse_duration(text);
    if (!span) {
      throw CLI::ValidationError("--" + long_name(names),
                                 fmt::format("invalid duration '{}' (use 30s, 500ms, 2m)", text));
    }
    target = *span;
  };
  auto* option = inside_->dress(inside_->app.add_option_function<std::string>(names, set, help), names, "TIME");
  if (target.count() > 0) option->default_str(show_duration(target));
}

void CommandApp::choice(const std::string& names, std::string& target, const std::vector<std::string>& words,
                        const std::string& help) {
  add_choice(names, words, target, help, [&target](const std::string& given) { target = given; });
}

void CommandApp::add_choice(const std::string& names, const std::vector<std::string>& words, const std::string& chosen,
                            const std::string& help, const std::function<void(const std::string&)>& choose) {
  const auto in_lower_case = [choose](const std::string& text) { choose(http::in_lower_case(text)); };
  auto* option = inside_->app.add_option_function<std::string>(names, in_lower_case, help);
  option->check([words](const std::string& text) -> std::string {
    if (std::ranges::find(words, http::in_lower_case(text)) != words.end()) return {};
    return fmt::format("invalid value '{}'; choose {}", text, fmt::join(words, ", "));
  });
  inside_->dress(option, names, fmt::format("{}", fmt::join(words, "|")));
  offers(names, words);
  if (!chosen.empty()) option->default_str(chosen);
}

void CommandApp::offers(const std::string& name, std::vector<std::string> values) {
  inside_->offered[long_name(name)] = std::move(values);
}

DescribedCommand CommandApp::description() const {
  DescribedCommand result{
      .name = inside_->command, .description = inside_->app.get_description(), .closing = inside_->app.get_footer()};
  for (const auto* option : inside_->app.get_options()) {
    const auto found = inside_->offered.find(long_name(option->get_name(false, true)));
    const auto offered = found == inside_->offered.end() ? std::vector<std::string>() : found->second;
    (option->get_positional() ? result.arguments : result.options).push_back(described(*option, offered));
  }
  return result;
}

DescribedCommand CommandApp::description_of(const std::string& command) {
  const auto found = descriptions().find(command);
  return found == descriptions().end() ? DescribedCommand() : found->second;
}

std::optional<std::string> CommandApp::read(const std::vector<std::string>& arguments) {
  descriptions()[inside_->command] = description();
  inside_->refuse_empty_values(arguments);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  const bool names_config =
      std::ranges::any_of(arguments, [](const std::string& a) { return a.starts_with("--config"); });
  if (const auto file = environment("REFEREE_CONFIG"); file && !names_config) {
    reversed.push_back(*file);
    reversed.push_back("--config");
  }
  try {
    inside_->app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return inside_->app.help();
  } catch (const CLI::CallForVersion&) {
    return version_line() + "\n";
  } catch (const CLI::ExtrasError&) {
    inside_->refuse_extras();
  } catch (const CLI::Error& error) {
    throw WrongUsage(on_one_line(error.what()));
  }
  return std::nullopt;
}

std::vector<std::string> CommandApp::variables_of_all() { return {variables().begin(), variables().end()}; }

bool CommandApp::given(const std::string& name) const {
  const auto* option = inside_->app.get_option_no_throw(name);
  return option != nullptr && option->count() > 0;
}

std::map<std::string, std::string> CommandApp::all_given() const {
  std::map<std::string, std::string> all;
  for (const auto* option : inside_->app.get_options()) {
    if (option->count() == 0) continue;
    all[long_name(option->get_name(false, true))] = fmt::format("{}", fmt::join(option->results(), ", "));
  }
  return all;
}

}  // namespace referee::cli
