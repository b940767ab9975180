// The subject of an artifact: ORAS artifacts-spec, artifact-manifest.md, property `subject`; PUT of an artifact manifest.
#include "suites/suite.h"

namespace referee::suites {

CONFORMANCE_TEST(OrasSubject, RefusesASubjectThatIsNowhere, "oras.subject.missing-400"_requirement) {
  const auto present = push(image());
  push(artifact(kOrasSbom).refers_to(present));  // the control: with a subject that is there it is accepted
  const auto dangling = make(artifact(kOrasSbom).refers_to(absent_subject(session().fresh_nonce())));

  EXPECT_THAT(put(dangling), HasStatus(400));
  EXPECT_THAT(put(dangling, {.tag = "dangling"}), HasStatus(400));
}

}  // namespace referee::suites
