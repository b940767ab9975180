// Which number of entries makes a list come in pages: ORAS artifacts-spec, manifest-referrers-api.md, "Paging Results".
#include "suites/oras/lists.h"

#include <charconv>
#include <optional>

#include "harness/engine/capabilities.h"

namespace referee::suites {
namespace {

// How many artifacts, and the numbers that may be asked for then; none: without `n`.
struct Stage {
  std::size_t artifacts;
  std::vector<std::size_t> numbers;
};
const std::vector<Stage> kStages = {{5, {2, 1, 3}}, {25, {5, 10}}, {120, {50, 0}}};

constexpr const char* kNotYet = "not found out yet";

std::string query_for(std::size_t number) { return number == 0 ? "" : "n=" + std::to_string(number); }

// As it is remembered: the query, a blank, and how many entries the first page has.
std::string written(const std::string& query, std::size_t entries) { return query + ' ' + std::to_string(entries); }

}  // namespace

OrasLists::Pages OrasLists::pages() const {
  const auto* capabilities = session().capabilities();
  const auto wire = engine::wire_of(edition());
  auto known = session().fact("how lists come in pages", [&] {
    return capabilities == nullptr ? kNotYet : capabilities->page_query(wire).value_or(kNotYet);
  });
  if (known == kNotYet) {
    known = "n=2 0";
    Batch pushed{push(image()), {}};
    for (const auto& stage : kStages) {
      const auto more =
          push_each(batch(stage.artifacts - pushed.artifacts.size(), {artifact(kOrasSbom)}, pushed.subject));
      pushed.artifacts.insert(pushed.artifacts.end(), more.begin(), more.end());
      const auto listing = eventually([&] { return list_all(pushed.subject); }, ListsExactlyEach(pushed.artifacts));
      if (!::testing::Value(listing, ListsExactlyEach(pushed.artifacts))) break;  // other rows
      for (const auto number : stage.numbers) {
        const auto page = first_page(pushed.subject, query_for(number));
        const auto entries = page.entries.size();
        if (known != "n=2 0" || !page.readable || entries == 0 || entries >= pushed.artifacts.size()) continue;
        known = written(query_for(number), entries);
      }
      if (known != "n=2 0") break;
    }
    if (capabilities != nullptr) capabilities->found_page_query(wire, known);
  }
  const auto blank = known.rfind(' ');
  std::size_t entries = 0;
  std::from_chars(known.data() + blank + 1, known.data() + known.size(), entries);
  return {known.substr(0, blank), 2 * std::max<std::size_t>(entries, 2) + 1, entries > 0};
}

}  // namespace referee::suites
