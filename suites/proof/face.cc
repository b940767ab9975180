#include "suites/proof/face.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "harness/engine/run_check.h"
#include "harness/engine/session.h"

namespace referee::proof {
namespace {

using engine::Outcome;

class CheckTest : public ::testing::Test {
 public:
  CheckTest(Face& face, const engine::Check& check, spec::Edition edition)
      : face_(face), check_(check), edition_(edition) {}

  void TestBody() override {
    const auto result = face_.run(check_, edition_);
    RecordProperty("requirement", std::string(result.requirement.text()));
    RecordProperty("outcome", engine::name(result.outcome));
    switch (result.outcome) {
      case Outcome::kPassed:
        return;
      case Outcome::kSkipped:
      case Outcome::kBlocked:
        GTEST_SKIP() << engine::name(result.outcome) << ": " << result.reason;
      case Outcome::kError:
        FAIL() << result.reason;
      case Outcome::kWarned:
      case Outcome::kNoted:
        std::cout << engine::name(result.outcome) << ": " << result.reason << '\n';
        return;
      case Outcome::kFailed:
        for (const auto& finding : result.findings)
          ADD_FAILURE_AT(finding.file.c_str(), finding.line) << finding.message;
    }
  }

 private:
  Face& face_;
  const engine::Check& check_;
  spec::Edition edition_;
};

}  // namespace

Face::Face(http::Transport& transport, http::Clock& clock, engine::Settings settings)
    : settings_(std::move(settings)),
      wire_{.transport = transport, .clock = clock, .bodies = bodies_, .sequence = sequence_} {}

const engine::Capabilities& Face::capabilities() {
  if (!capabilities_) {
    engine::Session session(wire_, settings_, nullptr, spec::Edition::kOci111, "detection", 0);
    capabilities_ = std::make_unique<engine::Capabilities>(engine::detect(session));
    session.clean_up();
  }
  return *capabilities_;
}

engine::CheckResult Face::run(const engine::Check& check, spec::Edition edition) {
  capabilities();
  const std::string identity = fmt::format("{}/{}", spec::name(edition), check.id());
  engine::Session session(wire_, settings_, capabilities_.get(), edition, identity, ++number_);
  auto result = engine::run_check(check, session);
  session.clean_up();
  return result;
}

std::string suite_name(spec::Edition edition, const std::string& suite) {
  std::string name(spec::name(edition));
  std::ranges::replace_if(
      name, [](char c) { return c == '-' || c == '.'; }, '_');
  return name + "/" + suite;
}

void register_tests(Face& face, const std::vector<spec::Edition>& editions) {
  for (const auto edition : editions) {
    for (const auto& check : engine::all_checks()) {
      if (check.traits.existing || !spec::requirement(check.requirement).in(edition)) continue;
      const std::string suite = suite_name(edition, check.suite);
      const std::string requirement(check.requirement.text());
      ::testing::RegisterTest(
          suite.c_str(), check.name.c_str(), nullptr, requirement.c_str(), check.file, check.line,
          [&face, &check, edition]() -> ::testing::Test* { return new CheckTest(face, check, edition); });
    }
  }
}

}  // namespace referee::proof
