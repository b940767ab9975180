#include "harness/cli/host/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"

namespace referee::cli {

bool wants_color(Color color) {
  if (color != Color::kAuto) return color == Color::kAlways;
  const bool dumb = environment("TERM").value_or("dumb") == "dumb";
  return !environment("NO_COLOR") && !dumb && ::isatty(STDOUT_FILENO) == 1;
}

void print(std::string_view text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written || errno == EPIPE) return;
  throw WrongUsage(fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

namespace {

// Unlike fmt::print it does not throw.
void write_error(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

}  // namespace

void complain(std::string_view line) { write_error(fmt::format("referee: {}\n", line)); }

void draw_over(std::string_view line) {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  // One column stays free: a terminal that is full to its edge may begin a new line.
  write_error(fmt::format("\r\x1b[K{}", line.substr(0, known ? size.ws_col - 1U : 79U)));
}

}  // namespace referee::cli
