// A tool for authors of checks and defects: run checks against the honest registry, or prove defects, in this process.
#include <fmt/format.h>
#include <fnmatch.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "suites/proof/mood_run.h"
#include "suites/proof/plain_words.h"
#include "suites/proof/prove_all.h"

namespace referee::proof {
namespace {

std::set<spec::Edition> editions_in(std::vector<std::string>& words) {
  std::set<spec::Edition> editions;
  std::erase_if(words, [&](const std::string& word) {
    const auto edition = spec::edition_named(word);
    if (edition) editions.insert(*edition);
    return edition.has_value();
  });
  return editions;
}

bool matches(const std::vector<std::string>& globs, const std::string& text) {
  for (const auto& glob : globs) {
    if (fnmatch(glob.c_str(), text.c_str(), 0) == 0) return true;
  }
  return globs.empty();
}

void print(const engine::CheckResult& result) {
  fmt::print("{:8} {} {} [{}] {}\n", engine::name(result.outcome), spec::name(result.edition), result.id,
             result.requirement.text(), result.reason);
}

bool is_chosen(const std::vector<std::string>& globs, std::string_view id, spec::RequirementId requirement) {
  return matches(globs, std::string(id)) || matches(globs, std::string(requirement.text()));
}

// Runs checks against the honest registry; prints all results or only those that did not pass. Rules on all exchanges
// always run: those that were not asked for count only where they accuse.
int run_checks(std::vector<std::string> words, bool all) {
  auto editions = editions_in(words);
  if (editions.empty()) editions.insert(spec::all_editions().begin(), spec::all_editions().end());
  int bad = 0;
  int in_all = 0;
  for (const auto edition : editions) {
    Bench bench{.editions = {edition}, .checks = {}, .repeats = true};
    bench.checks = [&](const engine::Check& check) { return is_chosen(words, check.id(), check.requirement); };
    const auto begin = std::chrono::steady_clock::now();
    const auto result = run_on({}, bench);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!result.not_judged_because.empty()) {
      fmt::print("not judged: {}\n", result.not_judged_because);
      ++bad;
    }
    std::size_t exchanges = result.run_exchanges.size();
    int chosen = 0;
    for (const auto& check : result.checks) {
      exchanges += check.exchanges.size();
      const bool asked_for = is_chosen(words, check.id, check.requirement);
      const bool passed = check.outcome == engine::Outcome::kPassed;
      if (asked_for) ++chosen;
      if (!asked_for && check.findings.empty() && check.outcome != engine::Outcome::kError) continue;
      if (!passed) ++bad;
      if (all || !passed) print(check);
    }
    in_all += chosen;
    fmt::print("{}: {} checks, {} exchanges, {:.2f} s, {} leftovers\n", spec::name(edition), chosen, exchanges, seconds,
               result.leftovers.size());
  }
  if (in_all == 0) fmt::print("no check is meant by that\n");
  return bad == 0 && in_all > 0 ? 0 : 1;
}

int prove_defects(std::vector<std::string> words) {
  const auto editions = editions_in(words);
  std::vector<const registry::Defect*> chosen;
  for (const auto& defect : registry::all_defects()) {
    if (matches(words, defect.id)) chosen.push_back(&defect);
  }
  const std::set<spec::Edition> all(spec::all_editions().begin(), spec::all_editions().end());
  const std::atomic<bool> interrupted = false;
  const auto jobs = static_cast<int>(std::thread::hardware_concurrency());
  int proven = 0;
  prove_all({.defects = chosen,
             .editions = editions.empty() ? all : editions,
             .every_edition = !editions.empty(),
             .jobs = jobs},
            interrupted, [&](const Proof& proof, std::size_t) {
              if (proof.clean()) {
                ++proven;
              } else {
                fmt::print("{}\n", describe(proof));
              }
            });
  fmt::print("{} of {} defects proven\n", proven, chosen.size());
  return static_cast<std::size_t>(proven) == chosen.size() ? 0 : 1;
}

// Runs checks against one defect and prints what each says.
int run_under(std::vector<std::string> words) {
  auto editions = editions_in(words);
  if (words.empty() || registry::find_defect(words.front()) == nullptr) {
    fmt::print(stderr, "no such defect\n");
    return 2;
  }
  const auto& defect = *registry::find_defect(words.front());
  words.erase(words.begin());
  if (editions.empty()) editions = telling_editions(defect.violates);
  for (const auto edition : editions) {
    Bench bench = bench_for(defect, {.editions = {edition}, .checks = {}});
    bench.checks = [&](const engine::Check& check) {
      return words.empty() ? check.requirement == defect.violates : matches(words, check.id());
    };
    registry::Behaviour behaviour;
    defect.inject(behaviour);
    for (const auto& check : run_on(behaviour, bench).checks) print(check);
  }
  return 0;
}

// Only walks against each of those defects of the OCI family; prints which rows they accuse of it.
// `seed=N` among the words chooses other walks than those of every run.
int walk_under(std::vector<std::string> words) {
  std::uint64_t seed = 0;
  std::erase_if(words, [&](const std::string& word) {
    const bool is_seed = word.starts_with("seed=");
    if (is_seed) seed = std::stoull(word.substr(5));
    return is_seed;
  });
  int seen = 0;
  int rightly = 0;
  int tried = 0;
  for (const auto& defect : registry::all_defects()) {
    if (!matches(words, defect.id)) continue;
    const auto editions = telling_editions(defect.violates);
    if (!editions.contains(spec::Edition::kOci111)) continue;
    Bench bench = bench_for(defect, {.editions = {spec::Edition::kOci111}, .checks = {}});
    bench.walk_seed = seed;
    bench.checks = [](const engine::Check& check) { return check.traits.walk; };
    registry::Behaviour behaviour;
    defect.inject(behaviour);
    std::set<std::string> accused;
    for (const auto& check : run_on(behaviour, bench).checks) {
      if (check.id.starts_with("Walks.") && !check.findings.empty()) accused.emplace(check.requirement.text());
    }
    ++tried;
    if (!accused.empty()) ++seen;
    const bool own = accused.contains(std::string(defect.violates.text()));
    if (own) ++rightly;
    fmt::print("{:7} {}: {}\n",
               accused.empty() ? "unseen"
               : own           ? "rightly"
                               : "other",
               defect.id, fmt::join(accused, " "));
    std::fflush(stdout);
  }
  fmt::print("{} defects, {} seen by walks, {} by their own row\n", tried, seen, rightly);
  return 0;
}

// Prints the texts that the checks of its own row say of each of those defects: those that do not read plainly, or all
// of them (`--all`). 1 where one does not.
int texts_under(std::vector<std::string> words) {
  const bool all = std::erase(words, "--all") > 0;
  std::set<std::string> told;
  bool plain = true;
  for (const auto& defect : registry::all_defects()) {
    if (!matches(words, defect.id)) continue;
    for (const auto edition : telling_editions(defect.violates)) {
      Bench bench = bench_for(defect, {.editions = {edition}, .checks = {}});
      bench.checks = [&](const engine::Check& check) { return check.requirement == defect.violates; };
      registry::Behaviour behaviour;
      defect.inject(behaviour);
      for (const auto& result : run_on(behaviour, bench).checks) {
        if (all) {
          for (const auto& text : texts_of(result))
            fmt::print("{} {} {} {}: {}\n", defect.id, engine::name(result.outcome), result.id, name(text.part),
                       text.words);
        }
        for (const auto& line : unplain_texts(result)) {
          plain = false;
          if (!all && told.insert(line).second) fmt::print("{}: {}\n", defect.id, line);
        }
      }
    }
  }
  return plain ? 0 : 1;
}

bool write_record(const std::string& mood, const std::vector<std::string>& lines) {
  std::ofstream out(record_of(mood));
  for (const auto& line : lines) out << line << '\n';
  const bool written = static_cast<bool>(out.flush());
  fmt::print("{}: {} lines{}\n", record_of(mood), lines.size(), written ? "" : ", which could not be written");
  return written;
}

// Prints what the record of a mood lacks, and what it has without need; returns whether there is neither.
bool is_as_recorded(const std::string& mood, const std::vector<std::string>& lines,
                    const std::set<spec::Edition>& named) {
  std::ifstream in(record_of(mood));
  std::vector<std::string> known;
  for (std::string line; std::getline(in, line);) known.push_back(line);
  const auto found = unlike(lines, known, named);
  for (const auto& line : found.unrecorded) fmt::print("{}: not recorded: {}\n", mood, line);
  for (const auto& line : found.idle) fmt::print("{}: recorded, did not occur: {}\n", mood, line);
  return found.none();
}

// "mood.no-filter" is meant by its whole name and by "no-filter"; a glob by the short one.
bool is_named(const registry::Mood& mood, const std::vector<std::string>& globs) {
  const bool whole = std::ranges::find(globs, mood.id) != globs.end();
  return whole || matches(globs, mood.id.substr(mood.id.find('.') + 1));
}

enum class Record : std::uint8_t { kCompare, kShow, kWrite };

// Prints what the record lacks, or all that did not pass; false where a check accuses the registry, or where the record
// differs.
bool run_mood(const registry::Mood& mood, const std::set<spec::Edition>& named, Record what) {
  bool good = true;
  std::vector<std::string> lines;
  for (const auto edition : editions_of(mood)) {
    if (!named.empty() && !named.contains(edition)) continue;
    const auto run = mood.inject ? run_in(mood, edition) : run_honest(edition);
    std::ranges::copy(lines_of(run), std::back_inserter(lines));
    if (run.verdict() == engine::RunVerdict::kNonConformant ||
        (has_record(mood.id) && run.verdict() != engine::RunVerdict::kConformant)) {
      good = false;
      fmt::print("{}: {}: {} {}\n", mood.id, spec::name(edition), name(run.verdict()), run.not_judged_because);
    }
    for (const auto& check : run.checks) {
      const bool error = check.outcome == engine::Outcome::kError;
      const bool news = what == Record::kShow || !check.findings.empty() || error;
      if (error) good = false;
      if (check.outcome == engine::Outcome::kPassed || what == Record::kWrite || !news) continue;
      fmt::print("{}: ", mood.id);
      print(check);
    }
  }
  std::ranges::sort(lines);
  if (!has_record(mood.id)) return good;
  const bool kept = what == Record::kWrite ? write_record(mood.id, lines) : is_as_recorded(mood.id, lines, named);
  return good && kept;
}

// Runs all checks against the registry in each of those lawful moods, compares what did not pass with the record (and
// prints all of it: `--all`), or writes the record (`--write`). 1 where a registry is accused or the record differs.
int run_moods(std::vector<std::string> words) {
  const bool write = std::erase(words, "--write") > 0;
  const bool show = std::erase(words, "--all") > 0;
  const auto what = write ? Record::kWrite : show ? Record::kShow : Record::kCompare;
  const auto named = editions_in(words);
  if (write && !named.empty()) {
    fmt::print(stderr, "--write records all editions of a mood: name none\n");
    return 2;
  }
  const registry::Mood honest{.id = "honest", .title = "", .inject = {}};
  std::vector<const registry::Mood*> chosen;
  if (is_named(honest, words)) chosen.push_back(&honest);
  for (const auto& mood : registry::all_moods()) {
    if (is_named(mood, words)) chosen.push_back(&mood);
  }
  if (chosen.empty()) {
    fmt::print(stderr, "no such mood\n");
    return 2;
  }
  std::vector<std::string> bad;
  for (const auto* mood : chosen) {
    if (!run_mood(*mood, named, what)) bad.push_back(mood->id);
    std::fflush(stdout);
  }
  fmt::print("{} moods, {} not as they should be{}{}\n", chosen.size(), bad.size(), bad.empty() ? "" : ": ",
             fmt::join(bad, ", "));
  return bad.empty() ? 0 : 1;
}

// Draws pairs of lawful moods, and runs all checks of one edition against the registry in both of a pair. Prints who is
// accused of what, other than with a warning that the catalogue allows; 1 where a registry is.
int run_pairs(std::vector<std::string> words) {
  const auto named = editions_in(words);
  const auto edition = named.empty() ? spec::Edition::kOci111 : *named.begin();
  const auto number = [&](std::size_t place, std::uint64_t otherwise) {
    return place < words.size() ? std::stoull(words[place]) : otherwise;
  };
  const auto pairs = number(0, 20);
  std::mt19937_64 random(number(1, 1));
  std::vector<const registry::Mood*> moods;
  for (const auto& mood : registry::all_moods()) {
    if (mood.inject && std::ranges::count(editions_of(mood), edition) > 0) moods.push_back(&mood);
  }
  bool good = true;
  for (std::uint64_t i = 0; i < pairs; ++i) {
    const auto& first = *moods[random() % moods.size()];
    const auto& second = *moods[random() % moods.size()];
    const registry::Mood both{
        .id = first.id + " + " + second.id, .title = "", .inject = [&](registry::Behaviour& behaviour) {
          first.inject(behaviour);
          second.inject(behaviour);
        }};
    const auto run = run_in(both, edition);
    fmt::print("{}: {} {}\n", both.id, name(run.verdict()), run.not_judged_because);
    for (const auto& check : run.checks) {
      const bool accuses = check.outcome == engine::Outcome::kFailed || check.outcome == engine::Outcome::kError ||
                           (check.outcome == engine::Outcome::kWarned && !may_warn(check.requirement, edition));
      if (!accuses) continue;
      good = false;
      print(check);
    }
    std::fflush(stdout);
  }
  return good ? 0 : 1;
}

int main_of(std::vector<std::string> words) {
  const std::string command = words.empty() ? "" : words.front();
  if (!words.empty()) words.erase(words.begin());
  if (command == "honest") return run_checks(words, false);
  if (command == "check") return run_checks(words, true);
  if (command == "defect") return prove_defects(words);
  if (command == "under") return run_under(words);
  if (command == "walk") return walk_under(words);
  if (command == "texts") return texts_under(words);
  if (command == "mood") return run_moods(words);
  if (command == "pairs") return run_pairs(words);
  if (command == "list") {
    for (const auto& check : engine::all_checks()) fmt::print("{} {}\n", check.requirement.text(), check.id());
    return 0;
  }
  fmt::print(stderr,
             "usage: prove_tool honest [GLOB|EDITION...] | check GLOB... [EDITION...] | defect GLOB... | under DEFECT "
             "[GLOB...] | walk DEFECT-GLOB... | texts [--all] DEFECT-GLOB... | mood [--write|--all] GLOB... "
             "[EDITION...] | pairs "
             "[NUMBER [SEED]] [EDITION] | list\n");
  return 2;
}

}  // namespace
}  // namespace referee::proof

int main(int argc, char** argv) {
  ::testing::GTEST_FLAG(throw_on_failure) = false;
  return referee::proof::main_of({argv + 1, argv + argc});
}
