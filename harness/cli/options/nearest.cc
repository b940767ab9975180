#include "harness/cli/options/nearest.h"

#include <algorithm>
#include <cctype>

namespace referee::cli {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<int>> cost(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = static_cast<int>(i + j);
        continue;
      }
      const int replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::vector<std::string> nearest(std::string_view text, const std::vector<std::string>& known, std::size_t most) {
  std::vector<std::pair<int, std::string>> ranked;
  const std::string wanted = lower(text);
  const int limit = std::max<int>(2, static_cast<int>(text.size()) / 3);
  for (const auto& name : known) {
    const std::string other = lower(name);
    const bool inside = !wanted.empty() && other.find(wanted) != std::string::npos;
    const int distance = inside ? 0 : edit_distance(wanted, other);
    if (distance <= limit) ranked.emplace_back(distance, name);
  }
  std::ranges::stable_sort(ranked, {}, [](const auto& entry) { return std::pair(entry.first, entry.second.size()); });
  std::vector<std::string> names;
  for (const auto& [distance, name] : ranked) {
    if (names.size() < most) names.push_back(name);
  }
  return names;
}

}  // namespace referee::cli
