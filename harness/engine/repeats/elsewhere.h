// Other surroundings for a check that passed: a registry may keep a rule in a fresh repository, for plain images and
// short annotations, and nowhere else.
//
// The check is repeated below a deeper name, in a repository in which something was pushed again, a tag was moved and a
// manifest deleted. Its plain images are indexes, Docker manifests, referrers, or images under their SHA-512, and what
// refers to them has long annotations that are not ASCII: content that is as lawful as the plain one, for which each
// rule holds as well. Once it pushes and pulls by tag.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/engine/check.h"

namespace referee::engine {

/// Whether the check means the same there, and is quick.
bool can_be_repeated(const Check& check);

/// What the check's plain images are there, one repetition after another. The checks of one requirement share the
/// kinds, so that together they have all; the same for the same checks in every run.
std::vector<oci::Guise> guises_of(const Check& check, const std::vector<Check>& all);

/// Whether the check means the same in that guise, after what it exchanged before: some registries keep manifests that
/// have a tag from deletion, and what is pushed by tag is kept under a digest that the registry chooses.
bool fits(oci::Guise guise, std::span<const http::Exchange> exchanges);

/// Whether the target knows what the guise needs. Takes the session to a repository of its own where it has to ask: to
/// be moved from there on. Throws TransportFault where the target does not answer.
bool is_known(oci::Guise guise, Session& session);

/// Takes the session there; false if nothing can be pushed to repositories of such names. Throws TransportFault where
/// the target does not answer.
bool move_elsewhere(Session& session, oci::Guise guise);

/// From there on to further repositories, for the next guise. Throws as move_elsewhere().
void move_further(Session& session, oci::Guise guise);

/// Whether the target refused a manifest there whose counterpart it took before, and takes it no more willingly without
/// its subject, nor in a repository without a past: then its policy on content, names or sizes explains what the check
/// found. `before`, `again`: what the check exchanged here and there. To be asked there, after the check.
bool refuses_content(std::span<const http::Exchange> before, std::span<const http::Exchange> again, Session& session);

/// Where the session is, as the end of a sentence: "with subjects that are indexes, ...".
std::string surroundings_of(const Session& session);

}  // namespace referee::engine
