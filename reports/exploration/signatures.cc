// What a collection does to signatures: the detail of one probe as a separate table, which leads an exploration.
#include <algorithm>

#include "reports/exploration/matrix.h"
#include "reports/plain_text.h"

namespace referee::reports {

std::vector<CollectedSignatures> collected_signatures(const Matrix& matrix) {
  std::vector<CollectedSignatures> tables;
  for (const auto& row : matrix.rows) {
    if (row.probe != "probe.gc.signatures" || std::ranges::none_of(row.cells, &Cell::answered)) continue;
    auto& table = tables.emplace_back(CollectedSignatures{row.spec, {}});
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
      if (!row.cells[column].answered) continue;
      for (const auto line : lines_of(row.cells[column].detail)) {
        const std::string part(line);
        const auto colon = part.find(": ");
        if (colon == std::string::npos) continue;
        const auto name = part.substr(0, colon);
        auto known = std::ranges::find(table.cases, name, [](const auto& each) { return each.first; });
        if (known == table.cases.end()) {
          known = table.cases.insert(known, {name, std::vector<std::string>(row.cells.size())});
        }
        known->second[column] = part.substr(colon + 2);
      }
    }
  }
  return tables;
}

}  // namespace referee::reports
