// Sentences that have code between backticks, as those of the catalogue and of cards, for Markdown.
#pragma once

#include <string>
#include <string_view>

namespace referee::reports {

/// Inert, except that what is between backticks is code.
std::string prose_in_markdown(std::string_view text);

}  // namespace referee::reports
