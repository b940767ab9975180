// Reading results.json back as types, in whichever version it was written.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// The run in the document. Members that may be missing count as empty. Throws CannotRead where the schema does not
/// have a word, or evidence is not of its shape.
SavedRun run_of(const Results& document);

/// One of "checks".
SavedCheck check_of(const Results& json);
/// All of "requirements".
std::vector<SavedRequirement> requirements_of(const Results& json);

/// The edition that the text names. Throws CannotRead.
spec::Edition edition_of(const Results& text);
/// The texts of a list; anything else counts as empty.
std::vector<std::string> texts_of(const Results& list);

}  // namespace referee::reports
