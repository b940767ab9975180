#include "harness/cli/credential_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "harness/cli/command_app.h"
#include "harness/cli/credential_helper.h"
#include "harness/cli/exit_code.h"
#include "harness/http/url.h"
#include "harness/oci/base64.h"

namespace referee::cli {
namespace {

using Json = nlohmann::json;

// The name under which the files keep identity tokens instead of a user.
constexpr std::string_view kTokenUser = "<token>";

std::string text_of(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// A key of `auths` as host and path: older files write a scheme before it and the version of the API behind it.
std::string plain_key(std::string key) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (key.starts_with(scheme)) key.erase(0, scheme.size());
  }
  while (key.ends_with('/')) key.pop_back();
  for (const std::string_view version : {"/v1", "/v2"}) {
    if (key.ends_with(version)) key.resize(key.size() - version.size());
  }
  return key;
}

bool covers(const std::string& key, const std::string& place) {
  return place == key || (place.starts_with(key) && place[key.size()] == '/');
}

http::Credentials credentials_in(const Json& entry, const std::string& file) {
  http::Credentials credentials;
  credentials.identity_token = text_of(entry, "identitytoken");
  credentials.registry_token = text_of(entry, "registrytoken");
  const std::string auth = text_of(entry, "auth");
  if (auth.empty()) {
    credentials.username = text_of(entry, "username");
    credentials.password = text_of(entry, "password");
  } else {
    const auto pair = oci::bytes_of_base64(auth);
    const auto colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos) {
      throw WrongUsage(fmt::format("an `auth` in {} is not the base64 of user:password: log in again", file));
    }
    credentials.username = pair->substr(0, colon);
    credentials.password = pair->substr(colon + 1);
    while (credentials.password.ends_with('\0')) credentials.password.pop_back();
  }
  if (credentials.username == kTokenUser) {
    credentials.identity_token = credentials.password;
    credentials.username.clear();
    credentials.password.clear();
  }
  return credentials;
}

bool is_empty(const http::Credentials& credentials) {
  return !credentials.has_password() && credentials.identity_token.empty() && credentials.registry_token.empty();
}

// The value of the longest key that covers the place; null if none does.
const Json* longest_match(const Json& map, const std::string& place) {
  const Json* best = nullptr;
  std::size_t length = 0;
  if (!map.is_object()) return nullptr;
  for (const auto& [key, value] : map.items()) {
    const std::string plain = plain_key(key);
    if (plain.empty() || plain.size() < length || !covers(plain, place)) continue;
    best = &value;
    length = plain.size();
  }
  return best;
}

std::optional<std::string> read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

http::Credentials from_helper(const std::string& helper, const std::string& host) {
  const auto answer = ask_credential_helper(helper, host);
  if (!answer) return {};
  http::Credentials credentials;
  if (answer->username == kTokenUser) {
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

std::vector<StoredEntry> entries_for(const std::string& text, const std::string& path_of_file, const std::string& host,
                                     const std::string& path) {
  const Json document = Json::parse(text, nullptr, false);
  if (!document.is_object())
    throw WrongUsage(fmt::format("{} is no JSON object: mend it, or leave it out with --no-creds", path_of_file));
  const std::string place = path.empty() ? host : host + "/" + path;
  std::vector<StoredEntry> entries;
  const auto member = [&](const char* key) { return document.value(key, Json()); };
  const Json helpers = member("credHelpers");
  if (const Json* helper = longest_match(helpers, place); helper != nullptr && helper->is_string()) {
    entries.push_back({{}, helper->get<std::string>()});
  }
  if (const auto store = text_of(document, "credsStore"); !store.empty()) entries.push_back({{}, store});
  const Json auths = member("auths");
  if (const Json* entry = longest_match(auths, place); entry != nullptr) {
    if (auto credentials = credentials_in(*entry, path_of_file); !is_empty(credentials)) {
      entries.push_back({std::move(credentials), ""});
    }
  }
  return entries;
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
    for (const auto& entry : entries_for(*text, file.path, host, path)) {
      const auto found = entry.helper.empty() ? entry.credentials : from_helper(entry.helper, host);
      if (!is_empty(found)) return found;
    }
  }
  return {};
}

}  // namespace referee::cli
