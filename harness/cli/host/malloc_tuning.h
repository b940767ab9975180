// What the program asks of its allocator, so that a hostile registry's bytes are gone when they are done with. Where
// the C library is another than glibc, both do nothing.
#pragma once

namespace referee::cli {

/// Blocks of a mebibyte and more go back to the system as they are freed, instead of staying with the thread that had
/// them. For the whole program; to be called before there are threads.
void tune_malloc();

/// What is free goes back now: many small blocks of threads that have ended.
void trim_malloc();

}  // namespace referee::cli
