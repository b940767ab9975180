#include "reports/testing/golden_run.h"

#include "harness/oci/digest.h"
#include "reports/comparison/baseline.h"
#include "reports/saved/seal.h"

namespace referee::reports {
namespace {

constexpr auto kGoldenStart = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(16);
constexpr auto kGoldenSubject = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

class GoldenRun {
 public:
  SavedRun make() {
    describe();
    add("Listing.AnswersAnIndex", Outcome::kPassed);
    auto& failed = add("Filtering.NamesTheFilterItApplied", Outcome::kFailed);
    failed.findings.push_back(finding(failed, "each page has the header OCI-Filters-Applied",
                                      "a page of 1 entry, which has no header OCI-Filters-Applied",
                                      "asked with a filter"));
    failed.findings.push_back(finding(failed, "has a status within 2xx", "404 Not Found", ""));
    failed.findings.back().verdict = spec::Verdict::kWarn;
    auto& known = add("Filtering.ComparesTheWholeValue", Outcome::kFailed);
    known.findings.push_back(finding(known, "lists exactly 1 entry", "lists 2 entries", ""));
    auto& warned = add("Deleting.ReturnsAccepted", Outcome::kWarned);
    warned.findings.push_back(finding(warned, "has the status 202", "204 No Content", ""));
    warned.findings.back().verdict = spec::Verdict::kWarn;
    auto& noted = add("Paging.LimitsPages", Outcome::kNoted);
    noted.findings.push_back(finding(noted, "is at most 100", "1000", "entries on a page"));
    noted.findings.back().verdict = spec::Verdict::kInfo;
    add("Deleting.RemovesTags", Outcome::kSkipped).reason =
        "deletion of tags is not offered: a control was answered 405";
    add("Pushing.KeepsTheSubject", Outcome::kBlocked).reason = "a manifest was not accepted: 403 Forbidden";
    add("Pushing.TakesLargeManifests", Outcome::kError).reason = "timeout: nothing came for 30 s";
    add("Sorting.NewestFirst", Outcome::kPassed).edition = spec::Edition::kOrasRc2;
    for (auto& check : run_.checks) {
      if (!check.findings.empty()) check.reason = "expected " + check.findings[0].expected;
    }
    auto saved = saved_run(std::move(run_), {"referee", "0.1.0", "abcdef0"});
    apply_baseline(saved, {known_failure()}, false);
    seal(saved);
    return saved;
  }

 private:
  void describe() {
    run_.run_id = "k3m9x0p2qa";
    run_.started = kGoldenStart;
    run_.seconds = 12.5;
    run_.target_url = "http://registry.example:5000";
    run_.editions = {spec::Edition::kOrasRc2, spec::Edition::kOci111};
    run_.offered = {{spec::Edition::kOrasRc2, true}, {spec::Edition::kOci111, true}};
    run_.capabilities = {{"OCI referrers API", {"offered"}}, {"ORAS referrers API", {"oras-rc.2"}}};
    run_.seed = 7;
    run_.options = {{"settle", "5s"}, {"spec", "oci-1.1.1,oras-rc.2"}};
    run_.leftovers = {"referee/k3m9x0p2qa-1: 1 manifest (DELETE was answered 405)"};
    run_.checks.reserve(20);  // references into it stay
  }

  engine::CheckResult& add(const std::string& id, Outcome outcome) {
    const auto requirement = spec::RequirementId::named("oci.referrers.filter.header").value();
    engine::CheckResult check{.id = id,
                              .edition = spec::Edition::kOci111,
                              .requirement = requirement,
                              .binding = spec::requirement(requirement).in(spec::Edition::kOci111).value(),
                              .outcome = outcome,
                              .reason = {},
                              .started = kGoldenStart + std::chrono::milliseconds(100 * run_.checks.size()),
                              .seconds = 0.25,
                              .findings = {},
                              .exchanges = {}};
    check.exchanges = {push(), list()};
    run_.checks.push_back(check);
    return run_.checks.back();
  }

  http::Exchange push() {
    auto exchange = begun("PUT", std::string("/v2/referee/k3m9x0p2qa-1/manifests/") + kGoldenSubject);
    exchange.request.headers.push_back({"Content-Type", "application/vnd.oci.image.manifest.v1+json"});
    exchange.request.body_digest = keep("{}");
    exchange.response = http::RecordedResponse{201, "Created", {{"Location", "/v2/x"}}, ""};
    return exchange;
  }

  http::Exchange list() {
    auto exchange = begun("GET", std::string("/v2/referee/k3m9x0p2qa-1/referrers/") + kGoldenSubject);
    exchange.response =
        http::RecordedResponse{200, "OK", {{"Content-Type", "application/json"}}, keep(R"({"manifests":[]})")};
    return exchange;
  }

  http::Exchange begun(const std::string& method, const std::string& path) {
    http::Exchange exchange;
    exchange.sequence = ++sequence_;
    exchange.started = kGoldenStart + std::chrono::milliseconds(10 * sequence_);
    exchange.seconds = 0.125;
    exchange.request = {method, run_.target_url + path, {{"Accept", "*/*"}}, ""};
    return exchange;
  }

  std::string keep(const std::string& bytes) {
    const auto digest = oci::Digest::of(bytes).text();
    run_.bodies[digest] = {bytes, bytes.size(), false};
    return digest;
  }

  static engine::Finding finding(const engine::CheckResult& check, const std::string& expected,
                                 const std::string& actual, const std::string& note) {
    return {.message = "Value of: listing\nExpected: " + expected + "\n  Actual: " + actual + "\n" + note,
            .expected = expected,
            .actual = actual,
            .note = note,
            .exchanges = {check.exchanges.back().sequence},
            .verdict = spec::Verdict::kFail,
            .file = "/build/place/suites/oci/listing/made_up.cc",
            .line = 41};
  }

  static BaselineEntry known_failure() {
    return {.edition = "oci-1.1.1",
            .check = "Filtering.ComparesTheWholeValue",
            .requirement = "oci.referrers.filter.header",
            .outcome = Outcome::kFailed,
            .reason = "comes with 2.0",
            .issue = "https://registry.example/issues/7",
            .expires = "2027-01-31"};
  }

  engine::RunResult run_;
  std::uint64_t sequence_ = 0;
};

}  // namespace

SavedRun golden_run() { return GoldenRun().make(); }

}  // namespace referee::reports
