#include "reports/writing/submission.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/narrative/plain_text.h"
#include "reports/narrative/reproduce.h"
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

// Text that the vendor gave, where Markdown's own signs must mean nothing.
std::string escaped_for_yaml(const std::string& text) {
  std::string safe;
  for (const char c : one_line(text, 300)) {
    if (std::string_view("\\`*_{}[]<>()#|!&").find(c) != std::string_view::npos) safe += '\\';
    safe += c;
  }
  return safe;
}

// The options that were given, as they would be given again; values that are not shown stay the reader's to fill in.
std::string run_again(const Results& results) {
  const auto& options = member(results, "options");
  std::string command = "referee run";
  command += options.contains("built-in") ? " --built-in" : " " + shell_word(text(member(results, "target"), "url"));
  for (const auto& [name, value] : options.items()) {
    if (name == "built-in" || name == "seed") continue;
    const std::string given = value.is_string() ? value.get<std::string>() : value.dump();
    if (given == "true") {
      command += fmt::format(" --{}", name);
    } else if (name == "spec" || name == "filter" || name == "exclude" || name == "existing-repo" ||
               name == "resolve") {
      std::size_t begin = 0;
      while (begin <= given.size()) {
        const auto end = std::min(given.find(',', begin), given.size());
        command += fmt::format(" --{} {}", name, shell_word(given.substr(begin, end - begin)));
        begin = end + 1;
      }
    } else {
      command += fmt::format(" --{} {}", name, shell_word(given));
    }
  }
  return command + fmt::format(" --seed {}", member(results, "seed").dump());
}

std::string editions_table(const Results& results) {
  std::string table = "| edition | verdict | passed | failed | warned | noted | skipped | blocked | error |\n";
  table += "|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& [edition, of] : member(results, "editions").items()) {
    table += fmt::format("| {} | {} |", edition, text(of, "verdict"));
    for (const char* outcome : {"passed", "failed", "warned", "noted", "skipped", "blocked", "error"}) {
      table += fmt::format(" {} |", static_cast<long>(number(member(of, "counts"), outcome)));
    }
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

std::string submission_readme(const Product& product, const Results& results) {
  const auto& tool = member(results, "tool");
  return fmt::format(
      "# {} {} by {}\n\n"
      "Judged by Referee {} (commit {}) on {}: **{}**{}\n\n{}\n"
      "`report.html` tells the story of each requirement, `junit.xml` is for machines, and `results.json` holds the "
      "evidence: every exchange with its bodies.\n\n"
      "## To judge the registry again\n\n"
      "```sh\n{}\n```\n\n"
      "Credentials are not part of this folder; `referee run --help` says where they are looked for.\n\n"
      "## To judge the evidence again, without the registry\n\n"
      "```sh\nreferee rejudge results.json\n```\n",
      escaped_for_yaml(product.name), escaped_for_yaml(product.version), escaped_for_yaml(product.vendor),
      text(tool, "version"), text(tool, "commit"), text(results, "started"), text(results, "verdict"),
      flag(results, "complete", true) ? "." : ". The run is incomplete.", editions_table(results), run_again(results));
}

std::vector<std::filesystem::path> write_submission(const std::filesystem::path& folder, const Product& product,
                                                    const Results& results) {
  std::vector<std::filesystem::path> written;
  const auto put = [&](const char* name, const std::string& bytes) {
    written.push_back(folder / name);
    write_file(written.back(), bytes);
  };
  can_write(folder);
  put("PRODUCT.yaml", product_yaml(product));
  put("README.md", submission_readme(product, results));
  for (const char* name : {"junit", "html", "json"}) {
    const auto& format = format_named(name);
    put(std::string(format.file).c_str(), format.render(results));
  }
  return written;
}

}  // namespace referee::reports
