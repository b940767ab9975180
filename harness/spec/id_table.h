// Looking up a text in one of the sorted tables of ids, while compiling or at run time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace referee::spec {

/// The place of `text` in `ids`, which is sorted; nothing if it is not there.
constexpr std::optional<std::uint16_t> place_of(std::span<const std::string_view> ids, std::string_view text) {
  std::size_t low = 0;
  std::size_t high = ids.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (ids[middle] < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == ids.size() || ids[low] != text) return std::nullopt;
  return static_cast<std::uint16_t>(low);
}

}  // namespace referee::spec
