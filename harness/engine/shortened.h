// Long lists of digests in a line that people read: the first few and how many more; the exchanges hold them all.
#pragma once

#include <fmt/format.h>

#include <string>

namespace referee::engine {

/// The first entries of a range of strings, separated by commas, and the number of the others.
template <typename Texts>
std::string shortened(const Texts& texts, std::size_t most = 4) {
  std::string line;
  std::size_t count = 0;
  for (const auto& text : texts) {
    if (count++ < most) line += (line.empty() ? "" : ", ") + std::string(text);
  }
  return count > most ? fmt::format("{} and {} more", line, count - most) : line;
}

}  // namespace referee::engine
