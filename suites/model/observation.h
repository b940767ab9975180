// One request and its answer as the model hears of them: what was asked of which repository, and when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/http/clock.h"
#include "harness/http/message.h"
#include "harness/http/record/transcript.h"
#include "suites/model/timeline.h"

namespace referee::model {

/// What a request is about.
enum class Area : std::uint8_t {
  kManifest,  // /v2/<name>/manifests/<reference>
  kBlob,      // /v2/<name>/blobs/<digest>
  kUpload,    // /v2/<name>/blobs/uploads/...
  kList,      // the referrers of a subject, in any edition's form
  kElsewhere,
};

/// Where a URL leads.
struct Place {
  Area area = Area::kElsewhere;
  std::string repository;
  std::string reference;  // a tag or digest; for a list the subject's digest; for an upload its `digest=` or `mount=`
  std::optional<std::string> filter;  // `artifactType` of a list
  std::string mounted_from;           // the repository from which a blob is mounted

  bool operator==(const Place&) const = default;
};

/// Takes the URL of a request to the registry at `base` apart.
Place place_of(std::string_view url, std::string_view base);

/// Whether the status is about rights, quotas or what is switched off, and says nothing of the content that was sent.
bool is_about_policy(int status);

struct Observation {
  std::string method;
  std::string url;  // as it was sent; a redirect changes `answer.url` only
  Place place;
  std::string sent_type;  // Content-Type of the request
  std::string sent_body;
  std::vector<http::HeaderLine> sent_headers = {};  // where they are known
  http::Response answer;                            // status 0: there was none
  bool whole = true;                                // both bodies are known to their ends
  Span when;
  std::uint64_t sequence = 0;
  std::uint32_t lane = 0;
};

/// The observations that recorded exchanges amount to, in the order of their answers. Redirects are followed, answers
/// to repeated attempts count once, bodies that were not kept make an observation that is not whole.
std::vector<Observation> observations_of(const std::vector<const http::Exchange*>& exchanges,
                                         const http::BodyStore& bodies, std::string_view base);

}  // namespace referee::model
