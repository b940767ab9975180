// Other surroundings for a check that passed: a registry may keep a rule in a fresh repository, for plain images and
// short annotations, and nowhere else.
//
// The check is repeated below a deeper name, in a repository in which something was pushed again, a tag was moved and a
// manifest deleted. Its plain images are indexes, Docker manifests or referrers, and what refers to them has long
// annotations that are not ASCII: content that is as lawful as the plain one, for which each rule holds as well.
#pragma once

#include <string>
#include <vector>

#include "harness/engine/check.h"

namespace referee::engine {

/// Whether the check means the same there, and is quick.
bool can_be_repeated(const Check& check);

/// What the check's plain images are there, one repetition after another. The checks of one requirement share the
/// kinds, so that together they have all; the same for the same checks in every run.
std::vector<oci::Guise> guises_of(const Check& check, const std::vector<Check>& all);

/// Takes the session there; false if nothing can be pushed to repositories of such names. Throws TransportFault where
/// the target does not answer.
bool move_elsewhere(Session& session, oci::Guise guise);

/// From there on to further repositories, for the next guise. Throws as move_elsewhere().
void move_further(Session& session, oci::Guise guise);

/// Whether the target refused a manifest there that it takes no more willingly without its subject: then its policy on
/// content, names or sizes explains what the check found. To be asked there, after the check.
bool refuses_content(const std::vector<http::Exchange>& exchanges, Session& session);

/// Where the session is, as the end of a sentence: "with subjects that are indexes, ...".
std::string surroundings_of(const Session& session);

}  // namespace referee::engine
