#include "harness/cli/options/check_connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

void check_file(const char* option, const std::string& path) {
  if (path.empty()) return;
  // A pipe is refused rather than opened: opening it waits for a writer.
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (failure || !std::filesystem::exists(status)) {
    throw WrongUsage(fmt::format("{}: cannot find {}", option, path));
  }
  if (!std::filesystem::is_regular_file(status)) throw WrongUsage(fmt::format("{}: {} is not a file", option, path));
  if (!std::ifstream(path)) throw WrongUsage(fmt::format("{}: cannot read {}: {}", option, path, std::strerror(errno)));
}

// HOST:PORT:ADDRESS[,ADDRESS...], where an address of version 6 may be in brackets.
bool is_resolution(const std::string& text) {
  const auto first = text.find(':');
  const auto second = first == std::string::npos ? first : text.find(':', first + 1);
  if (first == 0 || second == std::string::npos || second + 1 == text.size()) return false;
  const auto port = text.substr(first + 1, second - first - 1);
  return !port.empty() && port.size() <= 5 && std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void check_connection(const SharedOptions& options) {
  const auto& network = options.connection.network;
  check_file("--ca-file", network.ca_file);
  check_file("--cert-file", network.cert_file);
  check_file("--key-file", network.key_file);
  if (!network.key_file.empty() && network.cert_file.empty()) {
    throw WrongUsage("--key-file is the key of a certificate: give that with --cert-file");
  }
  for (const auto& text : network.resolve) {
    if (is_resolution(text)) continue;
    throw WrongUsage(
        fmt::format("--resolve: '{}' is not HOST:PORT:ADDRESS, such as registry.example:443:127.0.0.1", text));
  }
  if (options.settings.client.limits.whole.count() <= 0) {
    throw WrongUsage("--timeout must be longer than 0; the default is 30s");
  }
}

}  // namespace referee::cli
