#include "reports/saved/evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "harness/http/record/deflate.h"
#include "harness/http/record/recording.h"
#include "harness/oci/base64.h"

namespace referee::reports {
namespace {

constexpr std::uint64_t kLargestBody = 64 << 20;  // as much as an exchange may return

std::vector<http::HeaderLine> headers_of(const Results& lines) {
  std::vector<http::HeaderLine> headers;
  for (const auto& line : lines) headers.push_back({line.at(0).get<std::string>(), line.at(1).get<std::string>()});
  return headers;
}

// Results of earlier versions say it by a mark in the text alone, and not at all of lines that were left out.
bool is_whole(const Results& head, const std::string& text, const std::vector<http::HeaderLine>& lines) {
  const auto is_cut = [](const http::HeaderLine& line) { return http::is_cut(line.name) || http::is_cut(line.value); };
  return !head.contains("cut") && !http::is_cut(text) && std::ranges::none_of(lines, is_cut);
}

http::Exchange exchange_of(const Results& json) {
  http::Exchange exchange;
  exchange.sequence = json.at("sequence").get<std::uint64_t>();
  exchange.lane = json.at("lane").get<std::uint32_t>();
  exchange.attempt = json.at("attempt").get<std::uint32_t>();
  exchange.started = instant_of(json.at("started"));
  exchange.seconds = json.at("seconds").get<double>();
  const auto& request = json.at("request");
  exchange.request = {request.at("method").get<std::string>(), request.at("url").get<std::string>(),
                      headers_of(request.at("headers")), text(request, "body")};
  exchange.request.whole = is_whole(request, exchange.request.url, exchange.request.headers);
  if (json.contains("response")) {
    const auto& response = json.at("response");
    exchange.response = {response.at("status").get<int>(), response.at("reason").get<std::string>(),
                         headers_of(response.at("headers")), text(response, "body")};
    exchange.response->whole = is_whole(response, exchange.response->reason, exchange.response->headers);
  } else {
    exchange.fault = json.at("fault").get<std::string>();
  }
  return exchange;
}

std::string decoded(const std::string& digest, const Results& body, std::string_view key) {
  auto bytes = oci::bytes_of_base64(text(body, key));
  if (!bytes) throw CannotRead(fmt::format("the body {} is not base64", digest));
  return *std::move(bytes);
}

}  // namespace

http::WallTime instant_of(const Results& json) {
  if (json.is_null()) return {};
  const auto written = json.is_string() ? json.get<std::string>() : "";
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  double second = 0;
  if (std::sscanf(written.c_str(), "%4d-%2u-%2uT%2d:%2d:%lfZ", &year, &month, &day, &hour, &minute, &second) != 6) {
    throw CannotRead(fmt::format("'{}' is not a time", written));
  }
  const std::chrono::sys_days date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
  return http::WallTime(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::microseconds(std::llround(second * 1e6));
}

std::vector<http::Exchange> exchanges_of(const Results& list) {
  std::vector<http::Exchange> exchanges;
  try {
    for (const auto& each : list) exchanges.push_back(exchange_of(each));
  } catch (const nlohmann::json::exception& broken) {
    throw CannotRead(fmt::format("an exchange is not as results have them: {}", broken.what()));
  }
  return exchanges;
}

http::RecordedBody recorded_body(const std::string& digest, const Results& body) {
  http::RecordedBody recorded{decoded(digest, body, "base64"),
                              static_cast<std::uint64_t>(std::clamp(number(body, "size"), 0.0, 1e15)),
                              flag(body, "capped")};
  if (body.contains("deflated")) recorded.deflated = decoded(digest, body, "deflated");
  return recorded;
}

http::RecordedBody whole_body(const std::string& digest, http::RecordedBody body) {
  if (body.deflated.empty() || body.size > kLargestBody) return body;
  auto whole = http::inflate(body.deflated, body.size);
  if (!whole) throw CannotRead(fmt::format("the body {} is not what it says of itself", digest));
  return {*std::move(whole), body.size, false};
}

std::map<std::string, http::RecordedBody> recorded_bodies(const Results& results) {
  std::map<std::string, http::RecordedBody> bodies;
  for (const auto& [digest, body] : member(results, "bodies").items()) bodies[digest] = recorded_body(digest, body);
  return bodies;
}

}  // namespace referee::reports
