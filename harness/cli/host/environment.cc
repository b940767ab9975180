#include "harness/cli/host/environment.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace referee::cli {
namespace {

constexpr std::array<std::string_view, 4> kSecretWords = {"PASSWORD", "TOKEN", "SECRET", "KEY"};
// A header may be an Authorization, a user of `serve` has a password, a hook's command may name one.
constexpr std::array<std::string_view, 4> kMayHoldSecrets = {"REFEREE_HEADER", "REFEREE_USER", "REFEREE_GC_HOOK",
                                                             "REFEREE_RESTART_HOOK"};

}  // namespace

std::optional<std::string> environment(const std::string& name) {
  const char* value = name.empty() ? nullptr : std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

std::vector<std::string> variables_that_begin_with(std::string_view begin) {
  std::vector<std::string> names;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (text.starts_with(begin) && equals + 1 < text.size()) names.emplace_back(text.substr(0, equals));
  }
  std::ranges::sort(names);
  return names;
}

bool is_secret_variable(std::string_view name) {
  if (!name.starts_with("REFEREE_") && !name.starts_with("OCI_")) return false;
  return std::ranges::find(kMayHoldSecrets, name) != kMayHoldSecrets.end() ||
         std::ranges::any_of(kSecretWords,
                             [name](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

std::vector<std::string> child_environment(const Variables& set) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto name = text.substr(0, text.find('='));
    if (!is_secret_variable(name) && !set.contains(std::string(name))) all.emplace_back(text);
  }
  for (const auto& [name, value] : set) all.push_back(name + "=" + value);
  return all;
}

}  // namespace referee::cli
