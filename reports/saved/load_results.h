// The results saved in a file.
#pragma once

#include <filesystem>
#include <string>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// The document, as far as that it is one of results in a version that is known; what the journal of a run that broke
/// off comes to. For those who look at its seal. Throws CannotRead.
Results load_document(const std::filesystem::path& path);

/// The same of a file's bytes, where they were read already; the path is for messages.
Results load_document(const std::string& bytes, const std::filesystem::path& path);

/// The run in it. Throws CannotRead.
SavedRun load_results(const std::filesystem::path& path);

/// The run in a document that was loaded from there; the CannotRead that this throws names the path.
SavedRun run_of(const Results& document, const std::filesystem::path& path);

}  // namespace referee::reports
