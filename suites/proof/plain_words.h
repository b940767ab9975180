// Whether the texts of a run read plainly: a registry engineer who knows no C++ and no matcher reads them.
//
//   for (const auto& text : texts_of(result)) EXPECT_EQ(unplain(text), "") << text.words;
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/engine/result.h"

namespace referee::proof {

/// Which part of a result a text is.
enum class Part : std::uint8_t { kReason, kExpected, kActual, kNote };
std::string_view name(Part part);  // "reason", "expected", "got", "note"

struct Text {
  Part part = Part::kReason;
  std::string words;
};

/// Every text of the result that a report shows. The reason is among them where it is not made of a finding.
std::vector<Text> texts_of(const engine::CheckResult& result);

/// What in the text is not plain, quoted; empty if nothing.
std::string unplain(const Text& text);

/// A line for each text of the result that is not plain: which part, what is wrong, and the text.
std::vector<std::string> unplain_texts(const engine::CheckResult& result);

}  // namespace referee::proof
