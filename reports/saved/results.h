// The saved results of a run, the one source of every report: the type, tolerant reading of it, and loading from a
// file.
//
//   const Results results = load_results("referee-results/results.json");
//   for (const auto& check : list(results, "checks")) fmt::print("{}: {}\n", text(check, "id"), text(check,
//   "outcome"));
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

namespace referee::reports {

/// A document of the shape in reports/schema/results.schema.json; members keep their order.
using Results = nlohmann::ordered_json;

inline constexpr std::string_view kResultsSchema = "referee-results/1";

/// The member as it is; a null value if it is missing or `object` is no object. Lives as long as `object`.
const Results& member(const Results& object, std::string_view key);
/// The member as a text; empty if it is missing or something else.
std::string text(const Results& object, std::string_view key);
/// The member as a number; 0 if it is missing or something else.
double number(const Results& object, std::string_view key);
/// The member as a truth value; `otherwise` if it is missing or something else.
bool flag(const Results& object, std::string_view key, bool otherwise = false);
/// The member as an array; an empty one if it is missing or something else. Lives as long as `object`.
const Results& list(const Results& object, std::string_view key);

/// The recorded bodies of a run, by digest. Keeps references into the results.
class Bodies {
 public:
  explicit Bodies(const Results& results);

  /// At most `limit` bytes of the body's beginning; empty if it is not there.
  std::string beginning(const std::string& digest, std::size_t limit) const;
  bool has(const std::string& digest) const;
  /// How long the body was on the wire, in bytes; 0 if it is not there.
  std::uint64_t size(const std::string& digest) const;

 private:
  std::unordered_map<std::string_view, const Results*> bodies_;
};

/// A file that is no results of a run; the message names it, says why, and what to do.
class CannotRead : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The results saved in that file, or what the journal of a run that broke off comes to. Throws CannotRead.
Results load_results(const std::filesystem::path& path);

}  // namespace referee::reports
