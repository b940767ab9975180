// Walk: the order of things.
#include "suites/walks/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fixtures/content/digests.h"
#include "harness/engine/capabilities.h"
#include "suites/walks/content.h"

namespace referee::walks {
namespace {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

// Longer than the three seconds after which some registries' caches and sweeps come to what was just pushed.
constexpr auto kRest = 3200ms;
constexpr auto kBriefly = 400ms;
constexpr int kLastLooks = 4;
constexpr int kTags = 3;
constexpr std::size_t kMostReferrers = 4;  // pulled of one subject

}  // namespace

Walk::Walk(engine::Session& session, const Plan& plan, std::vector<engine::Repository> repositories, Patience patience)
    : Conversation(session),
      plan_(plan),
      repositories_(std::move(repositories)),
      patience_(patience),
      nonce_(session.fresh_nonce()),
      eager_(session.edition(), 0ms),
      patient_(session.edition(), session.settings().settle),
      last_write_(session.client().clock().now()) {}

void Walk::go() {
  const auto* known = session().capabilities();
  const auto see = [&]() -> std::string {
    const auto sight = engine::sight_of_empty_list(list_url("", repositories_.front()));
    return known != nullptr && known->is_waited_for_in_vain(sight) ? "nothing" : "";
  };
  if (session().fact("lists show", see) == "nothing") {
    throw engine::PremiseBroken(
        "before the checks a push did not show in its list within the settle time: each step of a walk would look for "
        "what this registry never lists, which rows on single pushes judge");
  }
  const std::size_t half = plan_.steps.size() / 2;
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    if (i == half) ask_oddly(Askers::kOne);
    if (!plan_.steps[i].late) take(plan_.steps[i]);
  }
  look_again_at_everything(Thoroughness::kOnce);
  ask_oddly(Askers::kOne);
}

void Walk::look_later() {
  rest();
  ask_oddly(Askers::kOne);
  ask_oddly(Askers::kAll);  // the second answer may come from a cache or another replica
  look_again_at_everything(Thoroughness::kTwice);
  for (const auto& step : plan_.steps) {
    if (step.late) take(step);
  }
  settle_doubts();
}

void Walk::take(const Step& step) {
  const auto& where = repositories_[static_cast<std::size_t>(step.repository) % repositories_.size()];
  switch (step.action) {
    case Step::Action::kPush:
      put(step.node, where, "");
      break;
    case Step::Action::kTag:
      put(step.node, where, tag_name(step.tag));
      look({Question::What::kGet, where, tag_name(step.tag), ""});
      look({Question::What::kHead, where, tag_name(step.tag), ""});
      break;
    case Step::Action::kPushTwo:
      if (must_not_overlap(step.node, step.other)) {
        put(step.node, where, "");
        put(step.other, where, "");
      } else {
        put_two(step.node, step.other, where);
      }
      ask_about(step.other, where);
      break;
    case Step::Action::kDelete:
      remove_reference(content_of(step.node).manifest.digest.text(), where);
      ask_about_tags(where);
      ask_about_blobs(step.node, where);
      break;
    case Step::Action::kDeleteTag:
      remove_reference(tag_name(step.tag), where);
      ask_about_tags(where);
      return;
  }
  if (!step.silent) ask_about(step.node, where);
  if (!step.silent || !step.asked_later) return;
  for (auto& question : questions_about(step.node, where)) asked_.insert(std::move(question));
}

// An ORAS artifact and its subject: whether the push is lawful depends on which of them comes first.
bool Walk::must_not_overlap(int node, int other) const {
  if (session().dialect().form != oci::ArtifactForm::kOras) return false;
  const auto refers = [&](int a, int b) { return plan_.nodes.at(static_cast<std::size_t>(a)).subject == b; };
  return refers(node, other) || refers(other, node);
}

void Walk::ask_about_tags(const engine::Repository& where) {
  for (int tag = 0; tag < kTags; ++tag) {
    const Question question{Question::What::kGet, where, tag_name(tag), ""};
    if (asked_.contains(question)) look(question);
  }
}

void Walk::ask_about_referrers(const std::string& subject, const engine::Repository& where) {
  const auto* shelf = eager_.shelf(where.name);
  if (shelf == nullptr) return;
  std::vector<std::string> referrers;
  for (const auto& [digest, held] : shelf->manifests) {
    if (held.reading.subject == subject && referrers.size() < kMostReferrers) referrers.push_back(digest);
  }
  for (const auto& digest : referrers) look({Question::What::kGet, where, digest, ""});
}

// Blobs that other manifests name as well.
void Walk::ask_about_blobs(int node, const engine::Repository& where) {
  for (const auto& blob : content_of(node).blobs) look({Question::What::kBlob, where, blob.digest.text(), ""});
}

std::vector<Question> Walk::questions_about(int node, const engine::Repository& where) {
  const auto& content = content_of(node);
  const auto& digest = content.manifest.digest.text();
  std::vector<Question> questions = {{Question::What::kGet, where, digest, ""},
                                     {Question::What::kHead, where, digest, ""}};
  const auto& described = plan_.nodes[static_cast<std::size_t>(node)];
  if (!described.subject && !described.absent_subject) return questions;
  const auto subject = subject_of(described).digest.text();
  questions.push_back({Question::What::kList, where, subject, ""});
  if (!content.artifact_type.empty()) {
    questions.push_back({Question::What::kList, where, subject, content.artifact_type});
  }
  questions.push_back({Question::What::kGet, where, subject, ""});
  return questions;
}

void Walk::ask_about(int node, const engine::Repository& where) {
  for (const auto& question : questions_about(node, where)) look(question);
  const auto digest = content_of(node).manifest.digest.text();
  const auto& described = plan_.nodes[static_cast<std::size_t>(node)];
  ask_about_referrers(digest, where);
  look({Question::What::kList, where, digest, ""});
  for (const auto& other : repositories_) {
    if (other == where) continue;
    look({Question::What::kGet, other, digest, ""});
    if (described.subject) look({Question::What::kList, other, subject_of(described).digest.text(), ""});
  }
}

void Walk::look(const Question& question) {
  asked_.insert(question);
  auto judged = ask(question);
  if (!judged.good()) wait_for(question, judged);
  if (!judged.good()) return;
  if (question.what != Question::What::kList) return;
  if (!ask(question, other_reader(question.repository)).good()) doubtful_.insert(question);
}

// A walk waits one settle time in all before it ends: what comes late comes within the first waits, and what does not
// come at all would cost a wait each time. What is still missing then is looked at again when the walk is over.
void Walk::wait_for(const Question& question, Judged& judged) {
  auto& clock = session().client().clock();
  const auto begin = clock.now();
  const auto left = patience() - waited_;
  const bool known = is_known_to_be_broken(judged);
  if (left > http::Duration::zero() && !known) {
    engine::Poll pace(clock, std::chrono::duration_cast<std::chrono::milliseconds>(left));
    while (!judged.good() && judged.at_last.empty() && pace.next()) judged = ask(question);
    waited_ = std::min(patience(), waited_ + (clock.now() - begin));
    if (judged.good()) return;
    if (left == patience()) note_broken(judged.at_once);
  }
  note_broken(judged.at_last);
  if (!known) doubtful_.insert(question);
}

// Looked for by a blob that was pushed: on manifests the question would count as a look.
const engine::Identity* Walk::other_reader(const engine::Repository& where) {
  if (const auto known = readers_.find(where); known != readers_.end()) return known->second;
  const engine::Identity* found = nullptr;
  const auto pushed = std::ranges::find_if(contents_, [](const auto& each) { return !each.second.blobs.empty(); });
  if (pushed == contents_.end()) return nullptr;
  const auto& blob = pushed->second.blobs.front();
  if (session().presence(where, blob.digest) != engine::Session::Presence::kThere) return nullptr;
  for (const auto& identity : session().settings().identities) {
    const auto at = url(fmt::format("/v2/{}/blobs/{}", where.name, blob.digest.text()));
    if (found == nullptr && send_as(identity, {.method = "HEAD", .url = at}).status == 200) found = &identity;
  }
  readers_.emplace(where, found);
  return found;
}

void Walk::look_again_at_everything(Thoroughness thoroughness) {
  const bool twice = thoroughness == Thoroughness::kTwice;
  const auto look_again = [&](const Question& question, const engine::Identity* as) {
    const auto judged = ask(question, as);
    if (!judged.good() && !is_known_to_be_broken(judged)) doubtful_.insert(question);
  };
  const bool oras = session().dialect().form == oci::ArtifactForm::kOras;  // which knows the parameter `n`
  std::size_t turn = 0;
  for (const auto& question : asked_) {
    look_again(question, nullptr);
    const bool whole = question.what == Question::What::kList && question.filter.empty();
    if (oras && whole) {
      for (int times = 0; times < (twice ? 2 : 1); ++times) {
        look_again({Question::What::kShortPages, question.repository, question.reference, ""}, nullptr);
      }
    }
    if (!twice || question.what == Question::What::kBlob) continue;
    look_again(question, other_reader(question.repository));
    if (question.what != Question::What::kList) continue;
    if (!question.filter.empty()) continue;
    // Filters that nothing matches: the beginning of a type, one that is like another to a database, those of manifests
    // and layers. Each list gets two of them.
    static constexpr const char* kUnmatched[] = {
        "application/vnd.example.none",    "application/vnd.example.s",
        "application/vnd.example._bom.v1", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.example.layer",   "application/vnd.example.sbom.v1+json"};
    for (int i = 0; i < 2; ++i) {
      const auto* filter = kUnmatched[turn++ % std::size(kUnmatched)];
      look_again({Question::What::kList, question.repository, question.reference, filter}, nullptr);
    }
  }
}

void Walk::rest() {
  auto& clock = session().client().clock();
  const auto until = last_write_ + kRest;
  if (clock.now() < until) clock.sleep(until - clock.now());
}

// What was wrong at some time may have been late. Once everything had the time to settle, each look must be right.
void Walk::settle_doubts() {
  if (doubtful_.empty()) return;
  if (is_all_known_to_be_broken()) return;
  auto& clock = session().client().clock();
  const auto until = last_write_ + patience();
  while (clock.now() < until) {
    clock.sleep(std::min<http::Duration>(until - clock.now() + 1ms, 1s));
    ask(*doubtful_.begin());
  }
  for (const auto& question : doubtful_) {
    int right = 0;
    for (int times = 0; times < kLastLooks; ++times) {
      const auto judged = ask(question, times % 2 == 1 ? other_reader(question.repository) : nullptr);
      if (judged.good()) ++right;
      note_broken(judged.at_once);
    }
    if (right > 0 && right < kLastLooks) unstable_.push_back(question);
  }
}

// Whether each of the doubtful answers is wrong still, in a way that some walk waited for in vain.
bool Walk::is_all_known_to_be_broken() {
  return std::ranges::all_of(doubtful_, [&](const Question& question) {
    const auto judged = ask(question);
    return !judged.good() && is_known_to_be_broken(judged);
  });
}

bool Walk::is_known_to_be_broken(const Judged& judged) {
  const auto here = [&](const auto& one) { return broken_.contains(one.requirement); };
  if (std::ranges::all_of(judged.at_once, here)) return true;
  const auto* capabilities = session().capabilities();
  if (capabilities == nullptr || patience_ == Patience::kBrief) return false;
  const auto anywhere = [&](const auto& one) {
    return here(one) || capabilities->is_waited_for_in_vain(std::string(one.requirement.text()));
  };
  // A fact, since it depends on what other walks met before.
  return session().fact(fmt::format("walk {} need not wait, time {}", nonce_, ++asked_whether_to_wait_),
                        [&] { return std::ranges::all_of(judged.at_once, anywhere) ? "yes" : "no"; }) == "yes";
}

void Walk::note_broken(const std::vector<model::Disagreement>& disagreements) {
  for (const auto& one : disagreements) {
    broken_.insert(one.requirement);
    if (session().capabilities() == nullptr || patience_ == Patience::kBrief) continue;
    session().capabilities()->waited_in_vain(std::string(one.requirement.text()));
  }
}

http::Duration Walk::patience() const {
  return patience_ == Patience::kBrief ? http::Duration(kBriefly) : http::Duration(session().settings().settle);
}

std::string Walk::tag_name(int tag) const {
  // The longest name that a tag may have is 128 characters; the first two differ in capitals alone.
  const auto name = fmt::format("{}-{}-{}", tag == 1 ? "WALK" : "walk", nonce_, tag == 1 ? 0 : tag);
  return tag == 2 && name.size() < 128 ? name + std::string(128 - name.size(), 'x') : name;
}

const oci::Content& Walk::content_of(int node) {
  if (const auto made = contents_.find(node); made != contents_.end()) return made->second;
  const auto& described = plan_.nodes.at(static_cast<std::size_t>(node));
  std::optional<oci::Descriptor> subject;
  if (described.subject || described.absent_subject) subject = subject_of(described);
  std::vector<oci::Descriptor> children;
  for (const int child : described.children) children.push_back(content_of(child).manifest.descriptor());
  auto content = recipe_of(described, session().dialect().form, subject, children)
                     .make({session().dialect(), fmt::format("{}-{}", nonce_, node)});
  if (described.sha512) {
    content.manifest.digest = oci::Digest::of(content.manifest.bytes, oci::Algorithm::kSha512);
  }
  return contents_.emplace(node, std::move(content)).first->second;
}

oci::Descriptor Walk::subject_of(const Node& node) {
  if (node.subject) return content_of(*node.subject).manifest.descriptor();
  const auto nonce = fmt::format("{}-{}", nonce_, node.absent_subject.value_or(0));
  auto absent = content::absent_subject(nonce);
  if (node.absent_subject == 2) absent.digest = content::fresh_digest(nonce, oci::Algorithm::kSha512);
  return absent;
}

}  // namespace referee::walks
