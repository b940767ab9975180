// Checks that look again once everything else has run, before anything is cleaned up.
//
//   struct Fading : engine::Conversation {
//     using Conversation::Conversation;
//     using Kept = Pushed;
//   };
//   CONFORMANCE_TEST_AND_LATER(Fading, Suite, Name, "oci.delete.manifest-gone"_requirement) { return push(image()); }
//   void Suite_Name::later(const Pushed& kept) { EXPECT_THAT(pull(kept), HasStatus(200)); }
#pragma once

#include <chrono>
#include <memory>

#include "suites/suite.h"

namespace referee::suites {

/// At least so much time lies between a deletion and the last look at what was deleted.
inline constexpr std::chrono::seconds kBeforeTheLastLook{2};

template <typename Body>
bool add_check_and_later(const char* suite, const char* name, const char* file, int line,
                         spec::RequirementId requirement, engine::CheckTraits traits = {}) {
  using Kept = typename Body::Kept;
  struct Pending {
    Kept kept;
    http::Instant since;
  };
  return engine::add_check({.suite = suite,
                            .name = name,
                            .requirement = requirement,
                            .traits = traits,
                            .file = file,
                            .line = line,
                            .body =
                                [](engine::Session& session) {
                                  auto kept = Body(session).body();
                                  const auto now = session.client().clock().now();
                                  session.kept() = std::make_shared<Pending>(Pending{std::move(kept), now});
                                },
                            .later =
                                [](engine::Session& session) {
                                  const auto pending = std::static_pointer_cast<Pending>(session.kept());
                                  const auto left =
                                      pending->since + kBeforeTheLastLook - session.client().clock().now();
                                  const auto pause = std::chrono::ceil<std::chrono::milliseconds>(left);
                                  if (pause.count() > 0) session.pause(pause);
                                  Body(session).later(pending->kept);
                                }});
}

}  // namespace referee::suites

/// Declares a check of two parts: the body returns the fixture's Kept, and later() gets it.
#define CONFORMANCE_TEST_AND_LATER(Fixture, Suite, Name, ...)                                                 \
  namespace {                                                                                                 \
  struct Suite##_##Name final : Fixture {                                                                     \
    using Base = Fixture;                                                                                     \
    using Base::Base;                                                                                         \
    using Base::Kept;                                                                                         \
    Kept body();                                                                                              \
    void later(const Kept& kept);                                                                             \
  };                                                                                                          \
  [[maybe_unused]] const bool k##Suite##_##Name =                                                             \
      ::referee::suites::add_check_and_later<Suite##_##Name>(#Suite, #Name, __FILE__, __LINE__, __VA_ARGS__); \
  }                                                                                                           \
  Suite##_##Name::Kept Suite##_##Name::body()
