// What goes where: results to standard output, progress and complaints to standard error.
#pragma once

#include <string_view>

namespace referee::cli {

/// When colours are used: automatic means on a terminal, and never where NO_COLOR is set.
enum class Color { kAuto, kAlways, kNever };

/// Whether standard output gets colours.
bool wants_color(Color color);

/// Writes to standard output and flushes. Throws WrongUsage where it cannot be written to (a full disk), but accepts
/// that the reader has closed it.
void print(std::string_view text);

/// A line on standard error, with the program's name before it. Where it cannot be written it is lost: a terminal that
/// has gone does not end a run.
void complain(std::string_view line);

/// Draws the line over the last one on standard error, cut to fewer bytes than the terminal has columns; lost where it
/// cannot be written.
void draw_over(std::string_view line);

}  // namespace referee::cli
