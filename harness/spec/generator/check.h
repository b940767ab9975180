// What a catalogue must keep before the build takes it.
#pragma once

#include <string>
#include <vector>

#include "harness/spec/generator/source.h"

namespace referee::spec::generator {

/// Everything wrong with the catalogue, one line each: "FILE: row N (ID): what is wrong". Empty if it is sound.
/// It refuses missing, unknown or mistyped fields; ids that are malformed, repeated or out of order; unknown levels,
/// verdicts, editions, gates and rows; a row without an edition, or with one of the other family; a defect whose id
/// does not belong to its row.
std::vector<std::string> faults_of(const Source& source);

}  // namespace referee::spec::generator
