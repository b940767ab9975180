// Many clients at once: OCI distribution-spec, "Enabling the Referrers API" (step 3) and "Pushing Manifests".
#include <fmt/format.h>

#include <array>

#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

// Sizes of the catalogue; a registry that loses one in a hundred shows it with these.
constexpr int kWriters = 32;
constexpr int kReferrers = 128;
constexpr int kSamePushes = 16;
constexpr int kPushersAndDeleters = 8;
constexpr int kEach = 6;
constexpr int kRounds = 20;
constexpr int kPerRound = 8;

// Refusals of a moment: what a registry may answer to simultaneous writes, as long as a repetition succeeds.
constexpr std::array kRepeat = {409, 423, 429, 503};
constexpr int kMostRepetitions = 20;

bool is_of_a_moment(int status) { return std::ranges::find(kRepeat, status) != kRepeat.end(); }

// Which of the pushed are deleted again: two of four, so that of two kinds in turn each is deleted and each is kept.
bool goes(int number) { return number / 2 % 2 == 1; }

template <typename T>
std::vector<T> joined(const std::vector<std::vector<T>>& parts) {
  std::vector<T> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

/// A referrer and what the registry said as it took it.
struct Promise {
  oci::Digest digest;
  std::string said;
};

Promise promised(const oci::Digest& digest, const Response& answer) {
  const auto subject = answer.headers.get(oci::kSubjectHeader);
  return {digest, fmt::format("PUT {} was answered {}, {}", answer.url, answer.status,
                              subject ? "OCI-Subject: " + *subject : "without OCI-Subject")};
}

/// The promise of the first referrer that the list lacks; empty if it has them all.
std::string broken_promise(const std::vector<Promise>& promises, const Listing& listing) {
  const auto listed = engine::digests_of(listing.entries());
  for (const auto& promise : promises) {
    if (std::ranges::find(listed, promise.digest.text()) == listed.end()) return promise.said;
  }
  return "";
}

// What the checks of this file share: pushes that are repeated where the registry asks for patience.
class ConcurrentWrites : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// The first answer and the last; between them the push was repeated while it was refused for the moment only.
  struct Answers {
    Response first;
    Response last;
  };

  Answers put_patiently(const oci::Content& content, const Repository& where) const {
    const auto once = [&] {
      http::Request request{.method = "PUT",
                            .url = url("/v2/" + where.name + "/manifests/" + content.manifest.digest.text()),
                            .body = content.manifest.bytes};
      request.headers.add("Content-Type", content.manifest.media_type);
      session().pushed_manifest(where, content.manifest.digest);
      return send(std::move(request), {.statuses = {429, 503}});
    };
    Answers answers{once(), {}};
    answers.last = answers.first;
    if (answers.first.status == 413) refused_after_many(where.name, answers.first);
    engine::Poll poll(session().client().clock(), session().settings().settle);
    for (int i = 0; is_of_a_moment(answers.last.status) && i < kMostRepetitions && poll.next(); ++i) {
      answers.last = once();
    }
    if (answers.last.status == 429 || answers.last.status == 503) {
      throw engine::PremiseBroken("a push was still refused for the moment after many repetitions");
    }
    return answers;
  }

  /// The answers of several at once. Where the registry forbids one of them, one more is pushed alone: it shows whether
  /// a limit is reached, which has nothing to do with concurrency.
  template <typename Each>
  auto at_once(int times, Each each, const Document& alone) const {
    try {
      return concurrently(times, each);
    } catch (const engine::PremiseBroken&) {
      push(alone);
      throw;
    }
  }

  /// Images, and indexes in turn with them where one that is pushed alone is listed.
  std::vector<Document> kinds() const {
    const auto subject = push(image());
    const auto typed_index = index({push(image())}, kSbom);
    const auto alone = make(typed_index.refers_to(subject));
    const bool taken = put(alone, {}, engine::Tolerating::refusals()).status == 201;
    const bool listed =
        taken && (!met(Gate::kReferrers) ||
                  ::testing::Value(eventually([&] { return referrers_of(subject); }, Lists(alone)), Lists(alone)));
    if (!listed) return {artifact(kSbom)};
    return {artifact(kSbom), typed_index};
  }

  /// A premise: the same number, one after another, is listed as it should be. Where it is not, the fault has nothing
  /// to do with concurrency. Asked only where something is wrong, since it costs as much as the check.
  void given_one_after_another(std::size_t count, const std::vector<Document>& models, bool deletes) const {
    const auto subject = push(image());
    std::vector<oci::Digest> kept;
    int number = 0;
    for (const auto& content : make_all(batch(count, models, subject))) {
      const auto pushed = push(content);
      const bool deleted = deletes && goes(number++);
      if (deleted) removed(pushed);
      if (!deleted) kept.push_back(pushed.digest());
    }
    GIVEN_EVENTUALLY(list_all(subject), ListsExactlyEach(kept));
  }

  /// A premise: one after another, referrers are taken and listed before their subject and after it.
  void given_either_order() const {
    const auto subject = make(image());
    const auto early = push(artifact(kSbom).refers_to(subject));
    push(subject);
    const auto late = push(artifact(kSbom).refers_to(subject));
    if (met(Gate::kReferrers)) {
      GIVEN_EVENTUALLY(list_all(subject.manifest.digest, repository()), ListsExactly(early, late));
    }
  }

  std::vector<oci::Content> make_all(const std::vector<Document>& recipes) const {
    std::vector<oci::Content> contents;
    for (const auto& recipe : recipes) contents.push_back(make(recipe));
    for (const auto& content : contents) push_parts(content, repository());
    return contents;
  }

  /// A subject that comes after its referrers is a matter of other rules.
  void given_late_subjects_are_taken() const {
    const auto late = make(image());
    const auto early = make(artifact(kSbom).refers_to(late));
    GIVEN_THAT(put(early), HasStatus(201));
    push(late);
    if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(referrers_of(late.manifest.digest), Lists(early));
  }
};

}  // namespace

CONFORMANCE_TEST_F(ConcurrentWrites, Concurrency, LosesNoReferrer, "oci.concurrency.no-lost-referrer"_requirement) {
  const auto models = kinds();
  const auto subject = push(image());
  const auto contents = make_all(batch(kReferrers, models, subject));

  const auto push_some = [&](int writer) {
    std::vector<Promise> mine;
    for (std::size_t i = static_cast<std::size_t>(writer); i < contents.size(); i += kWriters) {
      const auto answer = put_patiently(contents[i], repository()).last;
      if (answer.status == 201) mine.push_back(promised(contents[i].manifest.digest, answer));
    }
    return mine;
  };

  const auto promises = joined(at_once(kWriters, push_some, artifact(kSbom).refers_to(subject)));
  std::vector<oci::Digest> all;
  for (const auto& promise : promises) all.push_back(promise.digest);
  const auto listing = eventually([&] { return referrers_of(subject); }, ListsEach(all));
  const bool is_whole = all.size() == kReferrers && ::testing::Value(listing, ListsEach(all));
  if (!is_whole) given_one_after_another(kReferrers, models, false);
  EXPECT_THAT(all.size(), The("number of referrers accepted", Eq(kReferrers))) << "pushed at the same time";
  EXPECT_THAT(listing, ListsEach(all)) << broken_promise(promises, listing);
}

CONFORMANCE_TEST_F(ConcurrentWrites, Concurrency, ListsIdenticalPushesOnce,
                   "oci.concurrency.same-referrer-once"_requirement) {
  const auto subject = push(image());
  // The control: one that is pushed again and again, one after another, is taken each time and listed.
  const auto control = push(artifact(kSbom).refers_to(subject));
  for (int i = 0; i < 2; ++i) push(control.content);
  const auto listing = eventually([&] { return referrers_of(subject); }, Lists(control));
  GIVEN_THAT(listing, Lists(control));
  const bool repeats = std::ranges::count(engine::digests_of(listing.entries()), control.digest().text()) > 1;
  const auto referrer = make(artifact(kSbom).refers_to(subject));
  push_parts(referrer, repository());

  const auto answers = concurrently(kSamePushes, [&](int) { return put_patiently(referrer, repository()); });

  std::vector<int> first;
  std::vector<int> last;
  for (const auto& answer : answers) {
    first.push_back(answer.first.status);
    last.push_back(answer.last.status);
  }
  EXPECT_THAT(last, The("status", Contains(201))) << "of simultaneous pushes of one manifest";
  EXPECT_WARN_THAT(first, The("status", Each(AnyOf(201, 429, 503)))) << "simultaneous pushes of one manifest";
  EXPECT_WARN_THAT(last, The("status", Each(201)))
      << "simultaneous pushes of one manifest, repeated where refused for the moment";
  const auto later = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(pull(later), HasStatus(200));
  EXPECT_EVENTUALLY(pull(referrer.manifest.digest), HasStatus(200));
  GIVEN_EVENTUALLY(referrers_of(subject), Lists(later));
  EXPECT_EVENTUALLY(referrers_of(subject), Lists(referrer));
  if (repeats) return;  // it does so one after another too, which is another row's
  const auto digests = engine::digests_of(referrers_of(subject).entries());
  EXPECT_WARN_THAT(std::ranges::count(digests, referrer.manifest.digest.text()),
                   The("number of entries", ::testing::Le(1)))
      << "for one manifest that was pushed several times at once";
}

CONFORMANCE_TEST_F(ConcurrentWrites, Concurrency, KeepsPushedAndForgetsDeleted,
                   "oci.concurrency.push-delete"_requirement) {
  const auto models = kinds();
  const auto subject = push(image());
  const auto contents = make_all(batch(kPushersAndDeleters * kEach, models, subject));

  const auto push_and_delete = [&](int worker) {
    std::vector<oci::Digest> mine;
    for (int i = 0; i < kEach; ++i) {
      const auto& content = contents[static_cast<std::size_t>(worker * kEach + i)];
      if (put_patiently(content, repository()).last.status != 201) continue;
      const bool deleted = goes(i) && remove(content.manifest.digest, repository()).status / 100 == 2;
      if (!deleted) mine.push_back(content.manifest.digest);
    }
    return mine;
  };

  const auto all = joined(at_once(kPushersAndDeleters, push_and_delete, artifact(kSbom).refers_to(subject)));
  const auto control = push(image());  // without a tag as well, and alone
  GIVEN_EVENTUALLY(pull(control), HasStatus(200));
  const auto listing = eventually([&] { return referrers_of(subject); }, ListsExactlyEach(all));
  if (!::testing::Value(listing, ListsExactlyEach(all))) given_one_after_another(contents.size(), models, true);
  EXPECT_THAT(listing, ListsExactlyEach(all));
  for (const auto& digest : all) EXPECT_THAT(pull(digest, repository()), HasStatus(200));
}

CONFORMANCE_TEST_F(ConcurrentWrites, Concurrency, AcceptsSubjectAndReferrersTogether,
                   "oci.concurrency.subject-and-referrer"_requirement) {
  given_late_subjects_are_taken();
  given_either_order();
  for (int round = 0; round < kRounds; ++round) {
    const auto subject = make(image());
    auto contents = make_all(batch(kPerRound, {artifact(kSbom)}, subject.manifest.descriptor()));
    const auto referrers = contents;
    contents.push_back(subject);
    push_parts(subject, repository());

    const auto push_one = [&](int i) {
      return put_patiently(contents[static_cast<std::size_t>(i)], repository()).last.status;
    };
    const auto statuses = at_once(static_cast<int>(contents.size()), push_one, image());

    for (std::size_t i = 0; i < statuses.size(); ++i) {
      // What is also refused alone meets a limit of the repository, and not other pushes.
      if (statuses[i] / 100 == 4) GIVEN_THAT(put_patiently(contents[i], repository()).last, HasStatus(201));
    }
    // One round that fails is enough: each further one would wait as long for what does not come.
    ASSERT_THAT(statuses, The("status", Each(201))) << "the last one is the subject's";
    if (!met(Gate::kReferrers)) continue;
    const auto all = ListsEach(referrers);
    ASSERT_THAT(eventually([&] { return referrers_of(subject.manifest.digest); }, all), all);
  }
}

}  // namespace referee::suites
