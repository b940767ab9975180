#include "harness/spec/releases.h"

#include <algorithm>
#include <charconv>

#include "harness/spec/renamed_checks.h"

namespace referee::spec {
namespace {

// "0.10.1" as {0, 10, 1}: versions are ordered by their numbers.
std::vector<int> numbers_of(std::string_view version) {
  std::vector<int> numbers;
  while (!version.empty()) {
    const auto part = version.substr(0, version.find('.'));
    int number = 0;
    std::from_chars(part.data(), part.data() + part.size(), number);
    numbers.push_back(number);
    version.remove_prefix(std::min(part.size() + 1, version.size()));
  }
  return numbers;
}

}  // namespace

Releases::Releases(const std::vector<Release>& all) {
  for (const auto& [version, id] : all) {
    if (std::ranges::find(versions_, version) == versions_.end()) versions_.emplace_back(version);
  }
  std::ranges::sort(versions_, {}, numbers_of);
  for (const auto& [version, id] : all) {
    const auto place = static_cast<std::size_t>(std::ranges::find(versions_, version) - versions_.begin());
    const auto bring = [&](std::string_view name) {
      const auto [at, fresh] = brought_by_.emplace(name, place);
      if (!fresh) at->second = std::min(at->second, place);
    };
    bring(id);
    if (const auto today = new_name_of_check(id)) bring(*today);
  }
}

std::string_view Releases::since(std::string_view id) const {
  const auto place = place_of(id);
  return place ? std::string_view(versions_[*place]) : kUnreleased;
}

bool Releases::had(std::string_view version, std::string_view id) const {
  const auto place = place_of(id);
  return place && *place <= static_cast<std::size_t>(std::ranges::find(versions_, version) - versions_.begin());
}

std::optional<std::size_t> Releases::place_of(std::string_view id) const {
  const auto found = brought_by_.find(id);
  return found == brought_by_.end() ? std::nullopt : std::optional(found->second);
}

const std::vector<Release>& released_ids() {
  static const std::vector<Release> all = {
#include "harness/spec/released_ids.inc"
  };
  return all;
}

const Releases& releases() {
  static const Releases all(released_ids());
  return all;
}

}  // namespace referee::spec
