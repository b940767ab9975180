#include "reports/narrative/readable_findings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "harness/engine/shortened.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

constexpr std::size_t kInputsNamed = 9;

// The last request that shows the finding, as the registry got it.
std::string request_of(const SavedRun& run, const SavedCheck& check, const SavedFinding& finding) {
  const http::Exchange* shown = nullptr;
  for (const auto& exchange : check.exchanges) {
    const auto& named = finding.exchanges;
    if (std::ranges::find(named, exchange.sequence) != named.end()) shown = &exchange;
  }
  if (shown == nullptr) return "";
  const auto& url = shown->request.url;
  const bool ours = url.starts_with(run.target_url + "/");
  return fmt::format("{} {}", shown->request.method, ours ? url.substr(run.target_url.size()) : url);
}

// "404 Not Found" of "404 Not Found, application/json, 81 bytes: ...": answers of one status are one fault, whatever
// their bodies.
std::string gist_of(const std::string& actual) {
  const bool answer = actual.find_first_not_of("0123456789") == 3 && (actual[3] == ',' || actual[3] == ' ');
  return answer ? actual.substr(0, actual.find(", ")) : actual;
}

// "notadigest" of "for notadigest, at look 2": the input, however often it was tried.
std::string input_of(const std::string& note) {
  const auto begin = note.starts_with("for ") ? std::size_t{4} : 0;
  return note.substr(begin, note.find(", at look ") - begin);
}

bool is_one_fault(const SavedFinding& a, const SavedFinding& b) {
  const auto look = [](const SavedFinding& one) { return std::tie(one.verdict, one.expected, one.file, one.line); };
  return !a.expected.empty() && !a.note.empty() && !b.note.empty() && look(a) == look(b) &&
         gist_of(a.actual) == gist_of(b.actual);
}

ReadableFinding readable(const SavedRun& run, const SavedCheck& check, const std::vector<const SavedFinding*>& same) {
  const auto& first = *same.front();
  ReadableFinding finding{.verdict = first.verdict,
                          .request = request_of(run, check, first),
                          .expected = first.expected,
                          .got = first.actual,
                          .note = first.note,
                          .message = first.message,
                          .file = first.file,
                          .line = first.line,
                          .times = same.size()};
  if (same.size() == 1) return finding;
  std::vector<std::string> inputs;
  for (const auto* one : same) {
    auto input = input_of(one->note);
    if (std::ranges::find(inputs, input) == inputs.end()) inputs.push_back(std::move(input));
  }
  if (inputs.size() == 1) return finding;
  const auto gist = gist_of(first.actual);
  finding.got = gist == first.actual
                    ? fmt::format("{}, in {} requests", gist, inputs.size())
                    : fmt::format("{} in {} requests; the first: {}", gist, inputs.size(), first.actual);
  finding.note = engine::shortened(inputs, kInputsNamed);
  return finding;
}

// The kind of what was asked and how it was answered: "PUT manifests 404".
std::string kind_of(const http::Exchange& exchange) {
  std::string_view resource = "else";
  for (const std::string_view part : {"/referrers", "/blobs/", "/manifests/", "/tags/"}) {
    if (exchange.request.url.find(part) != std::string::npos) {
      resource = part;
      break;
    }
  }
  return fmt::format("{} {} {}", exchange.request.method, resource, exchange.response ? exchange.response->status : 0);
}

bool has_finding_on(const SavedCheck& check, const std::string& kind) {
  if (check.outcome != Outcome::kFailed && check.outcome != Outcome::kWarned) return false;
  return std::ranges::any_of(check.exchanges, [&](const http::Exchange& exchange) {
    return kind_of(exchange) == kind && std::ranges::any_of(check.findings, [&](const SavedFinding& finding) {
             return std::ranges::find(finding.exchanges, exchange.sequence) != finding.exchanges.end();
           });
  });
}

}  // namespace

std::string judged_by(const SavedRun& run, const SavedCheck& check) {
  if (check.outcome != Outcome::kBlocked || check.exchanges.empty()) return "";
  const auto kind = kind_of(check.exchanges.back());
  std::vector<std::string> judges;
  for (const auto& other : run.checks) {
    if (judges.size() == 2) break;
    if (other.edition == check.edition && has_finding_on(other, kind)) {
      judges.push_back(fmt::format("{} ({})", other.id, other.requirement));
    }
  }
  return fmt::format("{}", fmt::join(judges, ", "));
}

std::vector<ReadableFinding> readable_findings(const SavedRun& run, const SavedCheck& check) {
  std::vector<std::vector<const SavedFinding*>> faults;
  for (const auto& finding : check.findings) {
    const auto same =
        std::ranges::find_if(faults, [&](const auto& fault) { return is_one_fault(*fault.front(), finding); });
    if (same == faults.end()) {
      faults.push_back({&finding});
    } else {
      same->push_back(&finding);
    }
  }
  std::vector<ReadableFinding> findings;
  for (const auto& fault : faults) findings.push_back(readable(run, check, fault));
  return findings;
}

std::string in_short(const std::string& reason) {
  static constexpr std::string_view kGot = "; got ";
  const auto at = reason.find(kGot);
  if (at == std::string::npos) return reason;
  return reason.substr(0, at + kGot.size()) + gist_of(reason.substr(at + kGot.size()));
}

std::string readable_text(const ReadableFinding& finding) {
  std::string text;
  const auto add = [&](const char* label, const std::string& part) {
    if (part.empty()) return;
    // Lines from a registry stay behind the label, where they cannot pass as one.
    std::string_view before = label;
    for (const auto line : lines_of(part)) {
      text += fmt::format("{:<10}{}\n", before, line);
      before = "";
    }
  };
  add("request:", finding.request);
  if (finding.expected.empty() && finding.got.empty()) add("finding:", finding.message);
  add("expected:", finding.expected);
  add("got:", finding.got);
  add("note:", finding.note);
  return text;
}

std::string softer_because(const SavedCheck& check, spec::Verdict verdict) {
  const bool must = check.level == spec::Level::kMust;
  if (!must || verdict == spec::Verdict::kFail) return "";
  return fmt::format("{} although the level is MUST; `referee explain {}` says why",
                     verdict == spec::Verdict::kWarn ? "a warning" : "a note", check.requirement);
}

}  // namespace referee::reports
