// exploration.html: what registries do, as one page that opens from disk, led by the questions that people come with.
#pragma once

#include <string>

#include "reports/saved/results.h"

namespace referee::reports {

/// The page keeps below this, whatever registries answered: evidence shrinks before it grows further.
inline constexpr std::size_t kExplorationPage = 2'900'000;

/// What the page's script shows: cards, matrix, contradictions, and for each answer some of the exchanges that show it,
/// the last ones above all. Texts and bodies that occur more than once are in it once.
Results exploration_data(const Results& exploration);

/// The whole page.
std::string exploration_page(const Results& exploration);

}  // namespace referee::reports
