// Aligned columns for people; programs take JSON.
#pragma once

#include <string>
#include <vector>

namespace referee::cli {

/// The rows with each column as wide as its widest cell, two blanks apart, the last one as it comes. The first row is
/// the heading.
std::string table(const std::vector<std::vector<std::string>>& rows);

/// The text in lines of at most `width` characters (bytes beyond ASCII count as such), each after `indent` blanks.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width = 100);

}  // namespace referee::cli
