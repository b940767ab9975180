#include "reports/exploration/evidence_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/plain_text.h"

namespace referee::reports {
namespace {

struct Counted {
  const Results* exchange;
  std::size_t times = 1;
};

bool says_the_same(const Results& a, const Results& b) {
  const auto& [asked_a, asked_b] = std::pair(member(a, "request"), member(b, "request"));
  const auto& [came_a, came_b] = std::pair(member(a, "response"), member(b, "response"));
  return text(asked_a, "method") == text(asked_b, "method") && text(asked_a, "url") == text(asked_b, "url") &&
         text(asked_a, "body") == text(asked_b, "body") && number(came_a, "status") == number(came_b, "status") &&
         text(came_a, "body") == text(came_b, "body") && text(a, "fault") == text(b, "fault");
}

std::vector<Counted> counted(const Results& exchanges) {
  std::vector<Counted> all;
  for (const auto& exchange : exchanges) {
    if (!all.empty() && says_the_same(*all.back().exchange, exchange)) {
      ++all.back().times;
    } else {
      all.push_back({&exchange});
    }
  }
  return all;
}

}  // namespace

EvidenceCaps EvidenceCaps::tighter() const {
  return {std::max<std::size_t>(2, exchanges * 3 / 4), std::max<std::size_t>(150, body * 2 / 3),
          std::max<std::size_t>(300, line * 2 / 3), std::max<std::size_t>(8, headers * 3 / 4)};
}

Results EvidenceTable::exchanges(const Results& list, const std::map<std::string, http::RecordedBody>& bodies,
                                 std::size_t most) {
  const auto all = counted(list);
  const std::size_t shown = std::min({all.size(), most, caps_.exchanges});
  const std::size_t head = shown == all.size() ? shown : shown / 4;
  const std::size_t tail = all.size() - (shown - head);
  Results json = Results::array();
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i < head || i >= tail) {
      if (left_out > 0) json.push_back(left_out);
      left_out = 0;
      json.push_back(one(*all[i].exchange, all[i].times, bodies));
    } else {
      left_out += all[i].times;
    }
  }
  return json;
}

Results EvidenceTable::one(const Results& exchange, std::size_t times,
                           const std::map<std::string, http::RecordedBody>& bodies) {
  const Results& request = member(exchange, "request");
  const Results& response = member(exchange, "response");
  const bool answered = response.is_object();
  return Results::array({static_cast<std::int64_t>(number(exchange, "sequence")), times,
                         text(reports::text(request, "method")), text(reports::text(request, "url")),
                         answered ? Results(static_cast<int>(number(response, "status")))
                                  : Results::array({text(reports::text(exchange, "fault"))}),
                         std::round(number(exchange, "seconds") * 10'000) / 10'000, headers(request),
                         body(reports::text(request, "body"), bodies), answered ? headers(response) : Results(),
                         answered ? body(reports::text(response, "body"), bodies) : Results()});
}

Results EvidenceTable::headers(const Results& message) {
  Results numbers = Results::array();
  for (const auto& line : list(message, "headers")) {
    if (numbers.size() == caps_.headers) break;
    if (!line.is_array() || line.size() != 2 || !line[0].is_string() || !line[1].is_string()) continue;
    numbers.push_back(text(line[0].get<std::string>() + ": " + line[1].get<std::string>()));
  }
  return numbers;
}

Results EvidenceTable::text(std::string_view text) {
  const auto [place, fresh] = known_texts_.try_emplace(std::string(text), texts_.size());
  if (fresh) texts_.push_back(capped(valid_utf8(text), caps_.line));
  return place->second;
}

Results EvidenceTable::body(const std::string& digest, const std::map<std::string, http::RecordedBody>& bodies) {
  if (digest.empty()) return {};
  const auto [place, fresh] = known_bodies_.try_emplace(digest, bodies_.size());
  if (!fresh) return place->second;
  Results json = {{"digest", digest}};
  const Bodies recorded(bodies);
  if (recorded.has(digest)) {
    json["size"] = recorded.size(digest);
    const auto beginning = recorded.beginning(digest, caps_.body);
    if (beginning.find('\0') != std::string::npos) {
      std::string hex;
      for (const unsigned char byte : beginning.substr(0, 32)) hex += fmt::format("{:02x} ", byte);
      json["hex"] = hex;
    } else {
      json["text"] = valid_utf8(beginning);
      json["shown"] = beginning.size();
    }
  }
  bodies_.push_back(std::move(json));
  return place->second;
}

}  // namespace referee::reports
