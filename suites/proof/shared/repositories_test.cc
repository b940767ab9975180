// Runs in repositories that are shared: by all checks of a run, by several at a time, and by the runs before. The
// built-in registry is conformant there, what is left unjudged is what is recorded, and no two checks use one tag.
//
//   REFEREE_WRITE_GOLDEN=1 build/dev/shared_repositories_test     # writes the records anew
//   build/dev/shared_repositories_test --gtest_repeat=20          # other content and another order each time
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "fixtures/inproc/in_process_transport.h"
#include "fixtures/registry/registry.h"
#include "harness/engine/runner.h"
#include "harness/http/clock.h"
#include "suites/proof/mood_run.h"

namespace referee::proof {
namespace {

using ::testing::ContainerEq;
using ::testing::IsEmpty;

const std::set<spec::Edition> kEditions = {spec::Edition::kOrasDraft11, spec::Edition::kOrasRc2,
                                           spec::Edition::kOci111};

struct Sharing {
  int repositories;
  int jobs;
};
void PrintTo(const Sharing& sharing, std::ostream* out) {
  *out << sharing.repositories << " repositories, " << sharing.jobs << " jobs";
}

std::uint64_t fresh_seed() {
  static std::uint64_t last = 0;
  return ++last;
}

/// A registry that several runs share, on the machine's clock: threads on a manual one would let time pass for another.
class SharedRegistry {
 public:
  SharedRegistry() : registry_({}, options(), [this] { return clock_->now(); }), transport_(registry_) {}

  engine::RunResult run(const Sharing& sharing) {
    engine::RunRequest request;
    auto& settings = request.settings;
    settings.client.base = inproc::kBaseUrl;
    settings.settle = settings.cascade_wait = std::chrono::seconds(2);
    settings.seed = fresh_seed();
    settings.run_id = fmt::format("shared{}", settings.seed);
    settings.jobs = sharing.jobs;
    settings.named_editions.assign(kEditions.begin(), kEditions.end());
    settings.existing_repos = {"one/x"};
    if (sharing.repositories > 1) settings.existing_repos.emplace_back("two/y");
    request.specs.named = settings.named_editions;
    return engine::run(request, {.transport = transport_, .clock = *clock_});
  }

 private:
  static registry::Options options() {
    registry::Options options;
    registry::Editions served({});
    for (const auto edition : kEditions) served.add(edition);
    options.editions = served;
    return options;
  }

  std::unique_ptr<http::Clock> clock_ = http::system_clock();
  registry::Registry registry_;
  inproc::InProcessTransport transport_;
};

// The tags that a request sets: that of its path, and those of its query.
std::vector<std::string> tags_of(const http::Exchange& exchange) {
  const std::string& url = exchange.request.url;
  const auto at = url.find("/manifests/");
  if (exchange.request.method != "PUT" || at == std::string::npos) return {};
  std::vector<std::string> tags;
  const auto reference = url.substr(at + 11, url.find('?') - at - 11);
  const bool is_digest = reference.find(':') != std::string::npos || reference.find("%3A") != std::string::npos;
  if (!is_digest) tags.push_back(reference);
  for (auto next = url.find("tag="); next != std::string::npos; next = url.find("tag=", next + 4)) {
    tags.push_back(url.substr(next + 4, url.find('&', next) - next - 4));
  }
  return tags;
}

// The tags of a run that two checks set, or that were set by the run before.
std::set<std::string> tags_of_several(const engine::RunResult& run, std::map<std::string, std::string>& owners) {
  std::set<std::string> several;
  for (const auto& check : run.checks) {
    const auto owner = fmt::format("{} {} {}", run.run_id, spec::name(check.edition), check.id);
    for (const auto& exchange : check.exchanges) {
      for (const auto& tag : tags_of(exchange)) {
        const auto& first = owners.try_emplace(tag, owner).first->second;
        if (first != owner) several.insert(fmt::format("{}: {} and {}", tag, first, owner));
      }
    }
  }
  return several;
}

std::string record_of(int repositories) {
  return fmt::format("suites/proof/shared/{}.txt", repositories == 1 ? "one" : "two");
}

std::vector<std::string> recorded(int repositories) {
  std::ifstream in(record_of(repositories));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class SharedRepositories : public ::testing::TestWithParam<Sharing> {};

TEST_P(SharedRepositories, AreConformantAndLeaveUnjudgedWhatIsRecorded) {
  const Sharing sharing = GetParam();
  SharedRegistry registry;
  const auto run = registry.run(sharing);
  EXPECT_EQ(run.not_judged_because, "");
  EXPECT_EQ(run.verdict(), engine::RunVerdict::kConformant);
  for (const auto& check : run.checks) {
    EXPECT_NE(check.outcome, engine::Outcome::kFailed) << check.id << ": " << check.reason;
    EXPECT_NE(check.outcome, engine::Outcome::kBlocked) << check.id << ": " << check.reason;
    EXPECT_NE(check.outcome, engine::Outcome::kError) << check.id << ": " << check.reason;
  }
  EXPECT_THAT(run.leftovers, IsEmpty());
  const auto lines = lines_of(run);
  if (std::getenv("REFEREE_WRITE_GOLDEN") != nullptr) {
    std::ofstream out(record_of(sharing.repositories));
    for (const auto& line : lines) out << line << '\n';
  }
  EXPECT_THAT(lines, ContainerEq(recorded(sharing.repositories)));
}

INSTANTIATE_TEST_SUITE_P(Runs, SharedRepositories,
                         ::testing::Values(Sharing{1, 1}, Sharing{1, 4}, Sharing{1, 16}, Sharing{2, 1}, Sharing{2, 4},
                                           Sharing{2, 16}));

TEST(SharedRepositories, HaveNoTagThatTwoChecksOrTwoRunsUse) {
  SharedRegistry registry;
  std::map<std::string, std::string> owners;
  EXPECT_THAT(tags_of_several(registry.run({2, 4}), owners), IsEmpty());
  EXPECT_THAT(tags_of_several(registry.run({2, 4}), owners), IsEmpty()) << "in a second run";
}

}  // namespace
}  // namespace referee::proof
