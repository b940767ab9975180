#include "harness/cli/credentials/credential_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "harness/cli/credentials/credential_helper.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"
#include "harness/cli/host/plain_file.h"
#include "harness/http/auth/credential_entries.h"
#include "harness/http/syntax/url.h"

namespace referee::cli {
namespace {

std::optional<std::string> read_whole(const std::string& path) {
  if (!is_plain_file(path)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<http::StoredEntry> entries_in(const std::string& file, const std::string& text, const std::string& host,
                                          const std::string& path) {
  try {
    return http::entries_for(text, host, path);
  } catch (const http::UnreadableCredentials& unreadable) {
    throw WrongUsage(fmt::format("{} {}", file, unreadable.what()));
  }
}

http::Credentials from_helper(const std::string& helper, const std::string& host) {
  const auto answer = ask_credential_helper(helper, host);
  if (!answer) return {};
  http::Credentials credentials;
  if (answer->username == http::kTokenUser) {
    credentials.identity_token = answer->secret;
  } else {
    credentials.username = answer->username;
    credentials.password = answer->secret;
  }
  return credentials;
}

}  // namespace

std::vector<CredentialFile> credential_files(const std::string& given) {
  if (!given.empty()) return {{given, true}};
  if (const auto named = environment("REGISTRY_AUTH_FILE"); named && !named->empty()) return {{*named, true}};
  std::vector<CredentialFile> files;
  const auto home = environment("HOME");
  const auto add = [&](const std::optional<std::string>& folder, const std::string& below) {
    if (folder && !folder->empty()) files.push_back({*folder + below, false});
  };
  const auto docker = environment("DOCKER_CONFIG");
  add(docker ? docker : home, docker ? "/config.json" : "/.docker/config.json");
  add(environment("XDG_RUNTIME_DIR"), "/containers/auth.json");
  const auto config = environment("XDG_CONFIG_HOME");
  add(config ? config : home, config ? "/containers/auth.json" : "/.config/containers/auth.json");
  return files;
}

http::Credentials stored_credentials(const std::vector<CredentialFile>& files, const std::string& base,
                                     const std::string& repository) {
  const auto url = http::Url::parse(base);
  if (!url) return {};
  const std::string host = url->origin().substr(url->scheme.size() + 3);
  std::string path = url->path.empty() ? repository : url->path.substr(1) + "/" + repository;
  for (const auto& file : files) {
    const auto text = read_whole(file.path);
    if (!text && file.named) throw WrongUsage(fmt::format("the credentials' file {} cannot be read", file.path));
    if (!text || text->empty()) continue;
    for (const auto& entry : entries_in(file.path, *text, host, path)) {
      const auto found = entry.helper.empty() ? entry.credentials : from_helper(entry.helper, host);
      if (!found.anonymous()) return found;
    }
  }
  return {};
}

}  // namespace referee::cli
