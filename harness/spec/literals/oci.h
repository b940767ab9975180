// Literals of the OCI distribution-spec's rows and their defects: "oci..."_requirement, "oci...#a"_mutant.
#pragma once

#include "harness/spec/ids_oci.h"  // written by the build
#include "harness/spec/literals/operators.h"
