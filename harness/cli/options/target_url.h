// The target as the user names it, made into the base of every request.
#pragma once

#include <string>
#include <string_view>

namespace referee::cli {

struct Target {
  std::string base;             // scheme, authority and base path, without a slash at the end
  bool assumed_scheme = false;  // the user gave none
};

/// What a user calls a registry or a file, and the rest: "ours=http://127.0.0.1:5000".
struct Named {
  std::string name;  // empty where none was given
  std::string rest;
};

/// The part before the first "=" is a name where it has neither "/" nor ":"; the rest is not looked at. Throws
/// WrongUsage for an empty name, and for one of more than 60 bytes or with control characters.
Named named(std::string_view text);

/// Without a scheme the target is https, with `plain_http` http. Throws WrongUsage, which names the remedy, for an
/// empty text, user information, a query or fragment, a path that ends in /v2, a scheme that is neither http nor https,
/// a blank, and https together with `plain_http`.
Target target_of(std::string_view text, bool plain_http);

}  // namespace referee::cli
