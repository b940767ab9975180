#include "harness/http/auth/credential_entries.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "harness/oci/base64.h"

namespace referee::http {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// A key of `auths` as host and path: older files write a scheme before it and the version of the API after it.
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

Credentials credentials_in(const Json& entry) {
  Credentials credentials;
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
      throw UnreadableCredentials("has an `auth` that is not the base64 of user:password: log in again");
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

}  // namespace

std::vector<StoredEntry> entries_for(const std::string& text, const std::string& host, const std::string& path) {
  const Json document = Json::parse(text, nullptr, false);
  if (!document.is_object()) {
    throw UnreadableCredentials("is not a JSON object: fix it, or leave it out with --no-creds");
  }
  const std::string place = path.empty() ? host : host + "/" + path;
  std::vector<StoredEntry> entries;
  const auto member = [&](const char* key) { return document.value(key, Json()); };
  const Json helpers = member("credHelpers");
  if (const Json* helper = longest_match(helpers, place);
      helper != nullptr && helper->is_string() && !helper->get_ref<const std::string&>().empty()) {
    entries.push_back({{}, helper->get<std::string>()});
  }
  if (const auto store = text_of(document, "credsStore"); !store.empty()) entries.push_back({{}, store});
  const Json auths = member("auths");
  if (const Json* entry = longest_match(auths, place); entry != nullptr) {
    if (auto credentials = credentials_in(*entry); !credentials.anonymous()) {
      entries.push_back({std::move(credentials), ""});
    }
  }
  return entries;
}

}  // namespace referee::http
