// Puts the rules of the model on the list of those that every run judges by.
#include "suites/model/rules.h"

#include "harness/engine/check.h"
#include "suites/model/exchanges.h"
#include "suites/model/history.h"

namespace referee::walks {
namespace {

bool add_rules() {
  for (const auto& rule : model::rules()) {
    engine::add_exchange_rule({.suite = rule.suite(),
                               .name = rule.name,
                               .requirement = rule.requirement,
                               .file = __FILE__,
                               .line = __LINE__,
                               .body = nullptr,
                               .judge = &model::judge_history});
    if (!model::binds_checks(rule)) continue;
    engine::add_exchange_rule({.suite = rule.suite_of_checks(),
                               .name = rule.name,
                               .requirement = rule.requirement,
                               .file = __FILE__,
                               .line = __LINE__,
                               .body = nullptr,
                               .judge = &model::judge_exchanges,
                               .whole_run = true});
  }
  return true;
}

[[maybe_unused]] const bool kRulesAdded = add_rules();

}  // namespace
}  // namespace referee::walks
