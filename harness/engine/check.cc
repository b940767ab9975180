#include "harness/engine/check.h"

#include <algorithm>
#include <stdexcept>

namespace referee::engine {
namespace {

// Initialisers of other files fill it, so it is made on first use; sorted when first read.
std::vector<Check>& checks() {
  static std::vector<Check> list;
  return list;
}
std::vector<ExchangeRule>& rules() {
  static std::vector<ExchangeRule> list;
  return list;
}

template <typename Item>
const std::vector<Item>& sorted(std::vector<Item>& list) {
  std::ranges::sort(list, {}, [](const Item& item) { return item.id(); });
  return list;
}

}  // namespace

const std::vector<Check>& all_checks() {
  static const std::vector<Check>& list = sorted(checks());
  return list;
}

const std::vector<ExchangeRule>& all_exchange_rules() {
  static const std::vector<ExchangeRule>& list = sorted(rules());
  return list;
}

bool add_check(Check check) {
  const auto same = [&](const Check& other) { return other.suite == check.suite && other.name == check.name; };
  if (std::ranges::any_of(checks(), same)) throw std::logic_error("two checks are called " + check.id());
  checks().push_back(std::move(check));
  return true;
}

bool add_exchange_rule(ExchangeRule rule) {
  rules().push_back(std::move(rule));
  return true;
}

}  // namespace referee::engine
