// A comparison as a change log, for people (Markdown, HTML) and programs (JSON).
#pragma once

#include <string>
#include <string_view>

#include "reports/comparison/comparison.h"
#include "reports/saved/results.h"

namespace referee::reports {

inline constexpr std::string_view kComparisonSchema = "referee-comparison/1";

/// In the shape of reports/schema/comparison.schema.json.
Results change_log_json(const Comparison& comparison);
/// What breaks now comes first; texts from elsewhere are inert.
std::string change_log_markdown(const Comparison& comparison);
/// A self-contained page.
std::string change_log_html(const Comparison& comparison);

}  // namespace referee::reports
