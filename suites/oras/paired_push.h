// What the ORAS checks of pushing share: paired pushes, so that a refusal has one cause only, and what became of a
// document.
//
//   CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustExistWhenPushedByDigest, "oras.subject.missing-400"_requirement) {
//     const auto present = push(image());
//     const auto absent = absent_subject(session().fresh_nonce());
//     const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(absent));
//     EXPECT_THAT(pair.answer, HasStatus(400));  // the same artifact on the present subject was accepted just before
//   }
#pragma once

#include <ostream>
#include <string>

#include "suites/suite.h"

namespace referee::suites {

/// A document that was accepted, and the same document with one thing changed.
struct PushPair {
  oci::Content control;
  oci::Content tried;
  Response answer;  // to the push of `tried`, unjudged
};

/// What the registry makes of a document that it accepted: as what it serves it, and how it lists it.
struct Reading {
  Response pulled;
  std::optional<engine::Entry> entry;  // nothing if it is not listed
};

inline void PrintTo(const Reading& reading, std::ostream* out) {
  *out << "served as " << reading.pulled.headers.get("Content-Type").value_or("nothing") << ", ";
  if (reading.entry) {
    *out << "listed as " << ::testing::PrintToString(*reading.entry);
  } else {
    *out << "not listed";
  }
}

class PairedPush : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// Pushes the control, which has to be accepted or the check is blocked, then the other document under the same nonce
  /// to the same place: what differs in the answer is due to what differs in the documents. By tag if `tag` is given.
  PushPair push_pair(const Document& control, const Document& tried, const std::string& tag = "") const;

  /// The artifact in the list of the subject and on GET. It has settled once the control, pushed before it, is listed.
  Reading reading_of(const PushPair& pair, const Pushed& subject) const;

  /// The claims of the rules that bind the document and not the registry: refusing it is right, and if it is taken
  /// (the row's verdict) it must not be shown as something else (a failure).
  void judge_refusal(const PushPair& pair, const Pushed& subject, const std::string& what) const;
};

/// The plain artifact that the checks start from: type "sbom/example", one blob.
inline Document sbom() { return oras_artifact(kOrasSbom); }

/// The artifact's bytes as a blob of fresh content.
inline oci::Blob fresh_blob(std::string_view media_type, const std::string& nonce) {
  return oci::Blob::of(std::string(media_type), "a blob of " + nonce);
}

}  // namespace referee::suites
