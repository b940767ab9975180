// How big a manifest may be: OCI distribution-spec, "Pushing Manifests"; PUT /v2/<name>/manifests/<reference>.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/http/transport.h"
#include "harness/spec/literals/oci.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

constexpr std::size_t kFourMegabytes = 4'000'000;
constexpr std::size_t kFourMebibytes = 4 * 1024 * 1024;
constexpr std::size_t kAboveAnyLimit = 32 * 1024 * 1024;

constexpr engine::CheckTraits kHeavy{.heavy = true};
constexpr const char* kPadding = "org.example.padding";

// Pads inside that annotation, which has to be there. Document::padded_to() would write so much JSON twice.
Serialization swollen_to(std::size_t bytes) {
  return [bytes](std::string text) {
    const std::string member = fmt::format("\"{}\":\"", kPadding);
    text.insert(text.find(member) + member.size(), std::string(bytes - text.size(), 'x'));
    return text;
  };
}

// Pads with white space, which no bound on annotations forbids.
Serialization spread_to(std::size_t bytes) {
  return [bytes](std::string text) {
    text.insert(1, std::string(bytes - text.size(), ' '));
    return text;
  };
}

Document padded(const Pushed& subject) { return artifact(kSbom).refers_to(subject).annotated(kPadding, ""); }

// Whether the list repeats that annotation as the manifest has it, byte for byte.
bool repeats_the_padding(const engine::Entry& entry, const std::string& manifest) {
  const auto annotations = entry.raw->find("annotations");
  if (annotations == entry.raw->end() || !annotations->is_object() || !annotations->contains(kPadding)) return false;
  const auto& listed = annotations->at(kPadding);
  if (!listed.is_string()) return false;
  return manifest.find(fmt::format("\"{}\":\"{}\"", kPadding, listed.get_ref<const std::string&>())) !=
         std::string::npos;
}

}  // namespace

CONFORMANCE_TEST(Size, MayBeFourMegabytes, "oci.subject.size-4mb"_requirement, kHeavy) {
  const auto subject = push(image());
  const auto small = push(padded(subject));
  GIVEN_THAT(pull(small), AllOf(HasStatus(200), HasBody(small.bytes())));
  if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(small));
  const auto big = make(padded(subject).serialized_as(swollen_to(kFourMegabytes)));
  const auto answer = put(big);
  if (answer.status / 100 == 4) {
    const bool by_size = put(make(padded(subject).serialized_as(spread_to(kFourMegabytes)))).status != 201;
    APPLIES_IF(by_size, Holds("annotations of four megabytes",
                              "the registry takes manifests of this size, and bounds annotations"));
  }
  ASSERT_THAT(answer, HasStatus(201));
  const auto pulled = eventually([&] { return pull(big.manifest.digest); }, HasStatus(200));
  EXPECT_THAT(pulled, HasStatus(200));
  EXPECT_THAT(pulled.body == big.manifest.bytes,
              Holds("the bytes that were pushed", fmt::format("{} other bytes", pulled.body.size())));
  if (!met(Gate::kReferrers)) return;
  if (is_acknowledged(small)) {
    EXPECT_THAT(answer, HasHeader(oci::kSubjectHeader));
  }

  const auto listing = eventually([&] { return list_all(subject); }, AllOf(Lists(small), Lists(big)));
  ASSERT_THAT(listing, Lists(big));
  GIVEN_THAT(repeats_the_padding(entry_of(listing, small), small.bytes()),
             Holds("annotations in the entry", "the entry of a small manifest lacks its annotations too"));
  EXPECT_THAT(repeats_the_padding(entry_of(listing, big), big.manifest.bytes),
              Holds("the whole annotation in the entry", "an entry without it, or with a part of it"));
}

CONFORMANCE_TEST(Size, MayBeFourMebibytes, "oci.subject.size-4mb"_requirement, kHeavy) {
  needs(Gate::kFourMegabytes);
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));

  EXPECT_NOTE_THAT(put(make(padded(subject).serialized_as(swollen_to(kFourMebibytes)))), HasStatus(201));
}

CONFORMANCE_TEST(Size, IsReportedIfTooLarge, "oci.subject.size-413"_requirement, kHeavy) {
  const auto subject = push(image());
  const auto huge = make(artifact(kSbom).refers_to(subject).serialized_as(spread_to(kAboveAnyLimit)));
  push_parts(huge, repository());
  Response answer;
  std::string broken;
  try {
    answer = put_manifest(huge.manifest, huge.manifest.digest, repository(), {{"Expect", "100-continue"}});
  } catch (const http::TransportFault& fault) {
    if (fault.kind() != http::FaultKind::kClosed && fault.kind() != http::FaultKind::kReset) throw;
    broken = fault.what();
  }
  EXPECT_THAT(broken.empty(), Holds("an answer", "a connection that ended without one: " + broken));
  if (!broken.empty()) return;
  EXPECT_NOTE_THAT(answer, Not(HasStatusClass(2))) << "no limit was found up to 32 MiB";
  EXPECT_THAT(answer, AnyOf(HasStatusClass(2), HasStatus(413)));
}

}  // namespace referee::suites
