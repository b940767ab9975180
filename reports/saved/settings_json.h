// What the checks of a run knew of the operator's decisions, as results keep it for judging again.
#pragma once

#include "harness/engine/settings.h"
#include "reports/saved/results.h"

namespace referee::reports {

/// The member "settings" of results.
Results settings_json(const engine::Settings& settings);

/// What that member keeps. Hooks are there where they were, and do nothing: checks recall what they said. Throws
/// CannotRead where it names an unknown edition.
engine::Settings settings_of(const Results& saved);

}  // namespace referee::reports
