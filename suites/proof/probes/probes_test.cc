// Explorations of the reference registry: every probe of the catalogue is there, nothing is left over, and it shows who
// may sign where.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "harness/spec/literals/probes.h"
#include "harness/spec/requirement.h"
#include "suites/proof/probes/probe_bench.h"

namespace referee::proof {
namespace {

using engine::Reply;
using spec::Edition;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using namespace spec::literals;  // NOLINT(google-build-using-namespace)

const engine::ProbeResult& answer_of(const Explored& explored, spec::ProbeId id, Edition edition) {
  const auto& all = explored.seen.observations;
  const auto found =
      std::ranges::find_if(all, [&](const auto& one) { return one.probe == id && one.edition == edition; });
  if (found == all.end()) throw std::logic_error("not asked");
  return *found;
}

bool holds_nothing(const registry::Json& stored) {
  for (const auto& [name, repository] : stored.at("repositories").items()) {
    if (!repository.at("manifests").empty() || !repository.at("blobs").empty()) return false;
  }
  return true;
}

TEST(Probes, AreAllThoseOfTheCatalogue) {
  std::set<std::string> written;
  for (const auto& probe : engine::all_probes()) written.insert(std::string(probe.id.text()));
  std::set<std::string> wanted;
  for (const auto& probe : spec::all_probes()) wanted.insert(std::string(probe.id));
  EXPECT_EQ(written, wanted);
  EXPECT_EQ(engine::all_probes().size(), wanted.size());
}

TEST(Probes, ComeWithTheQuestionsAcrossRepositoriesFirst) {
  EXPECT_EQ(engine::all_probes().front().id, "probe.subject.other-repo"_probe);
  EXPECT_LT(engine::weight_of("probe.repo.permissions-split"_probe),
            engine::weight_of("probe.blob.delete-referenced"_probe));
  EXPECT_LT(engine::weight_of("probe.gc.dangling-ttl"_probe), engine::weight_of("probe.subject.is-blob"_probe));
}

TEST(Explorations, LeaveNothingBehind) {
  for (const bool guarded : {false, true}) {
    const auto explored = explore_on({}, {.guarded = guarded});
    EXPECT_THAT(explored.seen.leftovers, IsEmpty());
    EXPECT_TRUE(holds_nothing(explored.stored)) << explored.stored.dump(1);
    EXPECT_TRUE(explored.seen.complete);
  }
}

TEST(Explorations, SayWhatCouldNotBeRemoved) {
  registry::Behaviour behaviour;
  behaviour.deletion.manifests = behaviour.deletion.tags = behaviour.deletion.blobs = false;
  const auto explored = explore_on(behaviour, {.editions = {Edition::kOci111}});
  EXPECT_FALSE(holds_nothing(explored.stored));
  for (const auto& [name, repository] : explored.stored.at("repositories").items()) {
    if (repository.at("manifests").empty() && repository.at("blobs").empty()) continue;
    EXPECT_THAT(explored.seen.leftovers, Contains(HasSubstr(name + ":")));
  }
}

TEST(Explorations, AnswerEverythingOnTheHonestRegistry) {
  for (const auto edition : spec::all_editions()) {
    const auto explored = explore_on({}, {.editions = {edition}, .guarded = true});
    for (const auto& one : explored.seen.observations) {
      const bool lacks_something = one.reply == Reply::kNeeds || one.reply == Reply::kNotOffered;
      EXPECT_TRUE(one.reply == Reply::kAnswered || lacks_something)
          << spec::name(edition) << ' ' << one.probe.text() << ": " << one.answer << ": " << one.detail;
      EXPECT_THAT(one.answer, Not(IsEmpty())) << one.probe.text();
    }
  }
}

TEST(Explorations, SayWhatAProbeNeeds) {
  const auto explored = explore_on({}, {.collector = false});
  EXPECT_EQ(answer_of(explored, "probe.gc.untagged-referrer-ttl"_probe, Edition::kOci111).answer,
            "needs --gc-hook or --long");
  EXPECT_EQ(answer_of(explored, "probe.repo.permissions-split"_probe, Edition::kOci111).answer,
            "needs --signer-username");
  EXPECT_EQ(answer_of(explored, "probe.limit.referrers-per-subject"_probe, Edition::kOci111).answer, "needs --long");
}

// The user story of the discussion that started it: who signs needs no rights on the images.
TEST(Permissions, LetASignerSignOnlyAmongTheSignatures) {
  const auto explored = explore_on({}, {.guarded = true});
  const auto& oci = answer_of(explored, "probe.repo.permissions-split"_probe, Edition::kOci111);
  EXPECT_EQ(oci.answer,
            "signer: image 401, signatures ACCEPT, list 401; anonymous: image 401, signatures 401, list 401");
  EXPECT_THAT(oci.detail, HasSubstr("signer | signatures | push referrer: ACCEPT"));
  EXPECT_THAT(oci.detail, HasSubstr("signer | image repository | push referrer: 401"));
  EXPECT_THAT(oci.detail, HasSubstr("signer | image repository | list: 401"));
  const auto& oras = answer_of(explored, "probe.repo.permissions-split"_probe, Edition::kOrasRc2);
  EXPECT_EQ(oras.answer, "signer: image 401, signatures 400, list 401; anonymous: image 401, signatures 401, list 401");
}

}  // namespace
}  // namespace referee::proof
