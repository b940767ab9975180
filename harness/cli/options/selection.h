// What of the suite a run judges: editions by name or group, checks by globs over ids, rows by level.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/engine/runner.h"

namespace referee::cli {

/// The editions that the names mean: editions, "auto", "oci", "oras", "all". No names mean auto.
/// Throws WrongUsage for an unknown name.
engine::SpecChoice spec_choice(const std::vector<std::string>& names);

/// What --filter, --exclude and --level say.
struct Narrowing {
  std::vector<std::string> filters;   // globs over check and requirement ids; none: everything
  std::vector<std::string> excludes;  // win over filters
  std::string level;                  // "must", "should" or "may": the weakest level still judged; empty: may
};

/// Throws WrongUsage for an unknown level.
engine::Selection selection(const Narrowing& narrowing);

/// Every edition that a choice may come to mean, whatever the target offers.
std::vector<spec::Edition> possible_editions(const engine::SpecChoice& choice);

/// Throws WrongUsage for a glob that matches no check and no requirement at all, and where nothing that is linked in is
/// selected: a run that judges nothing must never be green.
void refuse_empty(const engine::Selection& selection, const engine::SpecChoice& choice, const Narrowing& narrowing);

}  // namespace referee::cli
