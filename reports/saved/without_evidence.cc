#include "reports/saved/without_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "reports/saved/limited_parser.h"

namespace referee::reports {
namespace {

constexpr std::array<std::string_view, 3> kEvidence = {"exchanges", "run_exchanges", "bodies"};

// The value of a member of evidence becomes null, whatever is in it.
class SkimmingParser : public LimitedParser {
 public:
  using LimitedParser::LimitedParser;

  bool null() { return skips_value() || LimitedParser::null(); }
  bool boolean(bool value) { return skips_value() || LimitedParser::boolean(value); }
  bool number_integer(number_integer_t value) { return skips_value() || LimitedParser::number_integer(value); }
  bool number_unsigned(number_unsigned_t value) { return skips_value() || LimitedParser::number_unsigned(value); }
  bool number_float(number_float_t value, const string_t& text) {
    return skips_value() || LimitedParser::number_float(value, text);
  }
  bool string(string_t& value) { return skips_value() || LimitedParser::string(value); }
  bool start_object(std::size_t size) { return skips() ? begins_skipped() : LimitedParser::start_object(size); }
  bool start_array(std::size_t size) { return skips() ? begins_skipped() : LimitedParser::start_array(size); }
  bool end_object() { return ends_skipped() || LimitedParser::end_object(); }
  bool end_array() { return ends_skipped() || LimitedParser::end_array(); }
  bool key(string_t& name) {
    if (skipped_ > 0) return true;
    skips_next_ = std::ranges::find(kEvidence, name) != kEvidence.end();
    return LimitedParser::key(name) && (!skips_next_ || LimitedParser::null());
  }

 private:
  bool skips() const { return skipped_ > 0 || skips_next_; }

  bool skips_value() { return skipped_ > 0 || std::exchange(skips_next_, false); }

  bool begins_skipped() {
    skips_next_ = false;
    return depth() + ++skipped_ <= greatest_depth();
  }

  bool ends_skipped() {
    if (skipped_ == 0) return false;
    --skipped_;
    return true;
  }

  std::size_t skipped_ = 0;  // how deep in what is skipped
  bool skips_next_ = false;
};

}  // namespace

std::optional<Results> parse_without_evidence(const std::filesystem::path& path, DocumentLimits limits) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw CannotRead(fmt::format("{} cannot be read: is the path right?", path.string()));
  Results document;
  SkimmingParser parser(document, limits);
  if (!Results::sax_parse(file, &parser)) return std::nullopt;
  return document;
}

}  // namespace referee::reports
