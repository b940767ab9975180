// How the program ends, and the one exception that means the user's command was wrong.
#pragma once

#include <stdexcept>

namespace referee::cli {

/// Part of the promises to scripts: these numbers never change.
enum ExitCode : int {
  kDone = 0,        // conformant, or done
  kViolated = 1,    // a requirement is violated; regressed; missed
  kWrongUsage = 2,  // wrong usage or configuration
  kNotJudged = 3,   // the target could not be judged
  kInterrupted = 130,
};

/// The command line, the environment or the configuration cannot be carried out. The text is one line that names what
/// is wrong and how to fix it; the program prints it and ends with kWrongUsage.
class WrongUsage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace referee::cli
