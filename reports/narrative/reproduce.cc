#include "reports/narrative/reproduce.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "reports/narrative/story.h"

namespace referee::reports {

bool wants_reproduction(const Results& check) {
  const auto outcome = text(check, "outcome");
  return outcome != "passed" && outcome != "skipped";
}

std::string shell_word(const std::string& text) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("@%+=:,./_-").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!text.empty() && std::ranges::all_of(text, plain)) return text;
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += c;
    }
  }
  return word + "'";
}

std::string reproduce_command(const Results& results, const Results& check) {
  const bool built_in = member(results, "options").contains("built-in");
  const auto target = built_in ? "--built-in" : shell_word(text(member(results, "target"), "url"));
  std::string command =
      fmt::format("referee run {} --spec {} --filter {} --seed {}", target, shell_word(text(check, "spec")),
                  shell_word(text(check, "id")), member(results, "seed").dump());
  // Those that change what a check does or says; where it goes is the reader's.
  for (const char* name : {"settle", "cascade-wait", "timeout", "repo"}) {
    if (const auto value = text(member(results, "options"), name); !value.empty()) {
      command += fmt::format(" --{} {}", name, shell_word(value));
    }
  }
  if (member(results, "options").contains("read-only")) {
    command += fmt::format(" --read-only --subject {}", shell_word(text(member(results, "options"), "subject")));
  }
  return command;
}

}  // namespace referee::reports
