#include "reports/narrative/reproduce.h"

#include <fmt/format.h>

#include <algorithm>

namespace referee::reports {

bool wants_reproduction(const SavedCheck& check) {
  return check.outcome != Outcome::kPassed && check.outcome != Outcome::kSkipped;
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

std::string reproduce_command(const SavedRun& run, const SavedCheck& check) {
  const auto target = run.options.contains("built-in") ? "--built-in" : shell_word(run.target_url);
  std::string command = fmt::format("referee run {} --spec {}", target, spec::name(check.edition));
  // Rules on what all checks exchange have nothing to look at where no check runs.
  const bool about_all = check.id.starts_with("Exchanges.") || check.id.starts_with("OrasExchanges.");
  if (!about_all) command += fmt::format(" --filter {}", shell_word(check.id));
  command += fmt::format(" --seed {}", run.seed);
  const auto given = [&](const char* option) {
    const auto found = run.options.find(option);
    return found == run.options.end() ? "" : found->second;
  };
  // Those that change what a check does or says; where it goes is the reader's.
  for (const char* option : {"settle", "cascade-wait", "timeout", "repo", "walks", "walk-seed", "steps"}) {
    if (const auto value = given(option); !value.empty()) {
      command += fmt::format(" --{} {}", option, shell_word(value));
    }
  }
  // Results do not hold the command itself, which may contain a secret.
  if (check.facts.contains("--gc-hook")) {
    command += " --gc-hook \"${REFEREE_GC_HOOK:?name the command of --gc-hook in it}\"";
  }
  if (run.options.contains("read-only")) {
    command += fmt::format(" --read-only --subject {}", shell_word(given("subject")));
  }
  return command;
}

}  // namespace referee::reports
