// Checks are values: a name, one requirement, a body. CONFORMANCE_TEST makes one and puts it on the list.
//
//   CONFORMANCE_TEST(Filtering, NamesTheFilterItApplied, "oci.referrers.filter.header"_requirement) {
//     const auto subject = push(image());
//     const auto sbom = push(artifact(kSbom).refers_to(subject));
//     push(artifact(kSignature).refers_to(subject));
//     const auto filtered = list_all(subject, kSbom.text);
//     APPLIES_IF(filtered, ListsExactly(sbom));
//     EXPECT_THAT(filtered.pages, Each(HasHeader(oci::kFiltersHeader)));
//   }
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/engine/claim.h"
#include "harness/engine/conversation.h"
#include "harness/engine/history.h"
#include "harness/spec/requirement.h"

namespace referee::engine {

/// What a check needs apart from its requirement's gates.
struct CheckTraits {
  bool whole_repository = false;  // it claims something about all of a repository: a used one will not do
  bool long_running = false;      // only with --long
  bool heavy = false;             // moves megabytes: the proof of defects leaves it out where it has no part in them
  bool existing = false;          // judges content that is there; runs where nothing is written, and only there
  bool exclusive = false;         // runs alone, after all others: it changes the target for everyone
  bool collects = false;          // calls collect() or throughout(): with --gc-hook such checks take turns
  bool walk = false;              // asks at random, for rules that look back on its session; begins before all others
};

/// One way to find out whether a requirement is kept. Runs once in each edition in which the requirement exists.
struct Check {
  std::string suite;
  std::string name;
  spec::RequirementId requirement;
  CheckTraits traits;
  const char* file;
  int line;
  void (*body)(Session&);
  void (*later)(Session&) = nullptr;  // may be null; looks again once all other checks have run

  std::string id() const { return suite + "." + name; }
};

/// What a rule may know apart from the exchange itself.
struct RuleContext {
  const http::BodyStore& bodies;
  const std::string& target;                 // the base URL
  std::optional<spec::RequirementId> owner;  // of the check that made the exchange; nothing for detection and cleanup

  /// Whether the target was asked, on whatever path.
  bool is_of_target(const http::Exchange& exchange) const { return exchange.request.url.starts_with(target + "/"); }
  /// Whether the target was asked by the API of distribution-spec: what it says elsewhere has other forms.
  bool is_of_api(const http::Exchange& exchange) const { return exchange.request.url.starts_with(target + "/v2/"); }
};

/// A rule that the exchanges of a run must keep, whichever check made them. Either one by one: the body
/// may use claims and APPLIES_IF (an exchange to which the rule does not apply), and must not talk to the registry. Or
/// all exchanges of a session together: then a judge, which several rules share, judges them.
struct ExchangeRule {
  std::string suite;
  std::string name;
  spec::RequirementId requirement;
  const char* file;
  int line;
  void (*body)(const http::Exchange& exchange, const RuleContext& context);
  HistoryJudge judge = nullptr;  // set: body is not
  bool whole_run = false;        // the judge looks at what all checks exchanged, not only at the walks

  std::string id() const { return suite + "." + name; }
};

/// All checks and rules that are linked in, sorted by id.
const std::vector<Check>& all_checks();
const std::vector<ExchangeRule>& all_exchange_rules();

/// Called by the macros while the program starts.
bool add_check(Check check);
bool add_exchange_rule(ExchangeRule rule);

template <typename Body>
bool add_check_of(const char* suite, const char* name, const char* file, int line, spec::RequirementId requirement,
                  CheckTraits traits = {}) {
  return add_check({suite, name, requirement, traits, file, line, [](Session& session) { Body(session).body(); }});
}

}  // namespace referee::engine

/// Declares a check on a class of one's own that derives from Conversation and inherits its constructor.
#define CONFORMANCE_TEST_F(Fixture, Suite, Name, ...)                                                  \
  namespace {                                                                                          \
  struct Suite##_##Name final : Fixture {                                                              \
    using Base = Fixture;                                                                              \
    using Base::Base;                                                                                  \
    void body();                                                                                       \
  };                                                                                                   \
  [[maybe_unused]] const bool k##Suite##_##Name =                                                      \
      ::referee::engine::add_check_of<Suite##_##Name>(#Suite, #Name, __FILE__, __LINE__, __VA_ARGS__); \
  }                                                                                                    \
  void Suite##_##Name::body()

/// Declares a check: suite, name, requirement, and CheckTraits where it needs any.
#define CONFORMANCE_TEST(Suite, Name, ...) CONFORMANCE_TEST_F(::referee::engine::Conversation, Suite, Name, __VA_ARGS__)

/// Declares a rule on every exchange: the body sees `exchange` and `context`.
#define EXCHANGE_RULE(Suite, Name, Requirement)                                                                       \
  static void Suite##_##Name##_rule(const ::referee::http::Exchange&, const ::referee::engine::RuleContext&);         \
  [[maybe_unused]] static const bool k##Suite##_##Name##_rule =                                                       \
      ::referee::engine::add_exchange_rule({#Suite, #Name, Requirement, __FILE__, __LINE__, &Suite##_##Name##_rule}); \
  static void Suite##_##Name##_rule([[maybe_unused]] const ::referee::http::Exchange& exchange,                       \
                                    [[maybe_unused]] const ::referee::engine::RuleContext& context)
