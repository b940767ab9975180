// One check's exchanges as a self-contained script of curl commands.
#pragma once

#include <string>
#include <string_view>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// What every script begins with: by it a later run knows its own.
inline constexpr std::string_view kCurlScriptMark = "#!/bin/sh\n# What Referee asked in ";

/// A script for a POSIX shell that sends the check's requests again, one after the other, to the registry that
/// REFEREE_URL names, into fresh repositories, with credentials from the environment, which go only to that registry;
/// it shows each answer, and ends with 0 if all are what they were, 1 if not. What the registry chose (places of
/// uploads, next pages, redirects) is followed as the answers give it. Empty if the check made no exchange, if a body
/// was not kept whole, or beyond 400 KB.
std::string curl_script(const SavedRun& run, const SavedCheck& check, const Bodies& bodies);

/// Whether a check gets one: it failed or warned.
bool has_script(const SavedCheck& check);

/// Its name next to the reports: "reproduce/oci-1.1.1.Filtering.X.sh".
std::string curl_script_file(const SavedCheck& check);

}  // namespace referee::reports
