#include "harness/engine/detection/diagnosis.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/http/syntax/challenge.h"
#include "harness/http/syntax/lexer.h"
#include "harness/http/syntax/url.h"

namespace referee::engine {
namespace {

using http::FaultKind;
using http::TlsTrouble;

// The same place by the other scheme.
std::string by(std::string_view scheme, const std::string& base) {
  const auto rest = base.find("://");
  return fmt::format("{}{}", scheme, rest == std::string::npos ? "://" + base : base.substr(rest));
}

Diagnosis tls_diagnosis(TlsTrouble trouble, const std::string& base, const std::string& said) {
  switch (trouble) {
    case TlsTrouble::kNoTls:
      return {fmt::format("{} speaks plain http, not https", base),
              fmt::format("Use {}, or --plain-http with a URL that has no scheme.", by("http", base))};
    case TlsTrouble::kUnknownAuthority:
      return {fmt::format("this machine does not trust who signed the certificate of {} ({})", base, said),
              "Name the authority with --ca-file, or skip the verification with --insecure."};
    case TlsTrouble::kExpired:
      return {fmt::format("the certificate of {} is not valid today ({})", base, said),
              "Renew the certificate, check the clock of this machine, or skip the verification with --insecure."};
    case TlsTrouble::kOtherName:
      return {fmt::format("the certificate of {} is for another name ({})", base, said),
              "Use the name that the certificate has; --resolve HOST:PORT:ADDRESS leads that name to another address, "
              "and --insecure skips the verification."};
    case TlsTrouble::kOwnCertificate:
      return {fmt::format("the client certificate could not be used ({})", said),
              "Check the files of --cert-file, --key-file and --ca-file: they are PEM, and the key is that of the "
              "certificate."};
    case TlsTrouble::kOther:
      break;
  }
  return {
      fmt::format("the TLS handshake with {} failed ({})", base, said),
      "Check that the port speaks TLS; where the registry asks for a client's certificate, give it with --cert-file "
      "and --key-file."};
}

Diagnosis unauthorized(const http::Exchange& refused, const std::string& asked, const std::string& login) {
  const bool sent = http::Headers(refused.request.headers).has("Authorization");
  std::string realm;
  for (const auto& challenge : http::read_challenges(http::Headers(refused.response->headers))) {
    if (challenge.scheme == "bearer") realm = challenge.parameter("realm").value_or("");
  }
  constexpr auto kRights =
      "Give the user the right to pull, push and delete there, or name other repositories with "
      "--repo or --existing-repo.";
  if (login.empty()) {
    return {fmt::format("the registry wants credentials for {}, and none were given", asked),
            "Log in with docker login or podman login, or give -u NAME and the password with --password-stdin or in "
            "REFEREE_PASSWORD."};
  }
  if (!realm.empty()) {
    if (!sent) {
      return {fmt::format("the token service {} gave no token to {}", realm, login),
              "Check the user name and the password, and that the token service is up; its answer is in the evidence "
              "of the report."};
    }
    return {fmt::format("the token that {} gave to {} does not allow {}", realm, login, asked), kRights};
  }
  if (!sent) {
    return {fmt::format("the registry answered 401 to {} without saying how to log in", asked),
            "The answer needs a WWW-Authenticate header with a Basic or Bearer challenge (RFC 9110, section 11.6.1)."};
  }
  return {fmt::format("the credentials of {} were refused", login),
          "Check the user name and the password; --no-creds sends none."};
}

bool is_web_page(const http::Exchange& answer) {
  const auto type = http::Headers(answer.response->headers).get("Content-Type").value_or("");
  return http::in_lower_case(type).starts_with("text/html");
}

}  // namespace

Diagnosis diagnose(const http::TransportFault& fault, const std::string& base) {
  const std::string said = fault.what();
  switch (fault.kind()) {
    case FaultKind::kResolve:
      return {fmt::format("the host name of {} has no address ({})", base, said),
              "Check the name, the DNS of this machine, and HTTPS_PROXY or HTTP_PROXY; --resolve HOST:PORT:ADDRESS "
              "gives a name an address."};
    case FaultKind::kConnect:
      return {fmt::format("nothing accepts connections at {} ({})", base, said),
              "Check that the registry is up, the host and the port."};
    case FaultKind::kTimeout:
      return {fmt::format("{} did not answer in time ({})", base, said),
              "Check that the registry is up and no firewall drops the connection; --timeout gives it longer."};
    case FaultKind::kTls:
      return tls_diagnosis(fault.tls(), base, said);
    case FaultKind::kClosed:
      if (!base.starts_with("http:")) break;
      return {fmt::format("{} closed the connection without an answer ({})", base, said),
              fmt::format("If the registry speaks TLS, use {}.", by("https", base))};
    case FaultKind::kReset:
    case FaultKind::kMalformed:
    case FaultKind::kTooLarge:
    case FaultKind::kUnsupported:
    case FaultKind::kInterrupted:
      break;
  }
  return {fmt::format("{}: {}", base, said), ""};
}

std::optional<Diagnosis> diagnose(const http::Exchange& refused, const std::string& body, const std::string& login) {
  if (!refused.response) return std::nullopt;
  const auto asked = fmt::format("{} {}", refused.request.method, refused.request.url);
  const auto answered = fmt::format("{} {}", refused.response->status, refused.response->reason);
  constexpr auto kOtherRepositories = "--repo and --existing-repo name other repositories, -u another user.";
  const bool http = refused.request.url.starts_with("http:");
  // Go's servers and nginx each say so in their own words, in a 400.
  if (http && refused.response->status == 400 && http::in_lower_case(body).find("https") != std::string::npos) {
    const auto url = http::Url::parse(refused.request.url);
    return Diagnosis{"the server speaks TLS and was asked by plain http",
                     url ? fmt::format("Use https://{}.", url->authority()) : "Use https."};
  }
  switch (refused.response->status) {
    case 401:
      return unauthorized(refused, asked, login);
    case 403:
      return Diagnosis{
          fmt::format("{} may not do {} ({})", login.empty() ? "a user without credentials" : login, asked, answered),
          fmt::format("Give the user the right to pull, push and delete there. {}", kOtherRepositories)};
    case 413:
    case 429:
    case 507:
      return Diagnosis{fmt::format("a quota or a rate limit is reached: {} was answered {}", asked, answered),
                       fmt::format("Make room, wait, or send slower with --rate and --jobs. {}", kOtherRepositories)};
    case 405:
    case 501:
    case 503:
      if (is_web_page(refused)) break;
      return Diagnosis{
          fmt::format("the registry takes no content: {} was answered {}", asked, answered),
          "Switch off its read-only or maintenance mode; --read-only --subject REPO@DIGEST judges lists alone."};
    default:
      break;
  }
  if (!is_web_page(refused)) return std::nullopt;
  return Diagnosis{fmt::format("a web page came in place of a registry's answer: {} was answered {}", asked, answered),
                   "Check host, port and path: the registry answers /v2/ below the URL. A proxy or a login page may be "
                   "in the way."};
}

Diagnosis diagnose(const NotJudgeable& cause, const std::vector<http::Exchange>& said, const http::BodyStore& bodies,
                   const std::string& login) {
  Diagnosis plain{cause.what(), cause.remedy()};
  if (!plain.remedy.empty() || said.empty()) return plain;
  // What follows the refused write only looks whether something came of it.
  const auto was_refused = [](const http::Exchange& one) {
    return one.request.method != "GET" && one.request.method != "HEAD" && one.response && one.response->status >= 400;
  };
  const auto last = std::ranges::find_if(said.rbegin(), said.rend(), was_refused);
  if (last == said.rend()) return plain;
  const auto body = bodies.find(last->response->body_digest);
  return diagnose(*last, body ? body->bytes : "", login).value_or(plain);
}

}  // namespace referee::engine
