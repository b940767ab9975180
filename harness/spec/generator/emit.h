// The catalogue as C++: headers with the sorted ids of each family, and one source file for each kind of row.
#pragma once

#include <map>
#include <string>

#include "harness/spec/generator/source.h"

namespace referee::spec::generator {

/// The content of every file to write, by its name. The source must be without faults.
std::map<std::string, std::string> generated_files(const Source& source);

}  // namespace referee::spec::generator
