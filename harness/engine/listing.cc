#include "harness/engine/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "harness/engine/shortened.h"
#include "harness/oci/json.h"

namespace referee::engine {
namespace {

using nlohmann::json;

std::optional<std::string> text_member(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

// The entry shares the document that the value is a part of.
Entry read_entry(const std::shared_ptr<const json>& document, const json& value, std::uint64_t sequence) {
  Entry entry;
  entry.sequence = sequence;
  entry.raw = std::shared_ptr<const json>(document, &value);
  if (!value.is_object()) return entry;
  entry.media_type = text_member(value, "mediaType");
  entry.digest = text_member(value, "digest");
  entry.artifact_type = text_member(value, "artifactType");
  if (const auto size = value.find("size"); size != value.end() && size->is_number_integer()) {
    entry.size = size->get<std::int64_t>();
  }
  return entry;
}

std::string excerpt(std::string_view text, std::size_t limit) {
  std::string shown;
  for (const char c : text.substr(0, limit)) {
    const auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  if (text.size() > limit) shown += "...";
  return shown;
}

}  // namespace

Page read_page(http::Response response, const std::vector<std::string>& keys) {
  Page page;
  page.key = keys.front();
  page.response = std::move(response);
  if (page.response.status != 200) {
    page.problem = fmt::format("the answer is {} and not 200", page.response.status);
    return page;
  }
  auto reading = oci::read_json(page.response.body);
  page.body = reading.value;
  page.json_faults = reading.faults;
  if (!reading.value) {
    page.problem = "the body is not JSON: " + reading.error;
    return page;
  }
  if (!reading.value->is_object()) {
    page.problem = fmt::format("the body is no JSON object but {}", reading.value->type_name());
    return page;
  }
  for (const auto& key : keys) {
    const auto found = reading.value->find(key);
    if (found == reading.value->end() || !found->is_array()) continue;
    page.key = key;
    page.readable = true;
    for (const auto& item : *found) {
      page.entries.push_back(read_entry(reading.value, item, page.response.sequence));
    }
    return page;
  }
  page.problem = fmt::format("the body has no array `{}`", fmt::join(keys, "` or `"));
  return page;
}

bool Listing::readable() const {
  return broken.empty() && !pages.empty() && std::ranges::all_of(pages, &Page::readable);
}

std::vector<Entry> Listing::entries() const {
  std::vector<Entry> all;
  for (const auto& page : pages) all.insert(all.end(), page.entries.begin(), page.entries.end());
  return all;
}

bool Listing::ends_with_an_empty_page() const {
  return pages.size() > 1 && pages.back().readable && pages.back().entries.empty() && pages.back().strangers.empty();
}

std::vector<std::string> digests_of(const std::vector<Entry>& entries) {
  std::vector<std::string> digests;
  for (const auto& entry : entries) digests.push_back(entry.digest.value_or(""));
  return digests;
}

const std::vector<Entry>& entries_of(const Page& page) { return page.entries; }
std::vector<Entry> entries_of(const Listing& listing) { return listing.entries(); }
const http::Response& response_of(const http::Response& response) { return response; }
const http::Response& response_of(const Page& page) { return page.response; }
const http::Response& response_of(const Listing& listing) { return listing.first().response; }
std::string problem_of(const Page& page) { return page.problem; }

std::string problem_of(const Listing& listing) {
  if (!listing.broken.empty()) return listing.broken;
  for (const auto& page : listing.pages) {
    if (!page.problem.empty()) return page.problem;
  }
  return "";
}

void PrintTo(const Entry& entry, std::ostream* out) { *out << (entry.raw ? oci::dump_json(*entry.raw) : "nothing"); }

void PrintTo(const Page& page, std::ostream* out) { PrintTo(page.response, out); }

void PrintTo(const Listing& listing, std::ostream* out) {
  if (listing.pages.size() == 1) return PrintTo(listing.pages.front(), out);
  *out << fmt::format("{} pages with [{}]", listing.pages.size(), shortened(digests_of(listing.entries())));
  if (!listing.broken.empty()) *out << "; " << listing.broken;
}

}  // namespace referee::engine

namespace referee::http {

void PrintTo(const Response& response, std::ostream* out) {
  *out << response.status;
  if (!response.reason.empty()) *out << ' ' << response.reason;
  if (const auto type = response.headers.get("Content-Type")) *out << ", " << *type;
  *out << ", " << response.body.size() << (response.body.size() == 1 ? " byte" : " bytes");
  if (!response.body.empty()) *out << ": " << engine::excerpt(response.body, 400);
}

}  // namespace referee::http
