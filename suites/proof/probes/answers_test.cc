// Each probe has at least two answers, and each of them is driven by a mood or defect of the reference registry:
// answers.txt in this folder is the table.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/moods/probes.h"
#include "harness/spec/requirement.h"
#include "suites/proof/probes/probe_bench.h"

namespace referee::proof {
namespace {

struct Expected {
  std::string probe;
  spec::Edition edition;
  std::string variant;
  std::string answer;
};

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream input(text);
  for (std::string part; std::getline(input, part, at);) parts.push_back(part);
  return parts;
}

std::vector<Expected> table() {
  std::vector<Expected> rows;
  std::ifstream file("suites/proof/probes/answers.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto cells = split(line, '\t');
    const auto edition = cells.size() == 4 ? spec::edition_named(cells[1]) : std::nullopt;
    if (!edition) throw std::runtime_error("not a row: " + line);
    rows.push_back({cells[0], *edition, cells[2], cells[3]});
  }
  return rows;
}

// Puts the words of a variant into bench and behaviour; throws for one that nothing has.
void apply(const std::string& variant, ProbeBench& bench, registry::Behaviour& behaviour) {
  for (const auto& word : split(variant, '+')) {
    if (word == "honest") continue;
    if (word == "guarded") {
      bench.guarded = true;
    } else if (word == "long") {
      bench.long_running = true;
    } else if (const auto* mood = registry::find_probing_mood(word)) {
      mood->inject(behaviour);
    } else if (const auto* lawful = registry::find_mood(word)) {
      lawful->inject(behaviour);
    } else if (const auto* defect = registry::find_defect(word)) {
      defect->inject(behaviour);
    } else {
      throw std::runtime_error("neither mood nor defect: " + word);
    }
  }
}

std::string answer_of(const Expected& row) {
  ProbeBench bench;
  if (!bench.editions.contains(row.edition)) bench.editions = {row.edition};
  bench.probes = [&](const engine::Probe& probe) { return probe.id.text() == row.probe; };
  registry::Behaviour behaviour;
  apply(row.variant, bench, behaviour);
  const auto explored = explore_on(behaviour, bench);
  for (const auto& one : explored.seen.observations) {
    if (one.edition == row.edition) return one.answer;
  }
  return "(not asked) " + explored.seen.not_explored_because;
}

TEST(Answers, AreAtLeastTwoForEachProbe) {
  std::map<std::string, std::set<std::string>> answers;
  for (const auto& row : table()) answers[row.probe].insert(row.answer);
  for (const auto& probe : spec::all_probes()) EXPECT_GE(answers[std::string(probe.id)].size(), 2U) << probe.id;
  EXPECT_EQ(answers.size(), spec::all_probes().size());
}

TEST(Answers, ComeFromTheMoodsThatTheTableNames) {
  for (const auto& row : table()) {
    EXPECT_EQ(answer_of(row), row.answer) << row.probe << ' ' << spec::name(row.edition) << ' ' << row.variant;
  }
}

}  // namespace
}  // namespace referee::proof
