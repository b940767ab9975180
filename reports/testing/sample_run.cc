#include "reports/testing/sample_run.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "harness/oci/digest.h"
#include "reports/saved/results_json.h"

namespace referee::reports {
namespace {

using engine::Outcome;

http::WallTime at(int milliseconds) {
  constexpr auto kStart = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(16);
  return kStart + std::chrono::milliseconds(milliseconds);
}

std::string keep(engine::RunResult& run, const std::string& bytes, std::size_t cap = 1 << 20) {
  const auto digest = oci::Digest::of(bytes).text();
  run.bodies[digest] = {bytes.substr(0, cap), bytes.size(), bytes.size() > cap};
  return digest;
}

http::Exchange exchange(engine::RunResult& run, std::uint64_t sequence, const std::string& body) {
  http::Exchange exchange;
  exchange.sequence = sequence;
  exchange.started = at(250);
  exchange.seconds = 0.0125;
  exchange.request = {"GET", "http://registry.example:5000/v2/referee/x/referrers/sha256:abc", {{"Accept", "*/*"}}, ""};
  exchange.response = http::RecordedResponse{200, "OK", {{"X-Hostile", hostile_text()}}, keep(run, body)};
  return exchange;
}

engine::Finding finding(spec::Verdict verdict) {
  return {.message = "Value of: response\nExpected: has the header OCI-Filters-Applied\n  Actual: " + hostile_text(),
          .expected = "has the header OCI-Filters-Applied",
          .actual = hostile_text(),
          .verdict = verdict,
          .file = "/build/place/suites/filtering.cc",
          .line = 41};
}

}  // namespace

std::string hostile_text() {
  using namespace std::string_literals;
  return "]]> <script>alert(1)</script> &amp; \x1b[31mred\x1b[0m \x07\x00\x0b\xff\xfe\xc0\xaf \xed\xa0\x80 "
         "\xef\xbf\xbe \xe2\x80\xae"
         "txt.exe \xc2\x9b"
         "2J ```` | [[ATTACHMENT|/etc/passwd]] @everyone\n"
         "::error::from the registry\n##[error]also\n##vso[task.complete]\n```\n# heading\r\nlast"s;
}

engine::CheckResult sample_check(const std::string& id, Outcome outcome) {
  const auto requirement = spec::RequirementId::named("oci.referrers.filter.header").value();
  const auto binding = spec::requirement(requirement).in(spec::Edition::kOci111).value();
  engine::CheckResult check{.id = id,
                            .edition = spec::Edition::kOci111,
                            .requirement = requirement,
                            .binding = binding,
                            .outcome = outcome,
                            .reason = {},
                            .started = at(100),
                            .seconds = 0.25,
                            .findings = {},
                            .exchanges = {}};
  switch (outcome) {
    case Outcome::kPassed:
      break;
    case Outcome::kNoted:
      check.findings = {finding(spec::Verdict::kInfo)};
      break;
    case Outcome::kWarned:
      check.findings = {finding(spec::Verdict::kWarn)};
      break;
    case Outcome::kFailed:
      check.findings = {finding(spec::Verdict::kFail), finding(spec::Verdict::kWarn)};
      break;
    case Outcome::kSkipped:
      check.reason = "the referrers API is not offered";
      break;
    case Outcome::kBlocked:
      check.reason = "a manifest was not accepted: " + hostile_text();
      break;
    case Outcome::kError:
      check.reason = "timeout: nothing came for 30 s";
      break;
  }
  if (!check.findings.empty()) check.reason = "expected the header, got " + hostile_text();
  return check;
}

engine::RunResult sample_run() {
  engine::RunResult run;
  run.run_id = "k3m9x0p2qa";
  run.started = at(0);
  run.seconds = 12.3456;
  run.target_url = "http://registry.example:5000";
  run.editions = {spec::Edition::kOrasRc2, spec::Edition::kOci111};
  run.capabilities = {{"OCI referrers API", {"offered"}}, {"ORAS referrers API", {"oras-rc.2"}}};
  run.offered = {{spec::Edition::kOrasRc2, true}, {spec::Edition::kOci111, true}};
  run.seed = 7;
  run.options = {{"spec", "oci-1.1.1,oras-rc.2"}};
  run.leftovers = {"referee/k3m9x0p2qa/1: 2 manifests (DELETE was answered 405 " + hostile_text() + ")"};
  const std::string big(2'000'000, '<');
  const std::array outcomes = {Outcome::kPassed,  Outcome::kNoted,   Outcome::kWarned, Outcome::kFailed,
                               Outcome::kSkipped, Outcome::kBlocked, Outcome::kError};
  for (const char* suite : {"Filtering", "Listing"}) {
    for (const auto outcome : outcomes) {
      auto check = sample_check(std::string(suite) + ".Check" + engine::name(outcome), outcome);
      check.exchanges = {exchange(run, run.checks.size() * 2, big),
                         exchange(run, run.checks.size() * 2 + 1, hostile_text())};
      run.checks.push_back(check);
    }
  }
  auto late = sample_check("Listing.CameTooLate", Outcome::kSkipped);
  late.reason = "not run: interrupted";
  late.not_run = true;
  late.started = {};
  run.checks.push_back(late);
  auto oras = sample_check("Sorting.NewestFirst", Outcome::kPassed);
  oras.edition = spec::Edition::kOrasRc2;
  run.checks.push_back(oras);
  http::Exchange lost;
  lost.sequence = 99;
  lost.request = {"DELETE", "http://registry.example:5000/v2/x", {}, keep(run, "abc")};
  lost.fault = "timeout: nothing came for 30 s";
  run.run_exchanges = {lost};
  return run;
}

engine::RunResult unreachable_run() {
  engine::RunResult run;
  run.run_id = "k3m9x0p2qa";
  run.started = at(0);
  run.target_url = "http://127.0.0.1:1";
  run.not_judged_because = "http://127.0.0.1:1: connection refused. Is the registry up, and is the URL right?";
  return run;
}

SavedRun saved_of(engine::RunResult run) { return saved_run(std::move(run), {"referee", "0.1.0", "abcdef0"}); }

Results json_of(const engine::RunResult& run) { return results_json(saved_of(run)); }

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return std::move(bytes).str();
}

CommandEnd run_command(const std::string& command) {
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, "popen failed"};
  CommandEnd end;
  std::array<char, 4096> part;
  for (std::size_t size; (size = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
    end.output.append(part.data(), size);
  const int status = ::pclose(pipe);
  end.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return end;
}

}  // namespace referee::reports
