#include "reports/saved/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/writing/output_file.h"

namespace referee::reports {
namespace {

constexpr std::array kJournalOutcomes = {"passed", "failed", "warned", "noted", "skipped", "blocked", "error"};
constexpr auto kBrokenOff = "the program did not come to its end";

std::string journal_key(const Results& check) { return text(check, "spec") + " " + text(check, "id"); }

// Section 4's rule, of which an incomplete run can only have the first half.
std::string verdict_of(const Results& counts, bool strict) {
  return number(counts, "failed") > 0 || (strict && number(counts, "warned") > 0) ? "non-conformant" : "not-judged";
}

class Reader {
 public:
  /// Whether the line could be read.
  bool read(const std::string& line) {
    const Results entry = Results::parse(line, nullptr, false);
    if (entry.is_discarded() || !entry.is_object()) return false;
    if (const Results& plan = member(entry, "planned"); plan.is_object()) {
      for (const auto& edition : list(plan, "editions")) editions_.push_back(edition);
      take_requirements(plan);
      for (const auto& check : list(plan, "checks")) planned_.push_back(check);
    } else if (const Results& check = member(entry, "check"); check.is_object()) {
      take_requirements(entry);
      finished_.insert(journal_key(check));
      checks_.push_back(check);
    }
    return true;
  }

  Results results(Results heading) {
    for (auto& check : planned_) {
      if (!finished_.contains(journal_key(check))) checks_.push_back(std::move(check));
    }
    std::map<std::string, std::size_t> age;
    for (const auto& edition : editions_) age.emplace(edition.get<std::string>(), age.size());
    std::ranges::stable_sort(checks_, [&](const Results& a, const Results& b) {
      return std::pair(age[text(a, "spec")], text(a, "id")) < std::pair(age[text(b, "spec")], text(b, "id"));
    });
    heading["target"]["specs"] = editions_;
    count(heading);
    heading["requirements"] = std::move(requirements_);
    heading["checks"] = std::move(checks_);
    return heading;
  }

 private:
  void take_requirements(const Results& entry) {
    for (const auto& [id, row] : member(entry, "requirements").items()) {
      if (!requirements_.contains(id)) requirements_[id] = row;
    }
  }

  Results counts_of(const std::string& edition) const {
    Results counts = Results::object();
    for (const char* outcome : kJournalOutcomes) counts[outcome] = 0;
    for (const auto& check : checks_) {
      const auto outcome = text(check, "outcome");
      if ((edition.empty() || text(check, "spec") == edition) && counts.contains(outcome)) {
        counts[outcome] = counts[outcome].get<int>() + 1;
      }
    }
    return counts;
  }

  void count(Results& heading) const {
    const bool strict = flag(heading, "strict_should");
    heading["editions"] = Results::object();
    for (const auto& edition : editions_) {
      const auto counts = counts_of(edition.get<std::string>());
      heading["editions"][edition.get<std::string>()] = {{"verdict", verdict_of(counts, strict)}, {"counts", counts}};
    }
    heading["counts"] = counts_of("");
    heading["verdict"] = verdict_of(heading["counts"], strict);
  }

  Results editions_ = Results::array();
  Results requirements_ = Results::object();
  std::vector<Results> planned_;
  std::vector<Results> checks_;
  std::set<std::string> finished_;
};

}  // namespace

Journal::Journal(const std::filesystem::path& path, const engine::RunResult& run, ToolInfo tool)
    : path_(path), run_(run), tool_(std::move(tool)) {
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw CannotWrite(path, std::strerror(errno));
  run_.complete = false;
  run_.incomplete_because = kBrokenOff;
  write({{"schema", kJournalSchema}, {"results", results_json(run_, tool_)}});
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

// In one call: what the kernel has outlives the process.
void Journal::write(const Results& line) {
  if (descriptor_ < 0) return;
  const std::string bytes = line.dump(-1, ' ', false, Results::error_handler_t::replace) + "\n";
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto count = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      ::close(descriptor_);
      descriptor_ = -1;
      return;
    }
    done += static_cast<std::size_t>(count);
  }
}

Results Journal::of_checks(std::vector<engine::CheckResult> checks) const {
  engine::RunResult run = run_;
  run.checks = std::move(checks);
  return results_json(run, tool_);
}

void Journal::planned(const std::vector<spec::Edition>& editions, std::size_t /*checks*/) {
  std::vector<engine::CheckResult> checks;
  for (const auto& [check, edition] : engine::jobs_of(selection_, editions)) {
    const auto binding = spec::requirement(check->requirement).in(edition);
    if (!binding) continue;
    checks.push_back({.id = check->id(),
                      .edition = edition,
                      .requirement = check->requirement,
                      .binding = *binding,
                      .outcome = engine::Outcome::kSkipped,
                      .reason = fmt::format("not run, or not to its end: {}", kBrokenOff),
                      .not_run = true,
                      .started = {},
                      .findings = {},
                      .exchanges = {}});
  }
  const Results results = of_checks(std::move(checks));
  Results names = Results::array();
  for (const auto edition : editions) names.push_back(spec::name(edition));
  write({{"planned",
          {{"editions", std::move(names)},
           {"requirements", member(results, "requirements")},
           {"checks", member(results, "checks")}}}});
}

void Journal::finished(const engine::CheckResult& result) {
  const Results results = of_checks({result});
  write({{"check", member(results, "checks").at(0)}, {"requirements", member(results, "requirements")}});
}

void Journal::remove() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::optional<Results> results_of_journal(std::istream& text_of_journal) {
  std::string line;
  if (!std::getline(text_of_journal, line)) return std::nullopt;
  const Results first = Results::parse(line, nullptr, false);
  if (first.is_discarded() || text(first, "schema") != kJournalSchema) return std::nullopt;
  Reader reader;
  while (std::getline(text_of_journal, line) && reader.read(line)) {
  }
  return reader.results(member(first, "results"));
}

}  // namespace referee::reports
