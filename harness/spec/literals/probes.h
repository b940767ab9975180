// Literals of the probes: "probe..."_probe.
#pragma once

#include "harness/spec/ids_probes.h"  // written by the build
#include "harness/spec/literals/operators.h"
