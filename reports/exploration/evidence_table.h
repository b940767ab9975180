// The evidence of an exploration for a page: exchanges as short lists of numbers that point into tables.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/http/record/transcript.h"
#include "reports/saved/results.h"

namespace referee::reports {

/// How much of the evidence is shown.
struct EvidenceCaps {
  std::size_t exchanges = 40;  // of one answer
  std::size_t body = 4'000;    // bytes
  std::size_t line = 2'000;    // bytes of a URL or a header
  std::size_t headers = 30;    // of one message

  EvidenceCaps tighter() const;
  bool least() const { return exchanges <= 2 && body < 200; }
};

class EvidenceTable {
 public:
  explicit EvidenceTable(const EvidenceCaps& caps) : caps_(caps) {}

  /// The exchanges of a saved observation at the registry with those bodies: the first quarter of those that fit, and
  /// the last ones. One that says the same as that before it is counted there. Each is a list:
  ///   [sequence, times, method, URL, status or fault, seconds, request headers, request body, response headers, body]
  /// where method, URL, fault and headers are numbers of texts, bodies numbers of bodies, and null is nothing; a number
  /// alone stands for that many exchanges that are left out.
  Results exchanges(const Results& list, const std::map<std::string, http::RecordedBody>& bodies, std::size_t most);

  /// The texts and the bodies that the lists point to. Bodies: {"digest", "size", "text", "shown"} or with "hex".
  Results texts() const { return texts_; }
  Results bodies() const { return bodies_; }

 private:
  Results one(const Results& exchange, std::size_t times, const std::map<std::string, http::RecordedBody>& bodies);
  Results headers(const Results& message);
  Results text(std::string_view text);
  Results body(const std::string& digest, const std::map<std::string, http::RecordedBody>& bodies);

  EvidenceCaps caps_;
  Results texts_ = Results::array();
  Results bodies_ = Results::array();
  std::map<std::string, std::size_t, std::less<>> known_texts_;
  std::map<std::string, std::size_t> known_bodies_;
};

}  // namespace referee::reports
