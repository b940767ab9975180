#include "harness/oci/repository_name.h"

#include <algorithm>

namespace referee::oci {
namespace {

constexpr std::string_view kLettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";

// The length of the separator at the beginning, 0 if there is none.
std::size_t separator_length(std::string_view text) {
  if (text.starts_with('-')) return std::min(text.find_first_not_of('-'), text.size());
  if (text.starts_with("__")) return 2;
  return text.starts_with('.') || text.starts_with('_') || text.starts_with('/') ? 1 : 0;
}

}  // namespace

bool is_repository_name(std::string_view text) {
  for (;;) {
    const auto run = std::min(text.find_first_not_of(kLettersAndDigits), text.size());
    if (run == 0) return false;
    text.remove_prefix(run);
    if (text.empty()) return true;
    text.remove_prefix(separator_length(text));
  }
}

}  // namespace referee::oci
