#include "reports/narrative/story.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/narrative/readable_findings.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

constexpr std::size_t kFindingPart = 12'000;  // bytes; of a message, of what was expected, of what came
constexpr std::size_t kMostFindings = 20;
constexpr std::size_t kMostExchanges = 20;
constexpr std::size_t kMostHeaders = 25;
constexpr std::size_t kHeaderLine = 300;
constexpr std::size_t kBodyBeginning = 1'000;

void indent(std::string& out, std::string_view block, std::string_view by) {
  for (const auto line : lines_of(block)) out += fmt::format("{}{}\n", by, line);
}

std::string body_in_short(const std::string& digest, const Bodies& bodies, std::string_view by) {
  if (digest.empty()) return "";
  if (!bodies.has(digest)) return fmt::format("{}body {}, which was not kept\n", by, one_line(digest, 100));
  const std::string beginning = bodies.beginning(digest, kBodyBeginning);
  std::string out = fmt::format("{}body of {} bytes, {}\n", by, bodies.size(digest), digest);
  // Bytes that are not text would fill the report with replacement characters.
  if (beginning.find('\0') != std::string::npos) return out;
  indent(out, valid_utf8(beginning), fmt::format("{}  ", by));
  if (beginning.size() < bodies.size(digest)) out += fmt::format("{}  [...]\n", by);
  return out;
}

std::string headers_in_short(const std::vector<http::HeaderLine>& headers, std::string_view by) {
  std::string out;
  std::size_t shown = 0;
  for (const auto& line : headers) {
    if (++shown > kMostHeaders) {
      out += fmt::format("{}[{} header lines in all]\n", by, headers.size());
      break;
    }
    out += fmt::format("{}{}: {}\n", by, one_line(line.name, 100), one_line(line.value, kHeaderLine));
  }
  return out;
}

std::string exchange_in_short(const http::Exchange& exchange, const Bodies& bodies) {
  const auto& request = exchange.request;
  std::string out =
      fmt::format("#{} {} {}", exchange.sequence, one_line(request.method, 40), one_line(request.url, 2'000));
  if (exchange.attempt > 1) out += fmt::format("  (attempt {})", exchange.attempt);
  out += '\n';
  out += headers_in_short(request.headers, "  > ");
  out += body_in_short(request.body_digest, bodies, "  > ");
  if (!exchange.response) {
    return out + fmt::format("  < no response: {}\n", one_line(exchange.fault, kHeaderLine));
  }
  const auto& response = *exchange.response;
  out += fmt::format("  < {} {} ({:.3f} s)\n", response.status, one_line(response.reason, 100), exchange.seconds);
  out += headers_in_short(response.headers, "  < ");
  return out + body_in_short(response.body_digest, bodies, "  < ");
}

void add_findings(std::string& out, const SavedRun& run, const SavedCheck& check) {
  const auto findings = readable_findings(run, check);
  std::size_t count = 0;
  for (const auto& finding : findings) {
    if (++count > kMostFindings) {
      out += fmt::format("\n[{} findings in all; results.json has them]\n", findings.size());
      return;
    }
    out += fmt::format("\nFinding {} of {} ({})", count, findings.size(), spec::name(finding.verdict));
    if (!finding.file.empty()) out += fmt::format(", {}:{}", finding.file, finding.line);
    out += '\n';
    indent(out, capped(readable_text(finding), kFindingPart), "  ");
    if (const auto why = softer_because(check, finding.verdict); !why.empty())
      out += fmt::format("  graded:   {}\n", why);
  }
}

std::string capitals(std::string word) {
  std::ranges::transform(word, word.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return word;
}

}  // namespace

std::string headline_of_baseline(const SavedCheck& check) {
  if (!check.baseline) return "";
  const auto& mark = *check.baseline;
  return one_line(fmt::format("{}: {}{}", name(mark.state), mark.reason.empty() ? "no reason given" : mark.reason,
                              mark.issue.empty() ? "" : fmt::format(" ({})", mark.issue)),
                  1'000);
}

std::string headline(const SavedCheck& check, std::size_t limit) {
  if (const auto reason = one_line(check.reason, limit); !reason.empty()) return reason;
  const auto message = check.findings.empty() ? "" : check.findings.front().message;
  const auto line = one_line(message.substr(0, message.find('\n')), limit);
  return line.empty() ? name(check.outcome) : line;
}

std::string exchanges_in_short(const std::vector<http::Exchange>& exchanges, const Bodies& bodies) {
  std::string out;
  std::size_t at = 0;
  if (exchanges.size() > kMostExchanges) {
    at = exchanges.size() - kMostExchanges;
    out += fmt::format("[{} earlier exchanges; results.json has them]\n", at);
  }
  for (; at < exchanges.size(); ++at) out += exchange_in_short(exchanges[at], bodies);
  return out;
}

std::string story(const SavedRun& run, const SavedCheck& check, const Bodies& bodies) {
  std::string out = fmt::format("{}: {} in {}\n", capitals(name(check.outcome)), check.id, spec::name(check.edition));
  out += fmt::format("Requirement: {} ({}; a violation is {})\n", check.requirement, spec::name(check.level),
                     spec::name(check.verdict));
  if (const auto wanted = run.wording_of(check.requirement); !wanted.empty()) {
    out += fmt::format("It requires: {}\n", wanted);
  }
  out += fmt::format("Section: {}\n", check.source);
  if (const auto known = headline_of_baseline(check); !known.empty()) out += fmt::format("Baseline: {}\n", known);
  if (!check.reason.empty()) out += fmt::format("Reason: {}\n", capped(check.reason, kFindingPart));
  if (const auto judges = judged_by(run, check); !judges.empty()) {
    out += fmt::format("What blocked it is judged by: {}\n", judges);
  }
  add_findings(out, run, check);
  if (!check.exchanges.empty()) {
    out += "\nExchanges:\n";
    out += exchanges_in_short(check.exchanges, bodies);
  }
  return out;
}

}  // namespace referee::reports
