#include "harness/engine/settings.h"

#include <random>

namespace referee::engine {

std::string fresh_run_id() {
  static constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device entropy;
  std::string id;
  for (int i = 0; i < 10; ++i) id += kLetters[entropy() % (sizeof(kLetters) - 1)];
  return id;
}

}  // namespace referee::engine
