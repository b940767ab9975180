// libcurl's error numbers as faults, named for what they are.
#pragma once

#include <string>

#include "harness/http/transport.h"
#include "harness/http/wire/head_reader.h"

namespace referee::http {

/// `code` is a CURLcode other than CURLE_OK, `detail` what libcurl says to it, `head` as far as it came, `verified` its
/// CURLINFO_SSL_VERIFYRESULT: 0, or what OpenSSL has against the certificate (X509_V_ERR_...).
TransportFault fault_of(int code, const std::string& detail, const HeadReader& head, long verified);

}  // namespace referee::http
