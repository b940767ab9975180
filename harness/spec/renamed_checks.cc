#include "harness/spec/renamed_checks.h"

#include <algorithm>
#include <iterator>

namespace referee::spec {
namespace {

struct Renamed {
  std::string_view old_id;
  std::string_view new_id;
};

// By the old name.
constexpr Renamed kRenamed[] = {
    {"Filtering.SeesTheConfigInPlaceOfAType", "Filtering.FallsBackToConfigMediaType"},
};
static_assert(std::ranges::is_sorted(kRenamed, {}, &Renamed::old_id));

}  // namespace

std::optional<std::string_view> new_name_of_check(std::string_view old_id) {
  const auto found = std::ranges::lower_bound(kRenamed, old_id, {}, &Renamed::old_id);
  if (found == std::end(kRenamed) || found->old_id != old_id) return std::nullopt;
  return found->new_id;
}

}  // namespace referee::spec
