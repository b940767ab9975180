#include "harness/http/wire/curl_faults.h"

#include <curl/curl.h>
#include <fmt/format.h>

namespace referee::http {
namespace {

FaultKind broken(const HeadReader& head) { return head.started() ? FaultKind::kReset : FaultKind::kClosed; }

FaultKind fault_kind(int code, const std::string& detail, const HeadReader& head) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return FaultKind::kResolve;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_INTERFACE_FAILED:
      return FaultKind::kConnect;
    case CURLE_OPERATION_TIMEDOUT:
      return FaultKind::kTimeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_SSL_ENGINE_INITFAILED:
      return FaultKind::kTls;
    case CURLE_GOT_NOTHING:
      return FaultKind::kClosed;
    case CURLE_PARTIAL_FILE:
      return FaultKind::kReset;
    // libcurl's own limit on a header line is 100 KB, on all of them 300 KB.
    case CURLE_OUT_OF_MEMORY:
      return FaultKind::kTooLarge;
    case CURLE_RECV_ERROR:
      if (detail.find("chunk") != std::string::npos) return FaultKind::kMalformed;
      if (detail.find("header") != std::string::npos) return FaultKind::kTooLarge;
      return broken(head);
    case CURLE_SEND_ERROR:
      return broken(head);
    case CURLE_URL_MALFORMAT:
      return FaultKind::kUnsupported;
    default:
      return FaultKind::kMalformed;
  }
}

TlsTrouble tls_trouble(int code, const std::string& detail, long verified) {
  // OpenSSL's numbers, which are part of its interface.
  constexpr long kNotAsked = 1;
  constexpr long kNotYetValid = 9;
  constexpr long kExpired = 10;
  constexpr long kHostnameMismatch = 62;
  switch (code) {
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return TlsTrouble::kOwnCertificate;
    case CURLE_PEER_FAILED_VERIFICATION:
      if (verified == kNotYetValid || verified == kExpired) return TlsTrouble::kExpired;
      // libcurl compares names itself, after OpenSSL's handshake and before it asks OpenSSL for the result.
      if (verified == 0 || verified == kNotAsked || verified == kHostnameMismatch) return TlsTrouble::kOtherName;
      return TlsTrouble::kUnknownAuthority;
    default:
      break;
  }
  // What OpenSSL says where the bytes are not a TLS record.
  const bool no_record = detail.find("wrong version number") != std::string::npos ||
                         detail.find("packet length too long") != std::string::npos ||
                         detail.find("http request") != std::string::npos;
  return no_record ? TlsTrouble::kNoTls : TlsTrouble::kOther;
}

}  // namespace

TransportFault fault_of(int code, const std::string& detail, const HeadReader& head, long verified) {
  const FaultKind kind = fault_kind(code, detail, head);
  if (kind == FaultKind::kTooLarge) return {kind, "a header line, or all of them, over the limit of the HTTP client"};
  const char* general = curl_easy_strerror(static_cast<CURLcode>(code));
  const auto trouble = kind == FaultKind::kTls ? tls_trouble(code, detail, verified) : TlsTrouble::kOther;
  return {kind, detail.empty() ? general : detail, trouble};
}

}  // namespace referee::http
