// Test support: what a run of the program left in its folder, as the acceptance tests ask for it.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/cli/testing/process.h"

namespace referee::cli::testing {

/// The run's results.json in the default report folder; discarded JSON if there is none.
nlohmann::json results_of(const Process& run);
/// The ids of the checks with that outcome, in the order of the file; one id may come for several editions.
std::vector<std::string> with_outcome(const nlohmann::json& results, const std::string& outcome);
/// "edition Suite.Name" -> outcome.
std::map<std::string, std::string> outcomes_of(const nlohmann::json& results);
/// "edition Suite.Name" -> the digests of all bodies that the check sent, sorted.
std::map<std::string, std::vector<std::string>> bodies_sent(const nlohmann::json& results);

/// Expects that the run's junit.xml is valid against junit-10.xsd and its results.json against its schema, and that
/// both agree on what failed: each has its <failure>. Needs xmllint, and fails where there is none.
void expect_sound_reports(const Process& run);

}  // namespace referee::cli::testing
