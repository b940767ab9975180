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

}  // namespace

TransportFault fault_of(int code, const std::string& detail, const HeadReader& head) {
  const FaultKind kind = fault_kind(code, detail, head);
  if (kind == FaultKind::kTooLarge) return {kind, "a header line, or all of them, over the limit of the HTTP client"};
  const char* general = curl_easy_strerror(static_cast<CURLcode>(code));
  return {kind, detail.empty() ? general : detail};
}

}  // namespace referee::http
