// The compiled tables equal the catalogue's JSON in every cell: each row is written back as JSON and compared.
#include <filesystem>
#include <fstream>
#include <set>

#include "harness/spec/requirement.h"

namespace referee::spec {
namespace {

using nlohmann::json;

/// The rows of the files whose names fit, by id.
std::map<std::string, json> rows_of(const std::function<bool(const std::string& file)>& fits) {
  std::map<std::string, json> rows;
  for (const auto& entry : std::filesystem::directory_iterator(REFEREE_CATALOGUE)) {
    if (!fits(entry.path().filename().string())) continue;
    std::ifstream in(entry.path());
    for (json& row : json::parse(in)) {
      const std::string id = row["id"];
      EXPECT_TRUE(rows.emplace(id, std::move(row)).second) << id << " occurs twice";
    }
  }
  return rows;
}

json texts(std::span<const std::string_view> list) { return std::vector<std::string>(list.begin(), list.end()); }

json as_json(const GradedAnswer& grade) {
  json out = {{"answer", grade.answer}, {"verdict", grade.verdict}};
  for (const Edition edition : grade.editions) out["editions"].push_back(name(edition));
  return out;
}

json as_json(const Requirement& row) {
  json out = {{"id", row.id},
              {"family", row.family},
              {"spec", row.spec},
              {"group", row.group},
              {"range", row.range},
              {"anchor", row.anchor},
              {"text", row.text},
              {"check", row.check},
              {"level", name(row.headline.level)},
              {"gates", json::array()},
              {"verdict", name(row.headline.verdict)},
              {"editions", json::array()},
              {"mutants", json::array()}};
  for (const Edition edition : all_editions()) {
    const auto binding = row.in(edition);
    if (!binding) continue;
    const std::string key(name(edition));
    out["editions"].push_back(key);
    if (binding->level != row.headline.level) out["except"][key]["level"] = name(binding->level);
    if (binding->verdict != row.headline.verdict) out["except"][key]["verdict"] = name(binding->verdict);
  }
  if (!row.notes.empty()) out["notes"] = row.notes;
  for (const Gate gate : row.gates) out["gates"].push_back(name(gate));
  for (const PartGate& part : row.gates_part) out["gates_part"][std::string(name(part.gate))] = part.step;
  for (const Mutant& mutant : row.mutants) out["mutants"].push_back({{"id", mutant.id}, {"defect", mutant.defect}});
  for (const GradedAnswer& grade : row.graded) out["graded"].push_back(as_json(grade));
  return out;
}

json as_json(const Probe& row) {
  json out = {{"id", row.id},     {"group", row.group},         {"question", row.question},
              {"spec", row.spec}, {"procedure", row.procedure}, {"classes", row.classes}};
  if (!row.seen.empty()) out["seen"] = row.seen;
  return out;
}

json as_json(const LawfulBehaviour& row) {
  return {{"id", row.id},
          {"description", row.description},
          {"rows", texts(row.rows)},
          {"editions", texts(row.editions)},
          {"was", texts(row.was)}};
}

json as_json(const Contradiction& row) {
  return {{"id", row.id},
          {"request", row.request},
          {"oras_phase1", row.oras_phase1},
          {"oras_draft", row.oras_draft},
          {"oras_rc", row.oras_rc},
          {"oci_rc", row.oci_rc},
          {"oci_110_111", row.oci_110_111},
          {"oci_main", row.oci_main},
          {"judgement", row.judgement}};
}

/// Compares row by row, so that a failure shows the difference and not the whole catalogue.
template <typename Rows>
void expect_equal(const Rows& table, const std::map<std::string, json>& data) {
  std::set<std::string> ids;
  for (const auto& row : table) {
    const std::string id(row.id);
    ids.insert(id);
    ASSERT_TRUE(data.contains(id)) << id << " is in the table, but not in the data";
    const json compiled = as_json(row);
    EXPECT_EQ(compiled, data.at(id)) << id << " differs: " << json::diff(data.at(id), compiled).dump();
  }
  EXPECT_THAT(data, testing::Not(testing::IsEmpty()));
  for (const auto& [id, unused] : data) EXPECT_TRUE(ids.contains(id)) << id << " is in the data, but not in the table";
}

bool is_of_requirements(const std::string& file) {
  return file.starts_with("oci-") || file.starts_with("oras-") || file == "image.json";
}

TEST(CatalogueTables, EqualTheRequirements) { expect_equal(all_requirements(), rows_of(is_of_requirements)); }

TEST(CatalogueTables, EqualTheProbes) {
  expect_equal(all_probes(), rows_of([](const std::string& file) { return file.starts_with("probes"); }));
}

TEST(CatalogueTables, EqualTheLawfulBehaviours) {
  expect_equal(all_lawful_behaviours(), rows_of([](const std::string& file) { return file == "lawful.json"; }));
}

TEST(CatalogueTables, EqualTheContradictions) {
  expect_equal(all_contradictions(), rows_of([](const std::string& file) { return file == "contradictions.json"; }));
}

TEST(CatalogueData, HoldsTheRequirementsOnClients) {
  const auto clients = rows_of([](const std::string& file) { return file == "clients.json"; });
  EXPECT_THAT(clients, testing::Not(testing::IsEmpty()));
}

TEST(CatalogueData, BindsRowsInEveryEdition) {
  std::set<std::string> editions;
  for (const auto& [id, row] : rows_of(is_of_requirements)) {
    for (const std::string edition : row["editions"]) editions.insert(edition);
  }
  EXPECT_THAT(editions, testing::SizeIs(kEditionCount));
}

}  // namespace
}  // namespace referee::spec
