// libcurl's error numbers as faults, named for what they are.
#pragma once

#include <string>

#include "harness/http/transport.h"
#include "harness/http/wire/head_reader.h"

namespace referee::http {

/// `code` is a CURLcode other than CURLE_OK, `detail` what libcurl says to it, `head` as far as it came.
TransportFault fault_of(int code, const std::string& detail, const HeadReader& head);

}  // namespace referee::http
