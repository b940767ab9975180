// What waiting is good for on this target. Each wait for something late says what it saw in its place; where waits at
// the same sight ended without any change, and none ever helped, later ones look briefly and say so. What no lateness
// can explain is looked at briefly from the start: a list of a wrong form, a server error.
//
//   Wait wait(session, settings.settle);
//   auto page = list();
//   while (!is_as_expected(page) && wait.next(sight_of(page))) page = list();
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "harness/engine/claim.h"
#include "harness/engine/listing.h"
#include "harness/http/clock.h"

namespace referee::engine {

class Session;

/// What was seen in place of what was expected, in words that do not depend on the content of the check.
struct Sight {
  std::string text;       // "an OCI list without entries"; empty: nothing that a later wait could recognize
  std::string detail;     // changes while what is awaited comes nearer
  bool hopeless = false;  // no lateness explains it
};
Sight sight_of(const http::Response& response);
Sight sight_of(const Page& page);
Sight sight_of(const Listing& listing);
/// What is seen in a whole list, at that URL, that shows nothing.
std::string sight_of_empty_list(const std::string& url);
/// What is seen in a filtered list that leaves something out and does not say so.
std::string sight_of_silent_filter(const std::string& url);
/// What is seen where the request is not answered at all.
std::string sight_of_silence(const http::Request& request);
template <typename Value>
Sight sight_of(const Value& /*value*/) {
  return {};
}

/// A premise that broke on a list.
class UnreadableList : public PremiseBroken {
 public:
  UnreadableList(const std::string& what, Sight sight) : PremiseBroken(what), sight_(std::move(sight)) {}
  const Sight& sight() const { return sight_; }

 private:
  Sight sight_;
};

/// What the waits of a run were good for, by what they saw. Safe to use from several threads.
class Waiting {
 public:
  /// A wait ended after its whole time, and what it saw had not changed.
  void in_vain(const std::string& sight);
  /// A wait that was made only for this ended so, with the same sight throughout: it is as good as several.
  void never_helps(const std::string& sight);
  /// What was expected came after that was seen.
  void helped(const std::string& sight);
  /// A request of that kind was answered at once.
  void answered(const std::string& sight);
  bool was_answered(const std::string& sight) const;
  /// Whether waiting at that sight is known to be useless.
  bool is_vain(const std::string& sight) const;

 private:
  struct Experience {
    int in_vain = 0;
    bool helped = false;
    bool answered = false;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Experience> experiences_;  // guarded by mutex_
};

/// The pace of polling: 20 ms, doubled up to a second, the last wait cut at the deadline.
class Poll {
 public:
  Poll(http::Clock& clock, std::chrono::milliseconds span);
  /// Waits for the next turn; false if the time is over.
  bool next();
  std::chrono::milliseconds elapsed() const;

 private:
  http::Clock& clock_;
  http::Instant start_;
  http::Instant deadline_;
  http::Duration pause_;
};

/// One wait for something late, at that pace.
class Wait {
 public:
  /// kWholeTime: to see that something does not happen; seeing nothing does not count as a wait in vain.
  enum class Manner { kAsLongAsItHelps, kWholeTime };
  Wait(Session& session, std::chrono::milliseconds span, Manner manner = Manner::kAsLongAsItHelps);

  /// Waits for the next turn; false if the time is over, or if waiting is useless.
  bool next(const Sight& sight);
  /// What was waited for is there.
  void met();

 private:
  bool is_enough_of(const Sight& sight);
  /// Under which experience of the run it is found: how long a cascade takes says nothing about lateness.
  std::string experience(const Sight& sight) const;

  Session& session_;
  Poll poll_;
  std::chrono::milliseconds span_;
  Manner manner_;
  int number_;     // of the waits of its session
  int looks_ = 0;  // that did not show it
  Sight last_;
  bool changed_ = false;
  std::vector<std::string> seen_;
};

}  // namespace referee::engine
