// Since which version of Referee a requirement or a check exists. The files in harness/spec/released/ are the source:
// one for each version, which holds the ids that are new in it.
//
//   releases().since("Filtering.NamesTheFilterItApplied")   // "0.1.0"
//   releases().since("Filtering.WrittenYesterday")          // kUnreleased
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace referee::spec {

/// What no released version has yet.
inline constexpr std::string_view kUnreleased = "unreleased";

/// An id and the version that brought it.
struct Release {
  std::string_view version;
  std::string_view id;
};

class Releases {
 public:
  /// In any order. A check that was renamed since counts under its new name too.
  explicit Releases(const std::vector<Release>& all);

  /// The versions, oldest first.
  const std::vector<std::string>& versions() const { return versions_; }

  /// The version that brought the requirement or check of that id; kUnreleased for any other id.
  std::string_view since(std::string_view id) const;

  /// Whether that version, which must be one of versions(), had the id.
  bool had(std::string_view version, std::string_view id) const;

 private:
  std::optional<std::size_t> place_of(std::string_view id) const;

  std::vector<std::string> versions_;
  std::map<std::string, std::size_t, std::less<>> brought_by_;  // a place in versions_
};

/// Those of this program.
const Releases& releases();

/// What the files hold, as it is written there.
const std::vector<Release>& released_ids();

}  // namespace referee::spec
