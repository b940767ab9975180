// The environment: what it says, and what of it child processes get.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace referee::cli {

using Variables = std::map<std::string, std::string>;

/// The value of an environment variable; nothing if it is unset or empty.
std::optional<std::string> environment(const std::string& name);

/// The names of the variables that begin so and have a value, sorted.
std::vector<std::string> variables_that_begin_with(std::string_view begin);

/// Whether Referee reads a secret from the variable of that name, or may: each REFEREE_ and OCI_ variable that is named
/// for a PASSWORD, TOKEN, SECRET or KEY, and those of --header, --user and the hooks, whose values may hold one.
bool is_secret_variable(std::string_view name);

/// The one policy for child processes, whatever they are: "NAME=value" for each variable of this process but the secret
/// ones, then those of `set`, which win. So a hook or a credential helper keeps PATH, HOME, DOCKER_CONFIG, XDG_*,
/// REFEREE_URL and what else it needs, and no child sees a password that it was not given on purpose.
std::vector<std::string> child_environment(const Variables& set = {});

}  // namespace referee::cli
