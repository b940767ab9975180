// Messages turned into what is kept of them: redacted, with their bodies in the store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/http/message.h"
#include "harness/http/record/secrets.h"
#include "harness/http/record/transcript.h"

namespace referee::http {

/// What a text ends with of which only the beginning was kept.
inline constexpr std::string_view kCutMark = "... (cut)";

/// Whether only the beginning of the text was kept, as results of earlier versions say it.
inline bool is_cut(std::string_view text) { return text.ends_with(kCutMark); }

/// Whose messages are recorded: what passes between judge and token service holds secrets in its bodies too.
enum class Peer : std::uint8_t { kTarget, kTokenService };

/// What goes into reports: redacted by the names of headers and parameters, and of all `secrets` by their value. What
/// the target was sent as a body is content of our own and stays.
RecordedRequest record(const Request& request, BodyStore& bodies, Peer peer = Peer::kTarget,
                       const Secrets* secrets = nullptr);
RecordedResponse record(const Response& response, BodyStore& bodies, Peer peer = Peer::kTarget,
                        const Secrets* secrets = nullptr);

/// The text without the secrets of URLs in it, and without those known by value.
std::string redact_text(std::string_view text, const Secrets* secrets);

}  // namespace referee::http
