// One command's options: each at once an option, an environment variable and a key of the config file.
//
//   CommandApp app("run", "Judge a registry.");
//   app.duration("--timeout", options.timeout, "timeout for one request");
//   if (auto text = app.read(arguments)) return Answer{*text};
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/cli/options/described.h"

namespace referee::cli {

/// The command line wins over the environment, and that over the config file. An option's variable is REFEREE_ and its
/// first long name in capitals, its key that name in small letters; an empty variable counts as unset. Targets must
/// outlive the app; their values are the defaults.
class CommandApp {
 public:
  CommandApp(std::string command, const std::string& description);
  ~CommandApp();
  CommandApp(const CommandApp&) = delete;
  CommandApp& operator=(const CommandApp&) = delete;

  /// The heading in the help for the options that follow.
  void heading(const std::string& title);
  /// A paragraph at the end of the help.
  void closing(const std::string& text);

  void positional(const std::string& name, std::string& target, const std::string& help);
  /// Any number of them, in order.
  void positionals(const std::string& name, std::vector<std::string>& targets, const std::string& help);
  /// Names as "-u,--username"; `what` is the value's name in the help.
  void text(const std::string& names, std::string& target, const std::string& what, const std::string& help);
  /// One value per use. In the environment, values are separated by that character.
  void texts(const std::string& names, std::vector<std::string>& target, const std::string& what,
             const std::string& help, char separator = ',');
  void flag(const std::string& names, bool& target, const std::string& help);
  void number(const std::string& names, int& target, int least, int most, const std::string& help);
  void decimal(const std::string& names, double& target, const std::string& help);
  void large_number(const std::string& names, std::optional<std::uint64_t>& target, const std::string& help);
  void duration(const std::string& names, std::chrono::milliseconds& target, const std::string& help);
  void choice(const std::string& names, std::string& target, const std::vector<std::string>& words,
              const std::string& help);
  /// One of the words, which are in lower case and may be given in any case; each means a value.
  template <typename Value>
  void choice(const std::string& names, Value& target, const std::vector<std::pair<const char*, Value>>& meanings,
              const std::string& help) {
    std::vector<std::string> words;
    std::string chosen;
    for (const auto& [word, value] : meanings) {
      words.emplace_back(word);
      if (value == target) chosen = word;
    }
    add_choice(names, words, chosen, help, [&target, meanings](const std::string& given) {
      for (const auto& [word, value] : meanings) {
        if (word == given) target = value;
      }
    });
  }

  /// Values of that option or positional that a shell may offer while one types; it takes others too.
  void offers(const std::string& name, std::vector<std::string> values);

  /// The help or version text where it was asked for; otherwise nothing, and the targets are set.
  /// Throws WrongUsage.
  std::optional<std::string> read(const std::vector<std::string>& arguments);

  /// The environment variables of all options and positionals that any app of this process has had, sorted.
  static std::vector<std::string> variables_of_all();

  /// What the app of that command that was read last in this process is made of, without `synopsis` and `help`; empty
  /// if none was.
  static DescribedCommand description_of(const std::string& command);

  /// Whether the option or positional of that name was given in any way, if only as an empty text.
  bool given(const std::string& name) const;
  /// What was given, by option name without dashes.
  std::map<std::string, std::string> all_given() const;

 private:
  struct Inside;
  DescribedCommand description() const;
  void add_choice(const std::string& names, const std::vector<std::string>& words, const std::string& chosen,
                  const std::string& help, const std::function<void(const std::string&)>& choose);

  std::unique_ptr<Inside> inside_;
};

}  // namespace referee::cli
