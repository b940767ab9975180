#include "harness/cli/commands/exploring/exploring_line.h"

#include <fmt/format.h>

#include <optional>

#include "harness/spec/edition.h"

namespace referee::cli {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

}  // namespace

ExploringLine::ExploringLine(std::vector<std::string> names, const http::Clock& clock, Write write)
    : clock_(clock), write_(std::move(write)), start_(clock.now()), drawn_(start_) {
  for (auto& name : names) registries_.push_back({.name = std::move(name), .asked = {}});
}

void ExploringLine::planned(std::size_t registry, std::size_t questions) {
  const std::lock_guard lock(mutex_);
  registries_.at(registry).planned = questions;
}

void ExploringLine::began(std::size_t registry, spec::ProbeId probe, spec::Edition edition) {
  const std::lock_guard lock(mutex_);
  registries_.at(registry).asked[{probe, edition}] = clock_.now();
}

void ExploringLine::answered(std::size_t registry, const engine::ProbeResult& result) {
  {
    const std::lock_guard lock(mutex_);
    auto& one = registries_.at(registry);
    ++one.answered;
    one.asked.erase({result.probe, result.edition});
  }
  draw();
}

std::string ExploringLine::text() const {
  const std::lock_guard lock(mutex_);
  return text_now(clock_.now());
}

std::string ExploringLine::text_now(http::Instant now) const {
  std::string line = fmt::format("{} s: ", duration_cast<seconds>(now - start_).count());
  const Registry* slowest = nullptr;
  std::optional<std::pair<http::Instant, Question>> oldest;
  for (const auto& one : registries_) {
    line += fmt::format("{}{} {}/{}", &one == &registries_.front() ? "" : ", ", one.name, one.answered, one.planned);
    for (const auto& [question, since] : one.asked) {
      if (oldest && oldest->first <= since) continue;
      oldest = {since, question};
      slowest = &one;
    }
  }
  if (!oldest) return line;
  const auto& [probe, edition] = oldest->second;
  return line + fmt::format("; {} s for {}: {}, {}", duration_cast<seconds>(now - oldest->first).count(), slowest->name,
                            probe.text(), spec::name(edition));
}

void ExploringLine::draw() {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  if (now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  write_(text_now(now));
}

void ExploringLine::clear() {
  const std::lock_guard lock(mutex_);
  write_("");
}

Ticking::Ticking(ExploringLine& line)
    : line_(line), thread_([this](const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (!ended_.wait_for(lock, stop, seconds(1), [&stop] { return stop.stop_requested(); })) line_.draw();
      }) {}

Ticking::~Ticking() {
  thread_.request_stop();
  thread_.join();
  line_.clear();
}

}  // namespace referee::cli
