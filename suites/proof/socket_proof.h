// One defect over real sockets: the reference registry behind its server on a free port of 127.0.0.1, judged through
// libcurl by the checks of the defect's own requirement.
//
//   const SocketProof proof = prove_over_sockets(*registry::find_defect("oci.subject.push-201#a"));
//   EXPECT_TRUE(proof.caught);
#pragma once

#include <string>

#include "fixtures/registry/defect.h"

namespace referee::proof {

struct SocketProof {
  bool caught = false;
  std::string said;  // every check of the requirement that did not pass, and why; or why nothing could be judged
};

/// In the youngest edition in which the defect has to be shown. Waits for real, but briefly.
SocketProof prove_over_sockets(const registry::Defect& defect);

}  // namespace referee::proof
