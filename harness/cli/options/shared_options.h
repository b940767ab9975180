// What the commands that ask a registry have in common.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/host/terminal.h"
#include "harness/engine/settings.h"
#include "harness/http/wire/curl_transport.h"

namespace referee::cli {

using Milliseconds = std::chrono::milliseconds;

/// How the registry is reached.
struct Connection {
  bool plain_http = false;  // a URL without scheme is http
  http::CurlOptions network;
  std::vector<std::string> headers;  // "Name: value"
};

/// Who the judge is there.
struct Login {
  std::string username;
  std::string oci_password;  // of OCI_PASSWORD, for the user of OCI_USERNAME
  bool password_stdin = false;
  bool identity_token_stdin = false;
  bool registry_token_stdin = false;
  std::string registry_config;  // a file in Docker's or Podman's form
  bool no_creds = false;
  std::string signer_username;  // a second user, who may do less
  std::string signer_password_file;
};

/// What the terminal shows.
struct Display {
  bool quiet = false;
  bool no_progress = false;
  Color color = Color::kAuto;
};

/// Where an option says just what a setting is, the setting is its place, and has its default.
struct SharedOptions {
  engine::Settings settings;
  std::vector<std::string> specs;
  std::optional<std::uint64_t> seed;  // nothing: a random one
  double rate = 0;                    // requests a second; 0: no limit
  std::string gc_hook;
  Milliseconds hook_timeout = std::chrono::minutes(10);  // for each call of a hook
  std::string restart_hook;
  Connection connection;
  Login login;
  Display display;
};

}  // namespace referee::cli
