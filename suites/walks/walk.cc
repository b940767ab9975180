// Walk: the order of things.
#include "suites/walks/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fixtures/content/digests.h"
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
  for (const auto& step : plan_.steps) take(step);
  look_again_at_everything();
}

void Walk::look_later() {
  rest();
  look_again_at_everything();
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
      break;
    case Step::Action::kPushTwo:
      put_two(step.node, step.other, where);
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

// What the step can have changed: the manifest, the list that it is in, and its own.
void Walk::ask_about(int node, const engine::Repository& where) {
  const auto& content = content_of(node);
  const auto& digest = content.manifest.digest.text();
  look({Question::What::kGet, where, digest, ""});
  look({Question::What::kHead, where, digest, ""});
  const auto& described = plan_.nodes[static_cast<std::size_t>(node)];
  if (described.subject || described.absent_subject) {
    const auto subject = subject_of(described).digest.text();
    look({Question::What::kList, where, subject, ""});
    if (!content.artifact_type.empty()) look({Question::What::kList, where, subject, content.artifact_type});
    look({Question::What::kGet, where, subject, ""});
  }
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
  for (auto pace = poll(); !judged.good() && judged.at_last.empty() && !is_known_to_be_broken(judged) && pace.next();) {
    judged = ask(question);
  }
  if (!judged.good()) {
    note_broken(judged.at_once);
    return;
  }
  if (question.what != Question::What::kList) return;
  if (!ask(question, other_reader(question.repository)).good()) doubtful_.insert(question);
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

void Walk::look_again_at_everything() {
  // Filters that nothing matches, though one is the beginning of what others are.
  std::set<Question> all = asked_;
  for (const auto& question : asked_) {
    if (question.what != Question::What::kList || !question.filter.empty()) continue;
    for (const char* filter : {"application/vnd.example.none", "application/vnd.example.s"}) {
      all.insert({Question::What::kList, question.repository, question.reference, filter});
    }
  }
  for (const auto& question : all) {
    for (int times = 0; times < (question.what == Question::What::kList ? 2 : 1); ++times) {
      const auto judged = ask(question, times == 1 ? other_reader(question.repository) : nullptr);
      if (!judged.good() && !is_known_to_be_broken(judged)) doubtful_.insert(question);
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
  const auto wait =
      patience_ == Patience::kBrief ? http::Duration(kBriefly) : http::Duration(session().settings().settle);
  auto& clock = session().client().clock();
  const auto until = last_write_ + wait;
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

bool Walk::is_known_to_be_broken(const Judged& judged) const {
  return std::ranges::all_of(judged.at_once, [&](const auto& one) { return broken_.contains(one.requirement); });
}

void Walk::note_broken(const std::vector<model::Disagreement>& disagreements) {
  for (const auto& one : disagreements) broken_.insert(one.requirement);
}

engine::Poll Walk::poll() {
  const auto span = patience_ == Patience::kBrief ? std::chrono::milliseconds(kBriefly) : session().settings().settle;
  return {session().client().clock(), span};
}

std::string Walk::tag_name(int tag) const {
  // The longest name that a tag may have is 128 characters.
  const auto name = fmt::format("walk-{}-{}", nonce_, tag);
  return tag == 2 && name.size() < 128 ? name + std::string(128 - name.size(), 'x') : name;
}

const oci::Content& Walk::content_of(int node) {
  if (const auto made = contents_.find(node); made != contents_.end()) return made->second;
  const auto& described = plan_.nodes.at(static_cast<std::size_t>(node));
  std::optional<oci::Descriptor> subject;
  if (described.subject || described.absent_subject) subject = subject_of(described);
  std::vector<oci::Descriptor> children;
  for (const int child : described.children) children.push_back(content_of(child).manifest.descriptor());
  auto content =
      recipe_of(described, subject, children).make({session().dialect(), fmt::format("{}-{}", nonce_, node)});
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
