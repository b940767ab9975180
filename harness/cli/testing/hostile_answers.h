// Test support: what a hostile registry answers where a list of referrers is asked for.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include "harness/http/testing/raw_server.h"

namespace referee::cli::testing {

/// Where it may lead the program to: `url` is its own, `elsewhere` another server's.
struct Place {
  std::string url;
  std::string elsewhere;
  std::string path;  // of the request
};

struct HostileAnswer {
  const char* name;
  void (*act)(http::RawConnection& client, const Place& place);
};

void PrintTo(const HostileAnswer& answer, std::ostream* out);

/// Each tries to hang, crash or fill the program, or to draw its password elsewhere. May be given on several threads.
std::span<const HostileAnswer> hostile_answers();

/// An empty list, as bytes, and the header line of its media type with its line break.
extern const std::string kEmptyList;
extern const std::string kIndexType;

}  // namespace referee::cli::testing
