#include "harness/engine/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/engine/capabilities.h"
#include "harness/engine/claim.h"
#include "harness/engine/upkeep/deletion.h"
#include "harness/engine/upkeep/stop.h"
#include "harness/engine/wording/wording.h"
#include "harness/http/syntax/url.h"

namespace referee::engine {

oci::Dialect dialect_of(spec::Edition edition) {
  if (spec::family(edition) == spec::Family::kOci) return {};
  oci::Dialect dialect{.form = oci::ArtifactForm::kOras};
  if (edition == spec::Edition::kOrasPhase1Sm) dialect.subject_key = "subjectManifest";
  dialect.has_media_type = edition != spec::Edition::kOrasDraft1;
  return dialect;
}

Session::Session(const http::ClientContext& context, const Settings& settings, Capabilities* capabilities,
                 spec::Edition edition, std::string identity, int number)
    : context_(context),
      settings_(settings),
      capabilities_(capabilities),
      edition_(edition),
      dialect_(dialect_of(edition)),
      identity_(std::move(identity)),
      number_(number),
      client_(context, settings.client) {
  if (capabilities_ != nullptr) dialect_.empty_config = capabilities_->takes_empty_configs();
}

http::Client& Session::client_as(const Identity& identity) {
  const std::lock_guard lock(mutex_);
  auto& client = others_[identity.name];
  if (!client) {
    http::ClientContext context = context_;
    context.authorizer = identity.authorizer;
    client = std::make_unique<http::Client>(context, settings_.client);
  }
  return *client;
}

std::vector<http::Exchange> Session::take_exchanges() {
  auto exchanges = client_.take_exchanges();
  const std::lock_guard lock(mutex_);
  for (const auto& [name, client] : others_) {
    std::ranges::move(client->take_exchanges(), std::back_inserter(exchanges));
  }
  std::ranges::sort(exchanges, {}, &http::Exchange::sequence);
  return exchanges;
}

std::uint64_t Session::last_sequence() {
  auto last = client_.last_sequence();
  const std::lock_guard lock(mutex_);
  for (const auto& [name, client] : others_) last = std::max(last, client->last_sequence());
  return last;
}

std::string Session::fact(const std::string& name, const std::function<std::string()>& see) {
  {
    const std::lock_guard lock(mutex_);
    if (recalled_) {
      auto& told = (*recalled_)[name];
      if (told.empty()) return "";
      const auto fact = told.front();
      if (told.size() > 1) told.erase(told.begin());
      return fact;
    }
  }
  auto fact = see();
  if (fact.empty()) return fact;
  const std::lock_guard lock(mutex_);
  facts_[name].push_back(fact);
  return fact;
}

Facts Session::take_facts() {
  const std::lock_guard lock(mutex_);
  return std::exchange(facts_, {});
}

void Session::recall(Facts facts) {
  const std::lock_guard lock(mutex_);
  recalled_ = std::move(facts);
}

Repository Session::repository(int index) const {
  if (const auto& existing = settings_.existing_repos; !existing.empty()) {
    const auto at = static_cast<std::size_t>(index);
    if (at < existing.size()) return {existing[at]};
    throw NotConfigured(at == 1 ? std::string("needs --existing-repo twice")
                                : fmt::format("needs --existing-repo {} times", at + 1));
  }
  std::string name = fmt::format("{}/{}-{}", settings_.prefix, settings_.run_id, number_);
  if (index > 0) name += index < 26 ? fmt::format("-{}", static_cast<char>('a' + index)) : fmt::format("-r{}", index);
  return {name + below_};
}

Repository Session::never_pushed() const {
  return {fmt::format("{}/{}-{}-never{}", settings_.prefix, settings_.run_id, number_, below_)};
}

void Session::move(oci::Guise guise, std::string_view below) {
  guise_ = guise;
  below_ = below;
  identity_ += "/elsewhere";
  nonces_ = 0;  // so that they are the same when evidence is judged again, whatever was asked before the move
}

std::string Session::fresh_nonce() {
  const std::lock_guard lock(mutex_);
  const auto text = fmt::format("{}/{}/{}", settings_.seed, identity_, nonces_++);
  return oci::sha256_hex(text).substr(0, 16);
}

std::string Session::tag_named(std::string_view word) const {
  const auto own = oci::sha256_hex(fmt::format("{}/{}/tag {}", settings_.seed, identity_, word));
  return fmt::format("{}-{}", word, own.substr(0, 16));
}

void Session::pushed_manifest(const Repository& repository, const oci::Digest& digest) {
  const std::lock_guard lock(mutex_);
  const auto same = [&](const Pushed& p) { return p.manifest && p.repository == repository && p.digest == digest; };
  if (std::ranges::none_of(pushed_, same)) pushed_.push_back({repository, digest, true});
}

bool Session::has_manifest(const Repository& repository, const oci::Digest& digest) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(
      pushed_, [&](const Pushed& p) { return p.manifest && p.repository == repository && p.digest == digest; });
}

void Session::accepted_manifest(const std::string& repository) {
  const std::lock_guard lock(mutex_);
  ++accepted_[repository];
}

std::size_t Session::accepted_in(const std::string& repository) const {
  const std::lock_guard lock(mutex_);
  const auto found = accepted_.find(repository);
  return found == accepted_.end() ? 0 : found->second;
}

void Session::refused_manifest(const Repository& repository, const oci::Digest& digest) {
  const std::lock_guard lock(mutex_);
  std::erase_if(pushed_,
                [&](const Pushed& p) { return p.manifest && p.repository == repository && p.digest == digest; });
}

void Session::sent_manifest(const oci::Digest& digest) {
  const std::lock_guard lock(mutex_);
  sent_.insert(digest.text());
}

bool Session::has_sent(const std::string& digest) const {
  const std::lock_guard lock(mutex_);
  return sent_.contains(digest);
}

std::optional<bool> Session::is_stranger(const std::string& digest) const {
  const std::lock_guard lock(mutex_);
  const auto known = strangers_.find(digest);
  return known == strangers_.end() ? std::nullopt : std::optional(known->second);
}

void Session::found_stranger(const std::string& digest, bool is_stranger) {
  const std::lock_guard lock(mutex_);
  strangers_[digest] = is_stranger;
}

void Session::pushed_blob(const Repository& repository, const oci::Digest& digest) {
  const std::lock_guard lock(mutex_);
  if (present_blobs_.emplace(repository, digest.text()).second) pushed_.push_back({repository, digest, false});
}

void Session::found_blob(const Repository& repository, const oci::Digest& digest) {
  const std::lock_guard lock(mutex_);
  present_blobs_.emplace(repository, digest.text());
}

Session::Presence Session::presence(const Repository& repository, const oci::Digest& digest) const {
  const std::lock_guard lock(mutex_);
  const bool seen = present_blobs_.contains({repository, digest.text()});
  if (seen) return uncertain_.contains(repository) ? Presence::kPerhaps : Presence::kThere;
  return settings_.existing_repos.empty() ? Presence::kUnknown : Presence::kPerhaps;
}

bool Session::may_have_vanished(const Repository& repository) const {
  const std::lock_guard lock(mutex_);
  return uncertain_.contains(repository);
}

void Session::blobs_may_vanish(const Repository& repository) {
  const std::lock_guard lock(mutex_);
  uncertain_.insert(repository);
}

void Session::any_blob_may_vanish() {
  const std::lock_guard lock(mutex_);
  for (const auto& [repository, digest] : present_blobs_) uncertain_.insert(repository);
}

bool Session::takes_first_tag(const Repository& repository) {
  if (!tags_repositories_) return false;
  const std::lock_guard lock(mutex_);
  return tagged_.insert(repository).second;
}

void Session::wrote(Write write) {
  if (capabilities_ == nullptr) return;
  const auto pause = std::min(capabilities_->lateness().pause_after(write), settings_.settle);
  const auto now = client_.clock().now();
  const std::lock_guard lock(mutex_);
  last_write_ = write;
  written_ = now;
  shows_from_ = std::max(shows_from_, now + pause);
}

void Session::let_writes_show() {
  http::Instant until;
  {
    const std::lock_guard lock(mutex_);
    until = shows_from_;
  }
  wait_until(until);
}

void Session::pause(std::chrono::milliseconds span) { wait_until(client_.clock().now() + span); }

void Session::wait_until(http::Instant until) {
  http::Clock& clock = client_.clock();
  for (auto now = clock.now(); now < until; now = clock.now()) {
    if (interrupted()) throw http::TransportFault(http::FaultKind::kInterrupted, "the run was told to stop");
    clock.sleep(std::min<http::Duration>(until - now, std::chrono::milliseconds(100)));
  }
}

void Session::saw_lag(std::chrono::milliseconds lag, bool late) {
  const std::lock_guard lock(mutex_);
  worst_lag_ = std::max(worst_lag_, lag);
  if (!late || capabilities_ == nullptr) return;
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(client_.clock().now() - written_);
  capabilities_->lateness().met(last_write_, since);
}

std::chrono::milliseconds Session::worst_lag() const {
  const std::lock_guard lock(mutex_);
  if (capabilities_ == nullptr) return worst_lag_;
  const auto& measured = capabilities_->lateness();
  return std::max({worst_lag_, measured.worst(Write::kPush), measured.worst(Write::kDeletion)});
}

int Session::next_wait() {
  const std::lock_guard lock(mutex_);
  return ++waits_;
}

void Session::waited_briefly(std::string why) {
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(brief_waits_, why) == brief_waits_.end()) brief_waits_.push_back(std::move(why));
}

std::vector<std::string> Session::take_brief_waits() {
  const std::lock_guard lock(mutex_);
  return std::exchange(brief_waits_, {});
}

bool Session::has_pushed() const {
  const std::lock_guard lock(mutex_);
  return !pushed_.empty();
}

Session::Cleanup Session::clean_up(Extent extent, const std::string& why_not) {
  std::vector<Pushed> pushed;
  {
    const std::lock_guard lock(mutex_);
    pushed.swap(pushed_);
    if (extent == Extent::kManifests) {
      const auto blobs = std::ranges::stable_partition(pushed, &Pushed::manifest);
      pushed_.assign(blobs.begin(), blobs.end());
      pushed.erase(blobs.begin(), blobs.end());
    }
  }
  // Manifests first, latest first, so that nothing is deleted while something still names it; then the blobs.
  std::ranges::reverse(pushed);
  std::ranges::stable_partition(pushed, &Pushed::manifest);
  Cleanup cleanup;
  cleanup.fault = why_not;
  delete_all(pushed, cleanup);
  return cleanup;
}

namespace {

/// How long a deletion may take, of a target that is well.
constexpr std::chrono::milliseconds kOneDelete{5'000};
constexpr std::chrono::milliseconds kShortestDelete{100};
/// How long http::ExchangeLimits::interrupted lets a write go on, and a little more.
constexpr std::chrono::milliseconds kLastPush{800};

/// What stayed in a repository.
struct Kept {
  std::size_t manifests = 0;
  std::size_t blobs = 0;
  std::string why;
};

std::string describe(const Kept& kept) {
  std::string what = kept.manifests > 0 ? counted(kept.manifests, "manifest") : "";
  if (kept.blobs > 0) what += (what.empty() ? "" : ", ") + counted(kept.blobs, "blob");
  return fmt::format("{} ({})", what, kept.why);
}

}  // namespace

void Session::delete_all(const std::vector<Pushed>& pushed, Cleanup& cleanup) {
  http::ClientContext context = context_;
  context.interrupted = nullptr;
  http::ClientOptions options = settings_.client;
  options.limits.whole = std::min(options.limits.whole, kOneDelete);
  if (settings_.run_timeout.count() > 0) {
    // A target that no longer answers leaves both the last push, which gets a moment, and a deletion unanswered.
    const auto left = kept_for_cleanup(settings_.run_timeout) - kLastPush;
    options.limits.whole = std::min(options.limits.whole, std::max(left, kShortestDelete));
  }
  http::Client client(context, options);
  std::map<std::string, Kept> kept;  // by repository
  for (const auto& item : pushed) {
    std::string why = cleanup.fault;
    const Gate gate = item.manifest ? Gate::kManifestDeletion : Gate::kBlobDeletion;
    if (why.empty() && capabilities_ != nullptr) {
      if (const auto state = capabilities_->of(gate, edition_); !state.met) why = state.because;
    }
    if (why.empty()) {
      try {
        why = why_kept(
            client, fmt::format("{}/v2/{}/{}/{}", client.base(), item.repository.name,
                                item.manifest ? "manifests" : "blobs", http::percent_encode(item.digest.text(), ":")));
      } catch (const http::TransportFault& broken) {
        why = broken.what();
        if (broken.kind() != http::FaultKind::kUnsupported) cleanup.fault = why;  // the next ones would fare no better
      }
    }
    if (why.empty()) continue;
    auto& entry = kept[item.repository.name];
    ++(item.manifest ? entry.manifests : entry.blobs);
    entry.why = why;
  }
  for (const auto& [repository, entry] : kept) cleanup.leftovers.push_back(repository + ": " + describe(entry));
  cleanup.exchanges = client.take_exchanges();
}

}  // namespace referee::engine
