#include "harness/http/transport.h"

namespace referee::http {

const char* name(FaultKind kind) {
  switch (kind) {
    case FaultKind::kResolve:
      return "resolve";
    case FaultKind::kConnect:
      return "connect";
    case FaultKind::kTls:
      return "tls";
    case FaultKind::kTimeout:
      return "timeout";
    case FaultKind::kClosed:
      return "closed";
    case FaultKind::kReset:
      return "reset";
    case FaultKind::kMalformed:
      return "malformed";
    case FaultKind::kTooLarge:
      return "too large";
    case FaultKind::kUnsupported:
      return "unsupported";
    case FaultKind::kInterrupted:
      return "interrupted";
  }
  return "unknown";
}

}  // namespace referee::http
