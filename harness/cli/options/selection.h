// What of the suite a run judges: editions by name or group, checks by globs over ids, rows by level.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/engine/runner.h"
#include "harness/spec/releases.h"

namespace referee::cli {

/// The editions that the names mean: editions, "auto", "oci", "oras", "all". No names mean auto.
/// Throws WrongUsage for an unknown name.
engine::SpecChoice spec_choice(const std::vector<std::string>& names);

/// What --filter, --exclude, --level and --as-of say.
struct Narrowing {
  std::vector<std::string> filters;   // globs over check and requirement ids; none: everything
  std::vector<std::string> excludes;  // win over filters
  std::string level;                  // "must", "should" or "may": the weakest level still judged; empty: may
  std::string as_of = {};             // a version of Referee; empty: this one
};

/// Throws WrongUsage for an unknown level or version.
engine::Selection selection(const Narrowing& narrowing);

/// What of the selection that version of Referee had: checks and rules that it knew, on requirements that it knew.
/// Throws WrongUsage for a version that is none of the releases.
engine::Selection as_of(const engine::Selection& selection, const std::string& version, const spec::Releases& releases);

/// Throws WrongUsage, which names the versions, if it is none of them.
void refuse_unknown_version(const std::string& option, const std::string& version, const spec::Releases& releases);

/// Every edition that a choice may come to mean, whatever the target offers.
std::vector<spec::Edition> possible_editions(const engine::SpecChoice& choice);

/// Throws WrongUsage for a glob that matches no check and no requirement at all, and where nothing that is linked in is
/// selected: a run that judges nothing must never be green.
void refuse_empty(const engine::Selection& selection, const engine::SpecChoice& choice, const Narrowing& narrowing);

}  // namespace referee::cli
