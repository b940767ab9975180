// What has to hold for any input: a broken property ends the fuzz target as a crash does.
#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the process with the property's text where it does not hold.
#define HOLDS(property)                                                   \
  do {                                                                    \
    if (!(property)) {                                                    \
      std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #property); \
      std::abort();                                                       \
    }                                                                     \
  } while (false)
