#include "harness/cli/options/glob.h"

namespace referee::cli {

// Linear except for the last star: on a mismatch only that star takes one more character.
bool glob_matches(std::string_view glob, std::string_view text) {
  std::size_t at_glob = 0;
  std::size_t at_text = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  while (at_text < text.size()) {
    if (at_glob < glob.size() && glob[at_glob] == '*') {
      star = at_glob++;
      star_text = at_text;
    } else if (at_glob < glob.size() && (glob[at_glob] == '?' || glob[at_glob] == text[at_text])) {
      ++at_glob;
      ++at_text;
    } else if (star != std::string_view::npos) {
      at_glob = star + 1;
      at_text = ++star_text;
    } else {
      return false;
    }
  }
  while (at_glob < glob.size() && glob[at_glob] == '*') ++at_glob;
  return at_glob == glob.size();
}

}  // namespace referee::cli
