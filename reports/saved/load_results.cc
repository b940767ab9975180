#include "reports/saved/load_results.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/saved/journal.h"
#include "reports/saved/parse_document.h"
#include "reports/saved/read_results.h"
#include "reports/saved/results_json.h"

namespace referee::reports {

namespace {

CannotRead refusal(const std::filesystem::path& path, std::string_view why) {
  return CannotRead(fmt::format("{}: {}. Give the results.json of a run's --report-dir.", path.string(), why));
}

}  // namespace

Results load_document(const std::filesystem::path& path) {
  const auto bytes = bytes_of(path);  // what is read from a pipe cannot be read twice
  if (!bytes) throw refusal(path, "cannot be opened");
  return load_document(*bytes, path);
}

Results load_document(const std::string& bytes, const std::filesystem::path& path) {
  const auto refuse = [&](std::string_view why) { return refusal(path, why); };
  if (const auto broken_off = run_of_journal(bytes)) return results_json(*broken_off);
  auto document = parse_document(bytes);
  if (!document)
    throw refuse("is not a file of results: it is not JSON, was cut short, or is too large or too deeply nested");
  const std::string schema = text(*document, "schema");
  if (!version_named(schema)) {
    throw refuse(fmt::format("has the schema '{}', and this Referee reads '{}' and '{}'", schema.substr(0, 100),
                             name(Version::k1_1), name(Version::k1)));
  }
  if (!member(*document, "checks").is_array()) throw refuse("has no checks");
  return *std::move(document);
}

SavedRun load_results(const std::filesystem::path& path) { return run_of(load_document(path), path); }

SavedRun run_of(const Results& document, const std::filesystem::path& path) {
  try {
    return run_of(document);
  } catch (const CannotRead& refused) {
    throw CannotRead(fmt::format("{}: {}", path.string(), refused.what()));
  }
}

}  // namespace referee::reports
