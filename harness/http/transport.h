// The seam between the judge and the wire: one request out, one response back, no redirects, no retries, no opinions.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "harness/http/message.h"

namespace referee::http {

/// How long an exchange may take, and how much it may return.
struct ExchangeLimits {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds first_byte{30'000};
  std::chrono::milliseconds whole{30'000};
  std::size_t body_bytes = 12 << 20;  // a list of several manifests of 4 MiB, and some
  std::size_t header_bytes = 256 << 10;
  const std::atomic<bool>* interrupted = nullptr;  // set: ends within 100 ms, a write 600 ms: kInterrupted
};

enum class FaultKind {
  kResolve,      // the host name has no address
  kConnect,      // refused or unreachable
  kTls,          // handshake or certificate
  kTimeout,      // a deadline passed
  kClosed,       // the connection was closed without any answer
  kReset,        // it broke in the middle of the answer
  kMalformed,    // the answer is not HTTP, or its framing contradicts itself
  kTooLarge,     // headers over the limit (a body over the limit is truncated instead)
  kUnsupported,  // a scheme other than http and https
  kInterrupted,  // the run was told to stop
};
const char* name(FaultKind kind);

/// What is wrong where TLS fails.
enum class TlsTrouble {
  kNoTls,             // the server speaks something else on that port, as a rule plain http
  kUnknownAuthority,  // self-signed, or signed by whom this machine does not trust
  kExpired,           // no longer valid, or not yet
  kOtherName,         // the certificate is for another host
  kOwnCertificate,    // ours, its key or the file of authorities cannot be used
  kOther,
};

/// The world failed, not the registry's logic: no response can be judged.
class TransportFault : public std::runtime_error {
 public:
  TransportFault(FaultKind kind, const std::string& message, TlsTrouble tls = TlsTrouble::kOther)
      : std::runtime_error(message), kind_(kind), tls_(tls) {}
  FaultKind kind() const { return kind_; }
  /// Of a kTls; kOther otherwise.
  TlsTrouble tls() const { return tls_; }

 private:
  FaultKind kind_;
  TlsTrouble tls_;
};

/// Performs single exchanges. Implementations: network (libcurl), in-process (the reference registry), recorded.
/// May be called from several threads at once; keeps connections alive where it has any.
class Transport {
 public:
  virtual ~Transport() = default;
  /// The response as it came, redirects included; throws TransportFault.
  virtual Response exchange(const Request& request, const ExchangeLimits& limits) = 0;
};

}  // namespace referee::http
