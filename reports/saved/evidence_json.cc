#include "reports/saved/evidence_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/oci/base64.h"
#include "harness/oci/digest.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

Results headers_json(const std::vector<http::HeaderLine>& lines) {
  Results json = Results::array();
  for (const auto& line : lines) json.push_back(Results::array({valid_utf8(line.name), valid_utf8(line.value)}));
  return json;
}

// Clock time with a fraction of that many digits (a power of ten in ticks of Precision).
template <typename Precision>
std::string rfc3339_to(http::WallTime time, int digits) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<Precision>(time - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:0{}}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count(), digits);
}

// To the microsecond: who judges again has to know on which side of a deadline an answer came.
Results instant_json(http::WallTime time) {
  if (time == http::WallTime()) return nullptr;
  return rfc3339_to<std::chrono::microseconds>(time, 6);
}

Results unsealed_json(const http::Exchange& exchange) {
  Results request = {{"method", valid_utf8(exchange.request.method)},
                     {"url", valid_utf8(exchange.request.url)},
                     {"headers", headers_json(exchange.request.headers)}};
  if (!exchange.request.body_digest.empty()) request["body"] = exchange.request.body_digest;
  if (!exchange.request.whole) request["cut"] = true;
  Results json = {{"sequence", exchange.sequence}, {"lane", exchange.lane},
                  {"attempt", exchange.attempt},   {"started", instant_json(exchange.started)},
                  {"seconds", exchange.seconds},   {"request", std::move(request)}};
  if (!exchange.response) {
    json["fault"] = valid_utf8(exchange.fault);
    return json;
  }
  Results response = {{"status", exchange.response->status},
                      {"reason", valid_utf8(exchange.response->reason)},
                      {"headers", headers_json(exchange.response->headers)}};
  if (!exchange.response->body_digest.empty()) response["body"] = exchange.response->body_digest;
  if (!exchange.response->whole) response["cut"] = true;
  json["response"] = std::move(response);
  return json;
}

Results exchange_json(const http::Exchange& exchange) {
  Results json = unsealed_json(exchange);
  json["sha256"] = oci::sha256_hex(json.dump());
  return json;
}

}  // namespace

Results texts_json(const std::vector<std::string>& texts) {
  Results json = Results::array();
  for (const auto& each : texts) json.push_back(valid_utf8(each));
  return json;
}

Results texts_json(const std::map<std::string, std::string>& texts) {
  Results json = Results::object();
  for (const auto& [key, value] : texts) json[valid_utf8(key)] = valid_utf8(value);
  return json;
}

Results time_json(http::WallTime time) {
  if (time == http::WallTime()) return nullptr;
  return rfc3339(time);
}

Results exchanges_json(const std::vector<http::Exchange>& exchanges) {
  Results json = Results::array();
  for (const auto& exchange : exchanges) json.push_back(exchange_json(exchange));
  return json;
}

Results bodies_json(const std::map<std::string, http::RecordedBody>& bodies) {
  Results json = Results::object();
  // Straight into the vector: operator[] of an ordered object looks through all the keys that are already there.
  auto& members = json.get_ref<Results::object_t&>();
  for (const auto& [digest, body] : bodies) {
    Results kept = {{"base64", oci::base64_of(body.bytes)}, {"size", body.size}, {"capped", body.capped}};
    if (!body.deflated.empty()) kept["deflated"] = oci::base64_of(body.deflated);
    members.push_back({digest, std::move(kept)});
  }
  return json;
}

std::string rfc3339(http::WallTime time) { return rfc3339_to<std::chrono::milliseconds>(time, 3); }

std::string exchange_seal(Results exchange) {
  exchange.erase("sha256");
  return oci::sha256_hex(exchange.dump());
}

}  // namespace referee::reports
