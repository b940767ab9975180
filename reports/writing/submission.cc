#include "reports/writing/submission.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/http/message.h"
#include "reports/narrative/reproduce.h"
#include "reports/plain_text.h"
#include "reports/saved/evidence_json.h"
#include "reports/writing/write_reports.h"

namespace referee::reports {
namespace {

constexpr ProductMember kProductMembers[] = {
    {.name = "vendor", .value = &Product::vendor, .due = true, .help = "who makes the product"},
    {.name = "name", .value = &Product::name, .due = true, .help = "the product"},
    {.name = "version", .value = &Product::version, .due = true, .help = "its version"},
    {.name = "website_url", .value = &Product::website_url, .due = false, .help = "its page"},
    {.name = "repo_url", .value = &Product::repo_url, .due = false, .help = "its source"},
    {.name = "documentation_url", .value = &Product::documentation_url, .due = false, .help = "its manual"},
    {.name = "product_logo_url", .value = &Product::product_logo_url, .due = false, .help = "its logo"},
    {.name = "type", .value = &Product::type, .due = true, .help = "what it is: distribution, hosted platform, ..."},
    {.name = "description", .value = &Product::description, .due = false, .help = "a sentence about it"},
};

// A double-quoted scalar of YAML 1.2: every JSON text is one.
std::string scalar(const std::string& text) {
  return Results(text).dump(-1, ' ', false, Results::error_handler_t::replace);
}

// The options that were given, as they would be given again; values that are not shown stay the reader's to fill in.
std::string run_again(const SavedRun& run) {
  std::string command = "referee run";
  command += run.options.contains("built-in") ? " --built-in" : " " + shell_word(run.target_url);
  for (const auto& [name, given] : run.options) {
    if (name == "built-in" || name == "seed" || name == "name") continue;
    if (given == "true") {
      command += fmt::format(" --{}", name);
    } else if (name == "spec" || name == "filter" || name == "exclude" || name == "existing-repo" ||
               name == "resolve") {
      std::size_t begin = 0;
      while (begin < given.size()) {
        const auto end = std::min(given.find(',', begin), given.size());
        command += fmt::format(" --{} {}", name, shell_word(given.substr(begin, end - begin)));
        begin = given.find_first_not_of(' ', end + 1);
      }
    } else {
      command += fmt::format(" --{} {}", name, shell_word(given));
    }
  }
  return command + fmt::format(" --seed {}", run.seed);
}

std::string editions_table(const SavedRun& run) {
  std::string table = "| edition | verdict |";
  std::string rule = "|---|---|";
  for (const auto outcome : kOutcomesInReports) {
    table += fmt::format(" {} |", name(outcome));
    rule += "---|";
  }
  table += "\n" + rule + "\n";
  for (const auto& judged : run.editions) {
    table += fmt::format("| {} | {} |", spec::name(judged.edition), name(judged.verdict));
    for (const auto outcome : kOutcomesInReports) table += fmt::format(" {} |", judged.counts.of(outcome));
    table += "\n";
  }
  return table;
}

}  // namespace

std::span<const ProductMember> product_members() { return kProductMembers; }

std::string option_of(const ProductMember& member) {
  std::string name = member.name;
  if (name.starts_with("product_")) name.erase(0, 8);
  std::ranges::replace(name, '_', '-');
  return "--product-" + name;
}

std::vector<std::string> missing_of(const Product& product) {
  std::vector<std::string> missing;
  for (const auto& each : kProductMembers) {
    if (each.due && (product.*each.value).empty()) missing.push_back(option_of(each));
  }
  return missing;
}

std::string product_yaml(const Product& product) {
  std::string yaml;
  for (const auto& each : kProductMembers) {
    if (!(product.*each.value).empty()) yaml += fmt::format("{}: {}\n", each.name, scalar(product.*each.value));
  }
  return yaml;
}

namespace {

std::string features_table(const SavedRun& run) {
  std::string table = "| feature | state | passed | failed |\n|--|--|--:|--:|\n";
  for (const auto& feature : features_of(run)) {
    table += fmt::format("| {}{} | {} | {} | {} |\n", feature.name, feature.core ? " (core)" : "", name(feature.state),
                         feature.counts.of(Outcome::kPassed), feature.counts.of(Outcome::kFailed));
  }
  return table;
}

}  // namespace

std::string submission_readme(const Product& product, const SavedRun& run) {
  return fmt::format(
      "# {} {} by {}\n\n"
      "Judged by Referee {} (commit {}) on {}: **{}**.\n\n{}\n{}\n"
      "`report.html` explains each requirement, `junit.xml` is for machines, and `results.json` holds the "
      "evidence: every exchange with its bodies.\n\n"
      "## To judge the registry again\n\n"
      "```sh\n{}\n```\n\n"
      "Credentials are not part of this folder; `referee run --help` says where they are looked for.\n\n"
      "## To judge the evidence again, without the registry\n\n"
      "```sh\nreferee rejudge results.json\n```\n",
      inert_markdown(product.name, 300), inert_markdown(product.version, 300), inert_markdown(product.vendor, 300),
      run.tool.version, run.tool.commit, rfc3339(run.started), inert_markdown(verdict_in_words(run), 700),
      features_table(run), editions_table(run), run_again(run));
}

std::vector<std::filesystem::path> write_submission(const std::filesystem::path& folder, const Product& product,
                                                    const SavedRun& run) {
  std::vector<std::filesystem::path> written;
  const auto put = [&](const char* name, const std::string& bytes) {
    written.push_back(folder / name);
    write_file(written.back(), bytes);
  };
  can_write(folder);
  put("PRODUCT.yaml", product_yaml(product));
  put("README.md", submission_readme(product, run));
  for (const char* name : {"junit", "html", "json"}) {
    const auto& format = format_named(name);
    put(std::string(format.file).c_str(), format.render(run));
  }
  return written;
}

}  // namespace referee::reports
