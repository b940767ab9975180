// The reader of documents that may come from anyone.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "reports/saved/parse_document.h"

namespace referee::reports {

/// Builds the document as the library does, and stops at the first value beyond the limits.
class LimitedParser : public nlohmann::detail::json_sax_dom_parser<Results> {
  using Parser = nlohmann::detail::json_sax_dom_parser<Results>;

 public:
  LimitedParser(Results& document, DocumentLimits limits) : Parser(document, false), limits_(limits) {}

  bool null() { return count() && Parser::null(); }
  bool boolean(bool value) { return count() && Parser::boolean(value); }
  bool number_integer(number_integer_t value) { return count() && Parser::number_integer(value); }
  bool number_unsigned(number_unsigned_t value) { return count() && Parser::number_unsigned(value); }
  bool number_float(number_float_t value, const string_t& text) { return count() && Parser::number_float(value, text); }
  bool string(string_t& value) { return count() && Parser::string(value); }
  bool start_object(std::size_t size) { return deeper() && Parser::start_object(size); }
  bool start_array(std::size_t size) { return deeper() && Parser::start_array(size); }
  bool end_object() {
    --depth_;
    return Parser::end_object();
  }
  bool end_array() {
    --depth_;
    return Parser::end_array();
  }

 protected:
  /// The objects and arrays that are open.
  std::size_t depth() const { return depth_; }
  std::size_t greatest_depth() const { return limits_.depth; }

 private:
  bool count() { return ++values_ <= limits_.values; }
  bool deeper() { return count() && ++depth_ <= limits_.depth; }

  DocumentLimits limits_;
  std::size_t values_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace referee::reports
