// What the suites on pushing look at in answers: acknowledgements of subjects, repeated entries.
#pragma once

#include <string>
#include <vector>

#include "suites/suite.h"

namespace referee::suites {

/// The values of `OCI-Subject`, one for each header line; distribution-spec, "Pushing Manifests with Subject".
inline std::vector<std::string> acknowledgements(const Response& response) {
  return response.headers.all(oci::kSubjectHeader);
}

/// Whether the usual push of a row was acknowledged: only then the unusual one has to be. Where none is, the rows on
/// the header say so, and what else the row demands is judged all the same.
inline bool is_acknowledged(const Pushed& usual) { return acknowledgements(usual.response).size() == 1; }

/// A premise of rows other than those on the header itself: a subject is acknowledged in the plain case.
MATCHER(IsAcknowledged, negation ? "is not acknowledged by one OCI-Subject" : "is acknowledged by one OCI-Subject") {
  match::internal::explain_present(arg.response, std::string(oci::kSubjectHeader), result_listener);
  return acknowledgements(arg.response).size() == 1;
}

/// No page lists the digest twice. The same digest on two pages is a matter of paging.
MATCHER_P(ListsOnceAPage, digest,
          std::string(negation ? "has two entries on a page for " : "has at most one entry on a page for ") + digest) {
  for (const auto& page : arg.pages) {
    const auto digests = engine::digests_of(page.entries);
    const auto times = std::count(digests.begin(), digests.end(), std::string(digest));
    if (times < 2) continue;
    *result_listener << "it is listed " << times << " times on one page";
    return false;
  }
  return true;
}

}  // namespace referee::suites
