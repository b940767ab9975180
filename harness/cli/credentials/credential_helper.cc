#include "harness/cli/credentials/credential_helper.h"

#include <fmt/format.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "harness/cli/exit_code.h"
#include "harness/cli/host/child_process.h"

namespace referee::cli {
namespace {

// In this process's group: a helper may ask for a passphrase at the terminal.
ChildEnding converse(const std::string& program, const std::string& host, std::chrono::milliseconds limit) {
  try {
    return run_child({.name = program, .arguments = {"get"}, .input = host + "\n", .own_group = false},
                     {.time = limit});
  } catch (const CannotStart& failure) {
    throw WrongUsage(fmt::format("the credential helper {} cannot be started ({}): install it, or use --no-creds",
                                 program, std::strerror(failure.error())));
  }
}

}  // namespace

std::optional<HelperAnswer> ask_credential_helper(const std::string& name, const std::string& host,
                                                  std::chrono::milliseconds limit) {
  const std::string program = "docker-credential-" + name;
  if (name.empty() || name.find('/') != std::string::npos) {
    throw WrongUsage(fmt::format("'{}' cannot be the name of a credential helper", name));
  }
  const auto ending = converse(program, host, limit);
  if (ending.timed_out) {
    throw WrongUsage(fmt::format("the credential helper {} gave no answer within {} ms", program, limit.count()));
  }
  const bool succeeded = ending.status.succeeded() && !ending.cut;
  if (!succeeded && ending.output.find("credentials not found") != std::string::npos) return std::nullopt;
  if (!succeeded) throw WrongUsage(fmt::format("the credential helper {} failed for {}", program, host));
  const auto answer = nlohmann::json::parse(ending.output, nullptr, false);
  if (!answer.is_object() || !answer.value("Secret", nlohmann::json()).is_string()) {
    throw WrongUsage(fmt::format("the credential helper {} gave an answer without a Secret", program));
  }
  const auto username = answer.value("Username", nlohmann::json());
  return HelperAnswer{username.is_string() ? username.get<std::string>() : "", answer["Secret"].get<std::string>()};
}

}  // namespace referee::cli
