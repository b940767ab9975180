#include "harness/engine/settings.h"

#include <fmt/format.h>

#include <random>

namespace referee::engine {

std::string shortened_output(const std::string& output) {
  constexpr std::size_t kHead = 500;
  constexpr std::size_t kTail = 1500;
  if (output.size() <= kHead + kTail) return output;
  return fmt::format("{}\n[...]\n{}", output.substr(0, kHead), output.substr(output.size() - kTail));
}

std::string fresh_run_id() {
  static constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device entropy;
  std::string id;
  for (int i = 0; i < 10; ++i) id += kLetters[entropy() % (sizeof(kLetters) - 1)];
  return id;
}

}  // namespace referee::engine
