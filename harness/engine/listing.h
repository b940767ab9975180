// What a referrers list says: one page, or all pages of a chain, in the dialect of the edition asked.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/http/message.h"
#include "harness/oci/digest.h"

namespace referee::engine {

/// One entry of a list, as far as it can be read; `raw` is all of it.
struct Entry {
  std::optional<std::string> media_type;
  std::optional<std::string> digest;
  std::optional<std::int64_t> size;          // nothing if absent or no integer
  std::optional<std::string> artifact_type;  // nothing if the key is absent or no string
  std::shared_ptr<const nlohmann::json> raw;
  std::uint64_t sequence = 0;  // of the exchange of its page; 0 if none is known
};

/// One answer of the list endpoint.
struct Page {
  http::Response response;
  std::string key;                       // where the entries are looked for: "manifests", "referrers" or "references"
  bool readable = false;                 // a 200 whose body is a JSON object with an array under the key
  std::string problem;                   // why it is not readable
  std::vector<std::string> json_faults;  // readable, but not I-JSON
  std::shared_ptr<const nlohmann::json> body;  // null if it is not JSON
  std::vector<Entry> entries;
  std::string subject;  // whose referrers were asked for, and where; empty if unknown
  std::string repository;
  std::vector<Entry> strangers;  // referrers of the subject that the check did not push; not among `entries`
};

/// All answers of a chain of `Link`s with rel="next".
struct Listing {
  std::vector<Page> pages;
  std::string broken;  // why the chain could not be followed to its end: "a page was repeated: ..."; empty if it was

  const Page& first() const { return pages.front(); }
  bool readable() const;
  /// The entries of all pages, in order.
  std::vector<Entry> entries() const;
  /// Whether a chain of several pages ends with one that lists nothing, not even what others pushed.
  bool ends_with_an_empty_page() const;
};

/// Reads a page; accepts either of several keys, the first that holds an array.
Page read_page(http::Response response, const std::vector<std::string>& keys);

/// The digests listed, in order; an entry without one gives an empty text.
std::vector<std::string> digests_of(const std::vector<Entry>& entries);

const std::vector<Entry>& entries_of(const Page& page);
std::vector<Entry> entries_of(const Listing& listing);
const http::Response& response_of(const http::Response& response);
const http::Response& response_of(const Page& page);
const http::Response& response_of(const Listing& listing);
std::string problem_of(const Page& page);
std::string problem_of(const Listing& listing);

/// The JSON of the entry.
void PrintTo(const Entry& entry, std::ostream* out);
void PrintTo(const Page& page, std::ostream* out);
void PrintTo(const Listing& listing, std::ostream* out);

}  // namespace referee::engine

namespace referee::http {
/// "404 Not Found, application/json, 34 bytes: {...}", cut where it is long.
void PrintTo(const Response& response, std::ostream* out);
}  // namespace referee::http
