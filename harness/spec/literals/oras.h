// Literals of the ORAS rows and their defects: "oras..."_requirement, "oras...#a"_mutant.
#pragma once

#include "harness/spec/ids_oras.h"  // written by the build
#include "harness/spec/literals/operators.h"
