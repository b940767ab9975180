#include "harness/cli/sweeping/pushed_record.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "reports/output_file.h"
#include "reports/saved/parse_document.h"
#include "reports/saved/results.h"

namespace referee::cli {
namespace {

using reports::Results;
namespace fs = std::filesystem;

constexpr auto kSchema = "referee-pushed/1";
constexpr std::string_view kBeginning = "pushed-";
constexpr std::string_view kEnding = ".jsonl";
constexpr auto kTimeForm = "%Y-%m-%dT%H:%M:%SZ";

std::string text_of(std::chrono::sys_seconds time) { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", time); }

std::optional<std::chrono::sys_seconds> time_of(const std::string& text) {
  std::tm parts{};
  const char* const end = strptime(text.c_str(), kTimeForm, &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(timegm(&parts)));
}

std::optional<Results> object_of(const std::string& line) {
  auto parsed = reports::parse_document(line);
  return parsed && parsed->is_object() ? std::move(parsed) : std::nullopt;
}

}  // namespace

PushedRecord::PushedRecord(const fs::path& folder, PushedBy by)
    : path_(folder / fmt::format("{}{}{}", kBeginning, by.run, kEnding)), by_(std::move(by)) {}

void PushedRecord::write(const char* what, const PushedItem& item) {
  if (broken_) return;
  if (!file_) {
    try {
      file_.emplace(path_, reports::Earlier::kKept);
    } catch (const reports::CannotWrite&) {
      broken_ = true;
      return;
    }
    file_->write({{"schema", kSchema}, {"run", by_.run}, {"target", by_.target}, {"started", text_of(by_.started)}});
  }
  file_->write(
      {{what, item.is_manifest ? "manifest" : "blob"}, {"repository", item.repository}, {"digest", item.digest}});
}

bool PushedRecord::sends(const PushedItem& item) {
  const std::lock_guard lock(mutex_);
  if (!there_.insert(item).second) return false;
  write("sent", item);
  return true;
}

void PushedRecord::gone(const PushedItem& item) {
  const std::lock_guard lock(mutex_);
  if (there_.erase(item) > 0) write("gone", item);
}

std::size_t PushedRecord::left() const {
  const std::lock_guard lock(mutex_);
  return there_.size();
}

bool PushedRecord::is_whole() const {
  const std::lock_guard lock(mutex_);
  return !broken_ && (!file_ || file_->is_whole());
}

void PushedRecord::remove() {
  const std::lock_guard lock(mutex_);
  if (file_) file_->remove();
}

PushedBefore read_pushed_record(const fs::path& path) {
  std::ifstream in(path);
  if (!in.is_open()) throw reports::CannotRead(fmt::format("cannot read {}: it cannot be opened", path.string()));
  std::string text;
  PushedBefore before;
  if (const auto heading = std::getline(in, text) ? object_of(text) : std::nullopt;
      heading && reports::text(*heading, "schema") == kSchema) {
    const auto started = time_of(reports::text(*heading, "started"));
    before.by = {reports::text(*heading, "run"), reports::text(*heading, "target"),
                 started.value_or(std::chrono::sys_seconds{})};
  } else {
    throw reports::CannotRead(fmt::format("cannot read {}: not a record of what a run pushed", path.string()));
  }
  while (std::getline(in, text)) {
    const auto line = object_of(text);
    if (!line) continue;
    const bool sent = line->contains("sent");
    const PushedItem item{.is_manifest = reports::text(*line, sent ? "sent" : "gone") == "manifest",
                          .repository = reports::text(*line, "repository"),
                          .digest = reports::text(*line, "digest")};
    std::erase(before.items, item);
    if (sent && !item.digest.empty() && !item.repository.empty()) before.items.push_back(item);
  }
  return before;
}

std::vector<fs::path> pushed_records_in(const fs::path& folder) {
  std::error_code unreadable;
  if (fs::is_regular_file(folder, unreadable)) return {folder};
  std::vector<fs::path> records;
  for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
    const auto name = entry.path().filename().string();
    const bool named_so = name.starts_with(kBeginning) && name.ends_with(kEnding);
    if (named_so && fs::is_regular_file(entry.symlink_status(unreadable))) records.push_back(entry.path());
  }
  std::ranges::sort(records);
  return records;
}

}  // namespace referee::cli
