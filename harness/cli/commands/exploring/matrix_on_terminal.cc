#include "harness/cli/commands/exploring/matrix_on_terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "harness/cli/host/environment.h"
#include "reports/exploration/matrix.h"

namespace referee::cli {
namespace {

constexpr std::size_t kNothingIsCut = 0;

std::size_t width_of_output() {
  if (const auto columns = environment("COLUMNS")) {
    const int width = std::atoi(columns->c_str());
    if (width > 0) return static_cast<std::size_t>(width);
  }
  if (::isatty(STDOUT_FILENO) != 1) return kNothingIsCut;
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 100;
}

}  // namespace

std::string matrix_on_terminal(const reports::Results& exploration, Color color, bool contradictions,
                               const std::vector<std::string>& written) {
  return reports::matrix_text(
      exploration,
      {.width = width_of_output(), .color = wants_color(color), .conflicts = contradictions, .written = written});
}

}  // namespace referee::cli
