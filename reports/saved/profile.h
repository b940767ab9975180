// What a run says in addition to its verdict: which features the target has, and whether the whole suite was asked.
//
//   verdict_in_words(run)  // "conformant to the push rules; OCI referrers API not offered"
#pragma once

#include <string>
#include <vector>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// The verdict and what keeps it from being one on everything: an API that is not offered, only a part of the suite;
/// and the version of the suite, where it is not today's. Every report says this where it says the verdict.
std::string verdict_in_words(const SavedRun& run);
/// The same on one edition.
std::string verdict_in_words(const SavedEdition& judged);

/// Whether the verdict is conformant, on everything: the API is offered and the whole suite was asked.
bool is_whole_conformance(const SavedRun& run);

/// The version of Referee whose checks judged; empty where they are those of the program that ran.
std::string as_of(const SavedRun& run);

/// Why the run judged only a part of the suite: the options that narrow it, and that it ended early.
std::vector<std::string> partial_because(const SavedRun& run);

/// Which of the options that were given leave a part of the suite out, as they would be given again: "--filter
/// Paging.*".
std::vector<std::string> narrowing_options(const std::map<std::string, std::string>& given);

/// The features of the editions that were judged, the core ones first.
std::vector<SavedFeature> features_of(const SavedRun& run);

SavedProfile profile_of(const SavedRun& run);

}  // namespace referee::reports
