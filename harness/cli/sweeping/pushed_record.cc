#include "harness/cli/sweeping/pushed_record.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "harness/oci/json.h"
#include "reports/saved/results.h"

namespace referee::cli {
namespace {

using nlohmann::json;
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

std::string text_member(const json& line, const char* name) {
  const auto found = line.find(name);
  return found != line.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<json> object_of(const std::string& line) {
  const auto reading = oci::read_json(line);
  if (!reading.value || !reading.value->is_object()) return std::nullopt;
  return *reading.value;
}

// Whether every byte has reached the kernel, which outlives the process.
bool write_whole(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

PushedRecord::PushedRecord(const fs::path& folder, PushedBy by)
    : path_(folder / fmt::format("{}{}{}", kBeginning, by.run, kEnding)), by_(std::move(by)) {}

PushedRecord::~PushedRecord() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void PushedRecord::write(const char* what, const PushedItem& item) {
  if (broken_) return;
  std::string text;
  if (descriptor_ < 0) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
    const json heading = {
        {"schema", kSchema}, {"run", by_.run}, {"target", by_.target}, {"started", text_of(by_.started)}};
    text = oci::dump_json(heading) + "\n";
  }
  const json line = {
      {what, item.is_manifest ? "manifest" : "blob"}, {"repository", item.repository}, {"digest", item.digest}};
  text += oci::dump_json(line) + "\n";
  broken_ = descriptor_ < 0 || !write_whole(descriptor_, text);
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
  return !broken_;
}

void PushedRecord::remove() {
  const std::lock_guard lock(mutex_);
  if (descriptor_ < 0) return;  // there is none of this run
  std::error_code ignored;
  fs::remove(path_, ignored);
}

PushedBefore read_pushed_record(const fs::path& path) {
  std::ifstream in(path);
  if (!in.is_open()) throw reports::CannotRead(fmt::format("cannot read {}: it cannot be opened", path.string()));
  std::string text;
  PushedBefore before;
  if (const auto heading = std::getline(in, text) ? object_of(text) : std::nullopt;
      heading && text_member(*heading, "schema") == kSchema) {
    const auto started = time_of(text_member(*heading, "started"));
    before.by = {text_member(*heading, "run"), text_member(*heading, "target"),
                 started.value_or(std::chrono::sys_seconds{})};
  } else {
    throw reports::CannotRead(fmt::format("cannot read {}: not a record of what a run pushed", path.string()));
  }
  while (std::getline(in, text)) {
    const auto line = object_of(text);
    if (!line) continue;
    const bool sent = line->contains("sent");
    const PushedItem item{.is_manifest = text_member(*line, sent ? "sent" : "gone") == "manifest",
                          .repository = text_member(*line, "repository"),
                          .digest = text_member(*line, "digest")};
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
