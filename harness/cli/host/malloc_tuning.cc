#include "harness/cli/host/malloc_tuning.h"

#include <cstdlib>  // defines __GLIBC__ where it is so

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace referee::cli {

void tune_malloc() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

void trim_malloc() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace referee::cli
