// Names like a misspelt one, for messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace referee::cli {

/// The number of letters to insert, delete, replace or swap with their neighbour that makes one text the other.
int edit_distance(std::string_view a, std::string_view b);

/// At most `most` of the known names, likest first: those that contain the text or are within a third of its length.
std::vector<std::string> nearest(std::string_view text, const std::vector<std::string>& known, std::size_t most = 3);

}  // namespace referee::cli
