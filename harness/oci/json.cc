#include "harness/oci/json.h"

#include <fmt/format.h>

#include <array>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "harness/oci/json_text.h"

namespace referee::oci {
namespace {

using nlohmann::json;

constexpr std::size_t kMostFaults = 16;
constexpr std::size_t kLongestError = 300;

void note(std::vector<std::string>& faults, std::string fault) {
  if (faults.size() < kMostFaults) faults.push_back(std::move(fault));
}

bool is_integer_text(std::string_view text) { return text.find_first_of(".eE") == std::string_view::npos; }

// The library's message without its own numbering, short enough for a report.
std::string plain(std::string message) {
  if (const auto end = message.find("] "); message.starts_with('[') && end != std::string::npos) {
    message.erase(0, end + 2);
  }
  if (message.size() > kLongestError) message = repair_utf8(message.substr(0, kLongestError)).text + "...";
  return message;
}

// Builds the value and notes on the way what the library would pass over in silence.
class Builder : public nlohmann::json_sax<json> {
 public:
  Builder(const JsonLimits& limits, std::vector<std::string>& faults) : limits_(limits), faults_(faults) {}

  bool null() override { return add(json(nullptr)); }
  bool boolean(bool value) override { return add(json(value)); }
  bool number_integer(number_integer_t value) override { return add(json(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(json(value)); }
  bool number_float(number_float_t value, const string_t& text) override {
    if (is_integer_text(text)) {
      note(faults_, fmt::format("the integer {} does not fit into 64 bits", plain(text)));
    }
    return add(json(value));
  }
  bool string(string_t& value) override { return add(json(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override {
    if (open_.back()->contains(value)) {
      note(faults_, fmt::format("an object has the name {} more than once", plain(dump_json(json(value)))));
    }
    key_ = std::move(value);
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    error_ = plain(error.what());
    return false;
  }

  const std::string& error() const { return error_; }
  json take() { return std::move(root_); }

 private:
  bool open(json value) {
    if (open_.size() == limits_.depth) {
      error_ = fmt::format("nested deeper than {} levels", limits_.depth);
      return false;
    }
    if (!count()) return false;
    open_.push_back(place(std::move(value)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  bool count() {
    if (++values_ > limits_.values) error_ = fmt::format("more than {} values", limits_.values);
    return values_ <= limits_.values;
  }

  bool add(json value) {
    if (!count()) return false;
    place(std::move(value));
    return true;
  }

  // Elements of an array may move when it grows, but only the last one is ever open, and it grows no more by then.
  json* place(json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    json& member = parent[key_];
    member = std::move(value);
    return &member;
  }

  JsonLimits limits_;
  std::size_t values_ = 0;
  std::vector<std::string>& faults_;
  json root_;
  std::vector<json*> open_;
  std::string key_;
  std::string error_;
};

JsonReading failure(std::string error) { return {nullptr, std::move(error), {}}; }

JsonReading read(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.bytes) return failure(fmt::format("longer than {} bytes", limits.bytes));
  // The library takes a NUL byte for the end of the text and would not see what follows.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return failure(fmt::format("a NUL byte at offset {}", nul));
  }
  JsonReading reading;
  if (text.starts_with("\xEF\xBB\xBF")) {
    note(reading.faults, "the text begins with a byte order mark");
    text.remove_prefix(3);
  }
  const auto invalid = count_invalid_utf8(text);
  if (invalid > 0) note(reading.faults, fmt::format("invalid UTF-8 in {} places", invalid));
  const auto lone = count_lone_surrogates(text);
  if (lone > 0) note(reading.faults, fmt::format("half of a surrogate pair in {} places", lone));
  std::string repaired;  // stays empty for a text that needs none, which may be long
  if (invalid + lone > 0) text = repaired = repair_surrogates(repair_utf8(text).text).text;

  Builder builder(limits, reading.faults);
  if (!json::sax_parse(text, &builder)) {
    return failure(builder.error().empty() ? "not JSON" : builder.error());
  }
  reading.value = std::make_shared<const json>(builder.take());
  return reading;
}

JsonReading read_or_fail(std::string_view text, JsonLimits limits) {
  try {
    return read(text, limits);
  } catch (const std::exception& error) {
    return failure(plain(error.what()));
  }
}

// The last texts that this thread read: a body is read by whoever asks something of it, one after the other.
class LastReadings {
 public:
  JsonReading of(std::string_view text) {
    for (auto& [known, reading] : kept_) {
      if (known == text && (reading.value || !reading.error.empty())) return reading;
    }
    auto& [known, reading] = kept_[next_++ % kept_.size()];
    known = text;
    reading = read_or_fail(text, {});
    return reading;
  }

 private:
  std::array<std::pair<std::string, JsonReading>, 4> kept_;
  std::size_t next_ = 0;
};

// Longer texts are read anew, so that what is kept stays small.
constexpr std::size_t kLongestKept = 16 << 10;

bool are_usual(const JsonLimits& limits) {
  constexpr JsonLimits kUsual;
  return limits.depth == kUsual.depth && limits.bytes == kUsual.bytes && limits.values == kUsual.values;
}

}  // namespace

JsonReading read_json(std::string_view text, JsonLimits limits) {
  if (!are_usual(limits) || text.size() > kLongestKept) return read_or_fail(text, limits);
  thread_local LastReadings last;
  return last.of(text);
}

std::string dump_json(const json& value, int indent) {
  return value.dump(indent, ' ', false, json::error_handler_t::replace);
}

}  // namespace referee::oci
