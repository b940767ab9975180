#include "harness/engine/upkeep/collecting.h"

#include <fmt/format.h>

#include <thread>
#include <utility>

#include "harness/engine/upkeep/turnstile.h"

namespace referee::engine {

void Collecting::run(std::size_t n, const std::function<void(std::size_t, const Hook&)>& take) {
  Turnstile turnstile(n, settings_.jobs, [this] { return collect(); });
  std::vector<std::jthread> threads;
  for (std::size_t at = 0; at < n; ++at) {
    threads.emplace_back([&, at] {
      turnstile.enter(at);
      take(at, [&](const std::string&) { return turnstile.pass(at); });
      turnstile.leave();
    });
  }
}

HookReport Collecting::collect() {
  if (stop_.raised()) return {};
  const auto begin = clock_.now();
  CollectorTurn turn{.started = clock_.wall(), .output = {}};
  auto report = settings_.collect("collect");
  turn.seconds = std::chrono::duration<double>(clock_.now() - begin).count();
  turn.status = report.status;
  turn.output = shortened_output(report.output);
  turns_.push_back(std::move(turn));
  upkeep_.wait_until_it_is_there();
  return report;
}

std::string Collecting::words() const {
  if (turns_.empty()) return "";
  std::string words = fmt::format("{} {} of --gc-hook:", turns_.size(), turns_.size() == 1 ? "run" : "runs");
  for (const auto& turn : turns_) words += fmt::format("{} {:.1f} s", words.back() == ':' ? "" : ",", turn.seconds);
  return words;
}

}  // namespace referee::engine
