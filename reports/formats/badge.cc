#include "reports/formats/badge.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace referee::reports {
namespace {

std::string message_of(const Results& results) {
  const auto verdict = text(results, "verdict");
  const Results& counts = member(results, "counts");
  if (verdict == "non-conformant") {
    const double failed = number(counts, "failed") + (flag(results, "strict_should") ? number(counts, "warned") : 0);
    return fmt::format("{:.0f} failed", failed);
  }
  if (verdict != "conformant") return flag(results, "complete", true) ? "not judged" : "incomplete";
  std::string editions;
  for (const auto& [edition, judged] : member(results, "editions").items()) {
    if (text(judged, "verdict") == "conformant") editions += (editions.empty() ? "" : ", ") + edition;
  }
  return editions.empty() ? verdict : editions;
}

}  // namespace

std::string badge(const Results& results) {
  const auto verdict = text(results, "verdict");
  const char* color = verdict == "conformant" ? "brightgreen" : verdict == "non-conformant" ? "red" : "lightgrey";
  const Results json = {
      {"schemaVersion", 1}, {"label", "referrers"}, {"message", message_of(results)}, {"color", color}};
  return json.dump(-1, ' ', false, Results::error_handler_t::replace) + "\n";
}

}  // namespace referee::reports
