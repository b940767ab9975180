// Probes: open questions put to a registry. BEHAVIOUR_PROBE makes one and puts it on the list; its body answers with a
// class that the catalogue names, and never judges.
//
//   BEHAVIOUR_PROBE(SubjectInAnotherRepository, "probe.subject.other-repo"_probe) {
//     const auto elsewhere = push(image(), {.in = other_repository()});
//     const auto answer = put(make(artifact(kSbom).refers_to(elsewhere)));
//     return {answer.status == 201 ? "ACCEPT" : std::to_string(answer.status), "PUT in a repository without it"};
//   }
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/engine/conversation.h"
#include "harness/http/record/transcript.h"
#include "harness/spec/edition.h"
#include "harness/spec/id.h"

namespace referee::engine {

/// What a probe saw.
struct Observation {
  std::string answer;       // the class: "KEEP+LISTED", "400 MANIFEST_INVALID"; short enough for the cell of a table
  std::string detail = {};  // what explains it, one line or several
};

/// An option or a capability that the probe needs is not there; the text names it: "--gc-hook".
class Needs : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// In which editions a probe is asked.
enum class Asked : std::uint8_t { kEverywhere, kOci, kOras, kOldOras, kNewOras };
bool is_asked(Asked asked, spec::Edition edition);

/// Where a probe is asked, and what else it does.
struct ProbeTraits {
  Asked asked = Asked::kEverywhere;
  bool collects = false;  // calls collect(): with --gc-hook such probes take turns
};

/// One way to answer a probe of the catalogue. Runs once in each edition in which it is asked.
struct Probe {
  std::string name;
  spec::ProbeId id;
  ProbeTraits traits;
  const char* file;
  int line;
  Observation (*body)(Session&);
};

/// All probes that are linked in, in the order of their themes: see weight_of().
const std::vector<Probe>& all_probes();

/// Called by the macro while the program starts.
bool add_probe(Probe probe);

/// Places a probe in tables and runs: the questions across repositories and about rights come first, then the others by
/// group and id. Smaller is earlier.
int weight_of(spec::ProbeId id);

/// What became of a question.
enum class Reply : std::uint8_t {
  kAnswered,    // the answer is a class
  kNeeds,       // an option is missing; the answer names it
  kNotOffered,  // the target lacks what the question is about
  kUndecided,   // a premise did not hold
  kError,       // the harness or the wire failed
};

/// One probe in one edition at one target.
struct ProbeResult {
  spec::ProbeId probe;
  spec::Edition edition;
  Reply reply = Reply::kAnswered;
  std::string answer;
  std::string detail;
  http::WallTime started;
  double seconds = 0;
  std::vector<http::Exchange> exchanges;
};

/// Runs the body; whatever it throws becomes a reply. The session is cleaned up by the caller.
ProbeResult run_probe(const Probe& probe, Session& session);

template <typename Body>
bool add_probe_of(const char* name, const char* file, int line, spec::ProbeId id, ProbeTraits traits = {}) {
  return add_probe({name, id, traits, file, line, [](Session& session) { return Body(session).body(); }});
}

template <typename Body>
bool add_probe_of(const char* name, const char* file, int line, spec::ProbeId id, Asked asked) {
  return add_probe_of<Body>(name, file, line, id, ProbeTraits{.asked = asked});
}

}  // namespace referee::engine

/// Declares a probe on a class of one's own that derives from Conversation and inherits its constructor.
#define BEHAVIOUR_PROBE_F(Fixture, Name, ...)                                                \
  namespace {                                                                                \
  struct Probe_##Name final : Fixture {                                                      \
    using Base = Fixture;                                                                    \
    using Base::Base;                                                                        \
    ::referee::engine::Observation body();                                                   \
  };                                                                                         \
  [[maybe_unused]] const bool kProbe_##Name =                                                \
      ::referee::engine::add_probe_of<Probe_##Name>(#Name, __FILE__, __LINE__, __VA_ARGS__); \
  }                                                                                          \
  ::referee::engine::Observation Probe_##Name::body()

/// Declares a probe: a name, the catalogue's id, and ProbeTraits where it needs any.
#define BEHAVIOUR_PROBE(Name, ...) BEHAVIOUR_PROBE_F(::referee::engine::Conversation, Name, __VA_ARGS__)
