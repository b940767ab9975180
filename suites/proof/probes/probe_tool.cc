// A tool for authors of probes: put probes to the reference registry as it is, under a mood or a defect, or under all
// of them in turn to see which answers vary.
#include <fmt/format.h>
#include <fnmatch.h>

#include <map>
#include <string>
#include <vector>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "fixtures/registry/moods/probes.h"
#include "suites/proof/probes/probe_bench.h"

namespace referee::proof {
namespace {

struct Asked {
  ProbeBench bench;
  registry::Behaviour behaviour;
  bool variants = false;
  bool details = false;
};

Asked read(const std::vector<std::string>& words) {
  Asked asked;
  std::set<spec::Edition> editions;
  std::vector<std::string> globs;
  for (const auto& word : words) {
    if (const auto edition = spec::edition_named(word))
      editions.insert(*edition);
    else if (word == "variants")
      asked.variants = true;
    else if (word == "-v")
      asked.details = true;
    else if (word == "guarded")
      asked.bench.guarded = true;
    else if (word == "no-hook")
      asked.bench.collector = false;
    else if (word == "long")
      asked.bench.long_running = true;
    else if (const auto* mood = registry::find_mood(word))
      mood->inject(asked.behaviour);
    else if (const auto* probing = registry::find_probing_mood(word))
      probing->inject(asked.behaviour);
    else if (const auto* defect = registry::find_defect(word))
      defect->inject(asked.behaviour);
    else
      globs.push_back(word);
  }
  if (!editions.empty()) asked.bench.editions = editions;
  asked.bench.probes = [globs](const engine::Probe& probe) {
    for (const auto& glob : globs) {
      if (fnmatch(glob.c_str(), std::string(probe.id.text()).c_str(), 0) == 0) return true;
    }
    return globs.empty();
  };
  return asked;
}

void print(const Asked& asked) {
  const auto explored = explore_on(asked.behaviour, asked.bench);
  if (!explored.seen.not_explored_because.empty()) fmt::print("{}\n", explored.seen.not_explored_because);
  for (const auto& one : explored.seen.observations) {
    fmt::print("{:48} {:10} {:4} {}\n", one.probe.text(), spec::name(one.edition), one.exchanges.size(), one.answer);
    if (asked.details || one.reply != engine::Reply::kAnswered) fmt::print("    {}\n", one.detail);
  }
  for (const auto& leftover : explored.seen.leftovers) fmt::print("left over: {}\n", leftover);
  fmt::print("stored: {}\n", explored.stored.dump().substr(0, 2000));
}

using Answers = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

void gather(const Asked& asked, const std::string& variant, const registry::Behaviour& behaviour, Answers& answers) {
  for (const auto& one : explore_on(behaviour, asked.bench).seen.observations) {
    answers[fmt::format("{} {}", one.probe.text(), spec::name(one.edition))][one.answer].push_back(variant);
  }
}

void print_variants(const Asked& asked) {
  Answers answers;
  gather(asked, "honest", {}, answers);
  for (const auto& mood : registry::probing_moods()) {
    registry::Behaviour behaviour;
    mood.inject(behaviour);
    gather(asked, mood.id, behaviour, answers);
  }
  for (const auto& defect : registry::all_defects()) {
    registry::Behaviour behaviour;
    defect.inject(behaviour);
    gather(asked, std::string(defect.id), behaviour, answers);
  }
  for (const auto& [question, by_answer] : answers) {
    fmt::print("{} {}\n", by_answer.size() < 2 ? "-" : "+", question);
    for (const auto& [answer, variants] : by_answer) {
      fmt::print("      {}  <- {} ({})\n", answer, variants.front(), variants.size());
    }
  }
}

}  // namespace
}  // namespace referee::proof

int main(int count, char** arguments) {
  const auto asked = referee::proof::read({arguments + 1, arguments + count});
  asked.variants ? referee::proof::print_variants(asked) : referee::proof::print(asked);
  return 0;
}
