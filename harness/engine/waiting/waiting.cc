#include "harness/engine/waiting/waiting.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/engine/capabilities.h"
#include "harness/engine/session.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/names.h"

namespace referee::engine {
namespace {

using std::chrono::milliseconds;

constexpr int kWaitsInVain = 2;        // at one sight: then the next ones are brief
constexpr milliseconds kBriefly{500};  // on a target that was never seen to be late
constexpr milliseconds kAMoment{100};  // where that was useless too, at what no lateness explains
constexpr int kTimesTheWorst = 2;      // and this often the worst lateness that was seen

constexpr const char* kEmpty = " without entries";
constexpr const char* kFilled = " with entries";
constexpr const char* kUnannounced = ", not said to be filtered";

// What the path of an answer is about.
std::string subject_matter(const std::string& url) {
  const auto has = [&](std::string_view part) { return url.find(part) != std::string::npos; };
  if (has("/oras/artifacts/") || has("/_oras/")) return "an ORAS list";
  if (has("/referrers/")) return "an OCI list";
  if (has("/manifests/")) return "a manifest";
  if (has("/blobs/")) return "a blob";
  return has("/tags/list") ? "the tags" : "";
}

bool is_filtered(const std::string& url) { return url.find("artifactType=") != std::string::npos; }

// A gateway's 502, 503 and 504 pass.
bool is_server_error(int status) { return status / 100 == 5 && (status < 502 || status > 504); }

std::string list_at(const std::string& url) {
  auto what = subject_matter(url);
  if (what.empty()) what = "a list";
  return is_filtered(url) ? what + " by artifactType" : what;
}

Sight sight_of_list(const http::Response& response, const std::string& problem, std::size_t entries) {
  const auto list = list_at(response.url);
  if (!problem.empty()) {
    if (response.status != 200) return sight_of(response);
    // A chain that breaks on a later page may break on what is late.
    return {.text = list + " that cannot be read", .detail = problem, .hopeless = false};
  }
  const bool announced = response.headers.has(oci::kFiltersHeader);
  auto text = list + (entries == 0 ? kEmpty : kFilled);
  if (is_filtered(response.url)) text += announced ? ", filtered" : kUnannounced;
  return {.text = std::move(text), .detail = fmt::format("{} {}", entries, response.body.size()), .hopeless = false};
}

}  // namespace

Sight sight_of(const http::Response& response) {
  const auto what = subject_matter(response.url);
  if (what.empty()) return {};
  return {.text = fmt::format("{} answered {} to {}", what, response.status, response.method),
          .detail = {},
          .hopeless = is_server_error(response.status)};
}

std::string sight_of_empty_list(const std::string& url) { return list_at(url) + kEmpty; }
std::string sight_of_silent_filter(const std::string& url) { return list_at(url) + kFilled + kUnannounced; }

std::string sight_of_silence(const http::Request& request) {
  const auto what = subject_matter(request.url);
  return fmt::format("no answer to {} of {}", request.method, what.empty() ? request.url : list_at(request.url));
}

Sight sight_of(const Page& page) {
  auto sight = sight_of_list(page.response, page.problem, page.entries.size());
  sight.hopeless = sight.hopeless || (!page.readable && page.response.status == 200);
  return sight;
}

Sight sight_of(const Listing& listing) {
  if (listing.pages.empty()) return {};
  const auto broken = std::ranges::find(listing.pages, false, &Page::readable);
  if (broken != listing.pages.end()) return sight_of(*broken);
  return sight_of_list(listing.first().response, problem_of(listing), listing.entries().size());
}

void Waiting::in_vain(const std::string& sight) {
  const std::lock_guard lock(mutex_);
  ++experiences_[sight].in_vain;
}

void Waiting::helped(const std::string& sight) {
  const std::lock_guard lock(mutex_);
  experiences_[sight].helped = true;
}

void Waiting::never_helps(const std::string& sight) {
  const std::lock_guard lock(mutex_);
  experiences_[sight].in_vain = kWaitsInVain;
}

void Waiting::answered(const std::string& sight) {
  const std::lock_guard lock(mutex_);
  experiences_[sight].answered = true;
}

bool Waiting::was_answered(const std::string& sight) const {
  const std::lock_guard lock(mutex_);
  const auto found = experiences_.find(sight);
  return found != experiences_.end() && found->second.answered;
}

bool Waiting::is_vain(const std::string& sight) const {
  const std::lock_guard lock(mutex_);
  const auto found = experiences_.find(sight);
  return found != experiences_.end() && !found->second.helped && found->second.in_vain >= kWaitsInVain;
}

Poll::Poll(http::Clock& clock, milliseconds span)
    : clock_(clock), start_(clock.now()), deadline_(start_ + span), pause_(milliseconds(20)) {}

bool Poll::next() {
  const auto left = deadline_ - clock_.now();
  if (left <= http::Duration::zero()) return false;
  clock_.sleep(std::min(pause_, left));
  pause_ = std::min<http::Duration>(pause_ * 2, std::chrono::seconds(1));
  return true;
}

milliseconds Poll::elapsed() const { return std::chrono::duration_cast<milliseconds>(clock_.now() - start_); }

Wait::Wait(Session& session, milliseconds span, Manner manner)
    : session_(session),
      poll_(session.client().clock(), span),
      span_(span),
      manner_(manner),
      number_(session.next_wait()) {}

bool Wait::next(const Sight& sight) {
  ++looks_;
  changed_ = changed_ || (looks_ > 1 && (sight.text != last_.text || sight.detail != last_.detail));
  last_ = sight;
  const auto name = experience(sight);
  if (!name.empty() && std::ranges::find(seen_, name) == seen_.end()) seen_.push_back(name);
  if (manner_ == Manner::kAsLongAsItHelps && is_enough_of(sight)) return false;
  if (poll_.next()) return true;
  auto* known = session_.capabilities();
  const bool in_vain = manner_ == Manner::kAsLongAsItHelps && !changed_ && !name.empty();
  if (in_vain && known != nullptr) known->waiting().in_vain(name);
  return false;
}

std::string Wait::experience(const Sight& sight) const {
  const bool settles = span_ == session_.settings().settle;
  return sight.text.empty() || settles ? sight.text : fmt::format("{}, for {} ms", sight.text, span_.count());
}

void Wait::met() {
  session_.saw_lag(poll_.elapsed(), looks_ > 0);
  auto* known = session_.capabilities();
  if (known == nullptr || manner_ == Manner::kWholeTime) return;
  for (const auto& sight : seen_) known->waiting().helped(sight);
}

// A fact, since it depends on what other checks met before.
bool Wait::is_enough_of(const Sight& sight) {
  const auto elapsed = poll_.elapsed();
  const auto see = [&]() -> std::string {
    auto* known = session_.capabilities();
    const auto name = experience(sight);
    const bool vain = known != nullptr && !name.empty() && known->waiting().is_vain(name);
    if (!vain && !sight.hopeless) return "";
    const auto worst = known == nullptr ? milliseconds(0) : known->lateness().worst();
    const auto least = vain && sight.hopeless ? kAMoment : kBriefly;
    if (elapsed < std::min(span_, least + kTimesTheWorst * worst)) return "";
    if (sight.hopeless) return fmt::format("{}, which no lateness explains", sight.text);
    return fmt::format("{}, at which earlier waits of the run saw no change", sight.text);
  };
  const auto why = session_.fact(fmt::format("wait {} ends at look {}", number_, looks_), see);
  if (why.empty()) return false;
  if (auto* known = session_.capabilities(); known != nullptr && sight.hopeless) {
    known->waiting().in_vain(experience(sight));
  }
  session_.waited_briefly(fmt::format("waited {:.1f} s only: {}", std::chrono::duration<double>(elapsed).count(), why));
  return true;
}

}  // namespace referee::engine
