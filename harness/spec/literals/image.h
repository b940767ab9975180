// Literals of the OCI image-spec's rows and their defects: "img..."_requirement, "img...#a"_mutant.
#pragma once

#include "harness/spec/ids_image.h"  // written by the build
#include "harness/spec/literals/operators.h"
