// Paired pushes and what became of a document: see paired_push.h.
#include "suites/oras/paired_push.h"

#include <nlohmann/json.hpp>

#include "harness/oci/json.h"

namespace referee::suites {
namespace {

std::string type_in(const oci::Content& content) {
  const auto body = oci::read_json(content.manifest.bytes);
  if (!body.value || !body.value->is_object()) return "";
  const auto type = body.value->find("mediaType");
  return type != body.value->end() && type->is_string() ? type->get<std::string>() : "";
}

// A reader of the entry and a reader of the document have to see the same thing. The header of the push
// and the body may disagree on it, since some of the documents do so on purpose: either is the document's own word.
std::string confusion(const Reading& reading, const oci::Content& content) {
  if (!reading.entry) return "";
  const std::string& pushed_as = content.manifest.media_type;
  const auto& listed_as = reading.entry->media_type;
  if (listed_as && *listed_as != pushed_as && *listed_as != type_in(content)) {
    return "the entry has a mediaType that the document never had";
  }
  const bool served_otherwise =
      reading.pulled.status == 200 && !::testing::Matches(IsServedAs(pushed_as))(reading.pulled);
  if (served_otherwise && listed_as && *listed_as != pushed_as) {
    return "it was pushed as " + pushed_as + ", and is served and listed as something else";
  }
  const auto& type = reading.entry->artifact_type;
  if (type && *type != content.artifact_type) return "the entry has an artifactType that the document does not have";
  return "";
}

MATCHER_P(IsTakenForWhatItIs, content,
          negation ? "is shown as another kind than the document" : "is shown as the kind that the document is") {
  const std::string fault = confusion(arg, content);
  *result_listener << fault;
  return fault.empty();
}

}  // namespace

PushPair PairedPush::push_pair(const Document& control, const Document& tried, const std::string& tag) const {
  const oci::Making making{session().dialect(), session().fresh_nonce(), session().guise()};
  PushPair pair{control.make(making), tried.make(making), {}};
  push(pair.control, {.tag = tag.empty() ? "" : "control-" + tag});
  pair.answer = put(pair.tried, {.tag = tag});
  return pair;
}

Reading PairedPush::reading_of(const PushPair& pair, const Pushed& subject) const {
  const auto listing = eventually([&] { return referrers_of(subject); }, Lists(pair.control));
  Reading reading{pull(pair.tried.manifest.digest), {}};
  for (const auto& entry : listing.entries()) {
    if (entry.digest == pair.tried.manifest.digest.text()) reading.entry = entry;
  }
  return reading;
}

void PairedPush::judge_refusal(const PushPair& pair, const Pushed& subject, const std::string& what) const {
  EXPECT_THAT(pair.answer, Not(HasStatusClass(2))) << "the push of " << what;
  if (pair.answer.status / 100 != 2) return;
  EXPECT_FAIL_THAT(reading_of(pair, subject), IsTakenForWhatItIs(pair.tried)) << "accepted: " << what;
}

}  // namespace referee::suites
