#include "harness/replay/target_part.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace referee::replay {
namespace {

bool is_at(const http::Exchange& exchange, const std::string& base) {
  return exchange.request.url.starts_with(base + "/");
}

// Which target each edition was judged at.
std::map<spec::Edition, std::size_t> targets_of_editions(const Evidence& evidence) {
  std::map<spec::Edition, std::size_t> targets;
  for (const auto& check : evidence.checks) {
    if (check.exchanges.empty()) continue;
    for (std::size_t i = 0; i < evidence.targets.size(); ++i) {
      if (is_at(check.exchanges.front(), evidence.targets[i])) targets.emplace(check.edition, i);
    }
  }
  return targets;
}

}  // namespace

std::vector<TargetPart> parts_of(const Evidence& evidence) {
  std::vector<TargetPart> parts(evidence.targets.size());
  if (parts.empty()) throw CannotRejudge("the results name no target");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].base = evidence.targets[i];
    for (const auto& exchange : evidence.run_exchanges) {
      if (parts.size() == 1 || is_at(exchange, parts[i].base)) parts[i].run_exchanges.push_back(exchange);
    }
    std::ranges::sort(parts[i].run_exchanges, {}, &http::Exchange::sequence);
  }
  const auto targets = targets_of_editions(evidence);
  for (std::size_t at = 0; at < evidence.checks.size(); ++at) {
    const auto target = targets.find(evidence.checks[at].edition);
    parts[target == targets.end() ? 0 : target->second].checks.push_back(at);
  }
  for (auto& part : parts) {
    std::ranges::stable_sort(part.checks, {}, [&](std::size_t at) {
      const auto& exchanges = evidence.checks[at].exchanges;
      return exchanges.empty() ? 0 : exchanges.front().sequence;
    });
  }
  return parts;
}

int session_number(const std::vector<http::Exchange>& exchanges, const engine::Settings& settings) {
  const auto mark = fmt::format("/{}/{}-", settings.prefix, settings.run_id);
  for (const auto& exchange : exchanges) {
    const auto& url = exchange.request.url;
    const auto at = url.find(mark);
    if (at == std::string::npos) continue;
    int number = 1;
    const char* digits = url.data() + at + mark.size();
    if (std::from_chars(digits, url.data() + url.size(), number).ec == std::errc()) return number;
  }
  return 1;
}

}  // namespace referee::replay
