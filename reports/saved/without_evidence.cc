#include "reports/saved/without_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace referee::reports {
namespace {

constexpr std::array<std::string_view, 3> kEvidence = {"exchanges", "run_exchanges", "bodies"};

// Builds the document as the library does. The value of a member of evidence becomes null, whatever is in it.
class SkimmingParser : public nlohmann::detail::json_sax_dom_parser<Results> {
  using Parser = nlohmann::detail::json_sax_dom_parser<Results>;

 public:
  SkimmingParser(Results& document, DocumentLimits limits) : Parser(document, false), limits_(limits) {}

  bool null() { return skips_value() || (count() && Parser::null()); }
  bool boolean(bool value) { return skips_value() || (count() && Parser::boolean(value)); }
  bool number_integer(number_integer_t value) { return skips_value() || (count() && Parser::number_integer(value)); }
  bool number_unsigned(number_unsigned_t value) { return skips_value() || (count() && Parser::number_unsigned(value)); }
  bool number_float(number_float_t value, const string_t& text) {
    return skips_value() || (count() && Parser::number_float(value, text));
  }
  bool string(string_t& value) { return skips_value() || (count() && Parser::string(value)); }
  bool start_object(std::size_t size) { return begins() && (skipped_ > 0 || (count() && Parser::start_object(size))); }
  bool start_array(std::size_t size) { return begins() && (skipped_ > 0 || (count() && Parser::start_array(size))); }
  bool end_object() { return ends() || Parser::end_object(); }
  bool end_array() { return ends() || Parser::end_array(); }
  bool key(string_t& name) {
    if (skipped_ > 0) return true;
    skips_next_ = std::ranges::find(kEvidence, name) != kEvidence.end();
    return Parser::key(name) && (!skips_next_ || Parser::null());
  }

 private:
  bool count() { return ++values_ <= limits_.values; }

  bool skips_value() {
    if (skipped_ > 0) return true;
    return std::exchange(skips_next_, false);
  }

  bool begins() {
    if (skipped_ > 0 || std::exchange(skips_next_, false)) ++skipped_;
    return ++depth_ <= limits_.depth;
  }

  // Whether what ends was skipped.
  bool ends() {
    --depth_;
    if (skipped_ == 0) return false;
    --skipped_;
    return true;
  }

  DocumentLimits limits_;
  std::size_t values_ = 0;
  std::size_t depth_ = 0;
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
