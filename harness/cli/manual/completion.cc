#include "harness/cli/manual/completion.h"

namespace referee::cli {

Offer offer_of(const DescribedOption& option) {
  if (!option.offered.empty()) return Offer::kWords;
  if (option.value == "FILE" || option.value == "PATH" || option.value == "RESULTS") return Offer::kFiles;
  if (option.value == "DIR") return Offer::kFolders;
  return Offer::kNothing;
}

}  // namespace referee::cli
