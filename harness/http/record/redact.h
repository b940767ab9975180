// Redaction at the point of recording: what is secret is replaced before anything is kept, so that no report can leak
// it.
//
// Parameters of URLs are replaced by a mark that differs with their value: recorded exchanges of one run stay apart,
// and a page's token in a Link matches the request that follows it. Redacting twice changes nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/http/message.h"

namespace referee::http {

/// The text that replaces a secret.
inline constexpr std::string_view kRedacted = "REDACTED";

/// The text with the secrets of all URLs in it replaced: user information, and the values of parameters that sign or
/// carry tokens. Takes absolute and relative URLs, header values, error messages.
std::string redact_urls(std::string_view text);

/// The line with its secrets replaced. Credentials keep their scheme ("Bearer REDACTED"); challenges stay.
HeaderLine redact(const HeaderLine& line);
std::vector<HeaderLine> redact(const Headers& headers);

/// What a token service was sent or answered, with the values of tokens and passwords replaced, in JSON as in forms.
std::string redact_token_body(std::string_view body);

}  // namespace referee::http
