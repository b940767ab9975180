// The editions of the two families of specifications that Referee judges, and the levels and verdicts rows carry in
// them.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string_view>

namespace referee::spec {

enum class Family : std::uint8_t { kOras, kOci };

/// In the order of their age; a later edition of a family has the greater value.
enum class Edition : std::uint8_t {
  kOrasPhase1Sm,
  kOrasPhase1,
  kOrasDraft1,
  kOrasDraft11,
  kOrasRc1,
  kOrasRc2,
  kOci110,
  kOci111,
  kOciMain,
};
inline constexpr std::size_t kEditionCount = 9;

/// Every edition, in the order of the enumeration.
std::span<const Edition> all_editions();

/// The name on the command line and in reports, for instance "oci-1.1.1".
std::string_view name(Edition edition);

/// The edition of that exact name; nothing for any other text.
std::optional<Edition> edition_named(std::string_view text);

Family family(Edition edition);

/// A key word of the text (RFC 2119), or kImplied where the text defines the thing without one.
enum class Level : std::uint8_t { kMust, kMustNot, kShould, kShouldNot, kMay, kImplied };
std::string_view name(Level level);  // "MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "implied"
std::optional<Level> level_named(std::string_view text);

/// What a violation means, mildest first, so that the worst of several is their maximum.
enum class Verdict : std::uint8_t { kInfo, kWarn, kFail };
std::string_view name(Verdict verdict);  // "INFO", "WARN", "FAIL"
std::optional<Verdict> verdict_named(std::string_view text);

/// How one requirement binds in one edition.
struct Binding {
  Level level;
  Verdict verdict;
  constexpr bool operator==(const Binding&) const = default;
};

/// For the failure texts of GoogleTest.
void PrintTo(Family family, std::ostream* out);
void PrintTo(Edition edition, std::ostream* out);
void PrintTo(Level level, std::ostream* out);
void PrintTo(Verdict verdict, std::ostream* out);
void PrintTo(const Binding& binding, std::ostream* out);

}  // namespace referee::spec
