#include "harness/engine/repeats/sha512.h"

#include <algorithm>

#include "harness/engine/capabilities.h"
#include "harness/engine/conversation.h"
#include "harness/engine/detection/small_content.h"
#include "harness/oci/names.h"

namespace referee::engine {
namespace {

class LongDigests : public Conversation {
 public:
  using Conversation::Conversation;

  bool are_listed() const {
    try {
      return takes_a_subject();
    } catch (const PremiseBroken&) {
      return false;
    } catch (const NotApplicable&) {
      return false;
    }
  }

 private:
  // Some keep everything under SHA-256, and say so where they are asked by another digest.
  bool takes_a_subject() const {
    const auto where = repository();
    auto content = small_image(session());
    content.manifest.digest = oci::Digest::of(content.manifest.bytes, oci::Algorithm::kSha512);
    const auto subject = push(content);
    if (!names(subject.response, subject.digest())) return false;
    const auto pulled = pull(subject.digest(), where);
    if (pulled.status != 200 || !names(pulled, subject.digest())) return false;
    const auto referrer = push(referrer_of(subject));
    const bool oci = session().dialect().form == oci::ArtifactForm::kOci;
    if (oci && referrer.response.headers.get(oci::kSubjectHeader) != subject.digest().text()) return false;
    const auto listed = [&] {
      const auto digests = digests_of(list_all(subject.digest(), where).entries());
      return std::ranges::count(digests, referrer.digest().text()) == 1;
    };
    return eventually(listed, ::testing::Eq(true));
  }

  static bool names(const http::Response& answer, const oci::Digest& digest) {
    return answer.headers.get(oci::kContentDigestHeader).value_or(digest.text()) == digest.text();
  }

  oci::Content referrer_of(const Pushed& subject) const {
    const auto described = descriptor_of(subject.descriptor());
    if (session().dialect().form == oci::ArtifactForm::kOci) return small_image(session(), {{"subject", described}});
    return small_artifact(session(), session().dialect(), "application/vnd.example.artifact.v1", described);
  }
};

}  // namespace

bool lists_under_sha512(Session& session) {
  const auto* known = session.capabilities();
  const auto wire = wire_of(session.edition());
  // A fact, since it depends on what other checks asked before; where this one asks, its evidence is judged again.
  const auto recall = [&]() -> std::string {
    const auto earlier = known == nullptr ? std::nullopt : known->lists_under_sha512(wire);
    return !earlier ? "asked here" : *earlier ? "yes" : "no";
  };
  const auto told = session.fact("referrers are listed under SHA-512", recall);
  if (told != "asked here") return told == "yes";
  const bool listed = LongDigests(session).are_listed();
  if (known != nullptr) known->found_under_sha512(wire, listed);
  return listed;
}

}  // namespace referee::engine
