// What may be seen at a time: a value that changes by requests, each change visible to a reader within the settle time.
#pragma once

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "harness/http/clock.h"

namespace referee::model {

/// When something was asked: from the sending of the request to the end of its answer.
struct Span {
  http::WallTime from;
  http::WallTime until;
};

/// The history of one value. A read may lawfully show what held before a change until the change has settled, and what
/// holds after it from the moment the changing request was sent.
template <typename Value>
class Timeline {
 public:
  explicit Timeline(Value first) { changes_.push_back({std::move(first), {}}); }

  /// The value changes during that time.
  void set(Value value, Span when) { changes_.push_back({std::move(value), when}); }

  /// The values that a read at that time may show, oldest first, each once.
  std::vector<Value> possible(Span read, std::chrono::milliseconds settle) const {
    std::size_t first = 0;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      if (i == 0 || changes_[i].when.until + settle <= read.from) first = i;
    }
    std::vector<Value> values;
    for (std::size_t i = first; i < changes_.size(); ++i) {
      if (i > first && changes_[i].when.from > read.until) continue;
      if (std::ranges::find(values, changes_[i].value) == values.end()) values.push_back(changes_[i].value);
    }
    return values;
  }

  /// Whether a read at that time can only show this.
  bool only(const Value& value, Span read, std::chrono::milliseconds settle) const {
    const auto values = possible(read, settle);
    return values.size() == 1 && values.front() == value;
  }

  const Value& last() const { return changes_.back().value; }
  std::size_t changes() const { return changes_.size() - 1; }

 private:
  struct Change {
    Value value;
    Span when;
  };
  std::vector<Change> changes_;
};

}  // namespace referee::model
