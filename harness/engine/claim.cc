#include "harness/engine/claim.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "harness/engine/wording/wording.h"

namespace referee::engine {
namespace {

thread_local ClaimCollector* collector = nullptr;

// Unit separators keep the mark apart from anything that a registry's text could hold after printing.
constexpr std::string_view kOpen =
    "\x1f"
    "grade=";
constexpr std::string_view kClose = "\x1f";

// GoogleTest shows where a text is in memory before the text itself: "0x55a4f476f76c pointing to "x"".
std::string without_addresses(std::string text) {
  static constexpr std::string_view kPointing = " pointing to ";
  for (auto at = text.find(kPointing); at != std::string::npos; at = text.find(kPointing, at)) {
    const auto begin = text.rfind("0x", at);
    const bool is_address =
        begin != std::string::npos && begin + 2 < at && text.find_first_not_of("0123456789abcdef", begin + 2) == at;
    if (is_address) {
      text.erase(begin, at + kPointing.size() - begin);
      at = begin;
    } else {
      at += kPointing.size();
    }
  }
  return text;
}

// GoogleTest names the C++ types of what it compared, which readers of reports have no use for.
std::string without_types(std::string text) {
  static constexpr std::string_view kLabel = " (of type ";
  for (auto at = text.find(kLabel); at != std::string::npos; at = text.find(kLabel, at)) {
    std::size_t end = at + kLabel.size();
    for (int open = 1; end < text.size() && open > 0; ++end) open += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
    text.erase(at, end - at);
  }
  return text;
}

std::string cleaned(std::string text) { return without_types(without_addresses(std::move(text))); }

// What came, and what the matcher adds to it unless the value shows that already.
std::string actual_of(const std::string& printed, const std::string& explanation, std::string_view noun) {
  return came_in_words(cleaned(printed), cleaned(explanation), noun);
}

// A value that came with no exchange has 0.
void add_once(std::uint64_t sequence, std::vector<std::uint64_t>& sequences) {
  const bool known = std::ranges::find(sequences, sequence) != sequences.end();
  if (sequence != 0 && !known) sequences.push_back(sequence);
}

}  // namespace

std::string graded(spec::Verdict verdict) {
  return std::string(kOpen) + std::string(spec::name(verdict)) + std::string(kClose);
}

std::optional<spec::Verdict> take_grade(std::string& message) {
  for (const auto verdict : {spec::Verdict::kInfo, spec::Verdict::kWarn, spec::Verdict::kFail}) {
    const std::string mark = graded(verdict);
    const auto at = message.rfind(mark);
    if (at == std::string::npos) continue;
    message.erase(at, mark.size());
    return verdict;
  }
  return std::nullopt;
}

std::string Mismatch::text() const { return "Expected: " + expected + "\n  Actual: " + actual; }

std::string Mismatch::why_not_due() const {
  return is_sentence ? actual : fmt::format("the rule is about {}; got {}", expected, actual);
}

std::string Mismatch::why_blocked() const {
  return is_sentence ? actual : fmt::format("the check needs {} before it can judge; got {}", expected, actual);
}

struct MismatchParts::Streams {
  std::ostringstream expected;
  ::testing::StringMatchResultListener explanation;
};

MismatchParts::MismatchParts() : streams_(std::make_unique<Streams>()) {}
MismatchParts::~MismatchParts() = default;

std::ostream* MismatchParts::expected() { return &streams_->expected; }
::testing::MatchResultListener* MismatchParts::explanation() { return &streams_->explanation; }

Mismatch MismatchParts::with(const std::string& printed, std::string_view noun, std::vector<std::uint64_t> exchanges) {
  return {.expected = in_words(cleaned(streams_->expected.str()), noun),
          .actual = actual_of(printed, streams_->explanation.str(), noun),
          .exchanges = std::move(exchanges)};
}

Mismatch MismatchParts::named(const std::string& printed, const std::string& name, bool several,
                              std::vector<std::uint64_t> exchanges) {
  auto parts = with(printed, name, std::move(exchanges));
  if (!several) {
    parts.expected = named_in_words(name, parts.expected);
    parts.actual = named_in_words(name, parts.actual);
  } else {
    if (printed != "{}") parts.actual = listed_in_words(name, parts.actual);
    if (parts.expected.starts_with('"')) parts.expected = listed_in_words(name, parts.expected);
  }
  return parts;
}

void add_exchanges_of(const http::Response& response, std::vector<std::uint64_t>& sequences) {
  add_once(response.sequence, sequences);
}

void add_exchanges_of(const Entry& entry, std::vector<std::uint64_t>& sequences) {
  add_once(entry.sequence, sequences);
}

void add_exchanges_of(const Page& page, std::vector<std::uint64_t>& sequences) {
  add_exchanges_of(page.response, sequences);
}

void add_exchanges_of(const Listing& listing, std::vector<std::uint64_t>& sequences) {
  for (const auto& page : listing.pages) add_exchanges_of(page, sequences);
}

::testing::AssertionResult violated(const char* expression, Mismatch mismatch) {
  const std::string text = std::string("Value of: ") + expression + "\n" + mismatch.text();
  if (collector != nullptr) {
    if (mismatch.exchanges.empty()) {
      if (const auto last = collector->last_exchange_()) mismatch.exchanges.push_back(last);
    }
    collector->kept_.push_back({text, std::move(mismatch)});
  }
  return ::testing::AssertionFailure() << text;
}

ClaimCollector::ClaimCollector(std::function<std::uint64_t()> last_exchange)
    : last_exchange_(std::move(last_exchange)), outer_(collector) {
  collector = this;
}

ClaimCollector::~ClaimCollector() { collector = outer_; }

std::optional<ClaimCollector::Taken> ClaimCollector::take(const std::string& message) {
  const auto told = std::ranges::find_if(kept_, [&](const Kept& kept) { return message.starts_with(kept.text); });
  if (told == kept_.end()) return std::nullopt;
  auto note = message.substr(told->text.size());
  if (note.starts_with('\n')) note.erase(0, 1);
  Taken taken{std::move(told->parts), std::move(note)};
  kept_.erase(told);
  return taken;
}

}  // namespace referee::engine
