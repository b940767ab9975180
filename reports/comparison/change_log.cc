#include "reports/comparison/change_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/formats/html_page.h"
#include "reports/plain_text.h"
#include "reports/prose.h"

namespace referee::reports {

extern const HtmlTemplate kChangeLogTemplate;

namespace {

std::string_view name(Change change) {
  switch (change) {
    case Change::kBetter:
      return "better";
    case Change::kWorse:
      return "worse";
    case Change::kOther:
      break;
  }
  return "other";
}

// From the first column to the last; what says the same as the one before it is not repeated.
std::string steps(const Difference& difference) {
  std::string text;
  const std::string* before = nullptr;
  for (const auto& value : difference.values) {
    if (before != nullptr && *before == value) continue;
    text += (before == nullptr ? "" : " → ") + (value.empty() ? std::string("not asked") : inert_markdown(value));
    before = &value;
  }
  return text;
}

}  // namespace

Results change_log_json(const Comparison& comparison) {
  Results columns = Results::array();
  for (const auto& column : comparison.columns) columns.push_back(valid_utf8(column));
  Results json = {{"schema", kComparisonSchema}, {"columns", std::move(columns)},
                  {"same", comparison.same},     {"not_compared", comparison.alone},
                  {"entries", Results::array()}, {"differences", Results::array()}};
  for (const auto entry : entries_in(comparison)) {
    const auto count = std::ranges::count(comparison.differences, entry, log_entry_of);
    json["entries"].push_back({{"title", heading_of(entry)}, {"count", count}});
  }
  for (const auto& one : comparison.differences) {
    Results values = Results::array();
    for (const auto& value : one.values) values.push_back(value.empty() ? Results() : Results(valid_utf8(value)));
    json["differences"].push_back({{"kind", one.probe ? "probe" : "requirement"},
                                   {"id", valid_utf8(one.id)},
                                   {"edition", valid_utf8(one.edition)},
                                   {"about", valid_utf8(one.about)},
                                   {"entry", heading_of(log_entry_of(one))},
                                   {"change", name(one.change)},
                                   {"values", std::move(values)}});
  }
  return json;
}

std::string change_log_markdown(const Comparison& comparison) {
  std::string text = "# What changed\n\n";
  for (std::size_t i = 0; i < comparison.columns.size(); ++i) {
    const auto* label = i == 0 ? "From" : i + 1 == comparison.columns.size() ? "To" : "Over";
    text += fmt::format("- {}: {}\n", label, inert_markdown(comparison.columns[i]));
  }
  text += "\n";
  for (const auto entry : entries_in(comparison)) {
    const auto count = std::ranges::count(comparison.differences, entry, log_entry_of);
    text += fmt::format("## {} ({})\n\n", heading_of(entry), count);
    for (const auto& one : comparison.differences) {
      if (log_entry_of(one) != entry) continue;
      text += fmt::format("- **{}**, {}: {}\n", inert_markdown(one.id), inert_markdown(one.edition), steps(one));
      if (!one.about.empty()) text += fmt::format("  {}\n", prose_in_markdown(one.about));
    }
    text += "\n";
  }
  if (comparison.differences.empty()) text += "Nothing that both have differs.\n\n";
  text += fmt::format("{} the same", comparison.same);
  if (comparison.alone > 0) text += fmt::format(", {} not compared, which only one has", comparison.alone);
  return text + ".\n";
}

std::string change_log_html(const Comparison& comparison) {
  return html_page(kChangeLogTemplate, change_log_json(comparison));
}

}  // namespace referee::reports
