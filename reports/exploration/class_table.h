// The table of what classes of answers mean; see classes.h for how it is read.
#pragma once

#include <span>
#include <string_view>

namespace referee::reports {

struct ClassWords {
  std::string_view probe;  // empty: of every probe that has no row of its own for the class
  std::string_view name;   // a last "*" is for any further characters
  std::string_view words;
};
std::span<const ClassWords> class_words();

struct StatusWords {
  std::string_view status;
  std::string_view words;
};
std::span<const StatusWords> status_words();

}  // namespace referee::reports
