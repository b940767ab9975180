#include "reports/narrative/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/narrative/plain_text.h"

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
  // Bytes that are no text would fill the report with replacement characters.
  if (beginning.find('\0') != std::string::npos) return out;
  indent(out, valid_utf8(beginning), fmt::format("{}  ", by));
  if (beginning.size() < bodies.size(digest)) out += fmt::format("{}  [...]\n", by);
  return out;
}

std::string headers_in_short(const Results& headers, std::string_view by) {
  std::string out;
  std::size_t shown = 0;
  for (const auto& line : headers) {
    if (!line.is_array() || line.size() != 2 || !line[0].is_string() || !line[1].is_string()) continue;
    if (++shown > kMostHeaders) {
      out += fmt::format("{}[{} header lines in all]\n", by, headers.size());
      break;
    }
    const auto value = line[1].get<std::string>();
    out += fmt::format("{}{}: {}\n", by, one_line(line[0].get<std::string>(), 100), one_line(value, kHeaderLine));
  }
  return out;
}

std::string exchange_in_short(const Results& exchange, const Bodies& bodies) {
  const Results& request = member(exchange, "request");
  std::string out = fmt::format("#{:.0f} {} {}", number(exchange, "sequence"), one_line(text(request, "method"), 40),
                                one_line(text(request, "url"), 2'000));
  if (number(exchange, "attempt") > 1) out += fmt::format("  (attempt {:.0f})", number(exchange, "attempt"));
  out += '\n';
  out += headers_in_short(list(request, "headers"), "  > ");
  out += body_in_short(text(request, "body"), bodies, "  > ");
  const Results& response = member(exchange, "response");
  if (response.is_null()) {
    return out + fmt::format("  < no response: {}\n", one_line(text(exchange, "fault"), kHeaderLine));
  }
  out += fmt::format("  < {:.0f} {} ({:.3f} s)\n", number(response, "status"), one_line(text(response, "reason"), 100),
                     number(exchange, "seconds"));
  out += headers_in_short(list(response, "headers"), "  < ");
  return out + body_in_short(text(response, "body"), bodies, "  < ");
}

// The labelled part, unless the message already tells it.
void add_part(std::string& out, std::string_view label, const std::string& part, const std::string& message) {
  if (part.empty() || message.find(part) != std::string::npos) return;
  out += fmt::format("  {}\n", label);
  indent(out, capped(part, kFindingPart), "    ");
}

void add_findings(std::string& out, const Results& findings) {
  std::size_t count = 0;
  for (const auto& finding : findings) {
    if (++count > kMostFindings) {
      out += fmt::format("\n[{} findings in all; results.json has them]\n", findings.size());
      return;
    }
    out += fmt::format("\nFinding {} of {} ({})", count, findings.size(), text(finding, "verdict"));
    if (const auto file = text(finding, "file"); !file.empty()) {
      out += fmt::format(", {}:{:.0f}", file, number(finding, "line"));
    }
    out += '\n';
    const auto message = text(finding, "message");
    indent(out, capped(message, kFindingPart), "  ");
    add_part(out, "Expected:", text(finding, "expected"), message);
    add_part(out, "Actual:", text(finding, "actual"), message);
  }
}

std::string capitals(std::string word) {
  std::ranges::transform(word, word.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return word;
}

}  // namespace

bool not_run(const Results& check) { return flag(check, "not_run"); }

std::string effective_outcome(const Results& results, const Results& check) {
  const auto outcome = text(check, "outcome");
  const auto state = text(member(check, "baseline"), "state");
  if (state == "known" || state == "unexpected pass") return state;
  return outcome == "warned" && flag(results, "strict_should") ? "failed" : outcome;
}

std::string headline_of_baseline(const Results& check) {
  const Results& known = member(check, "baseline");
  if (known.is_null()) return "";
  const auto reason = text(known, "reason");
  const auto issue = text(known, "issue");
  return one_line(fmt::format("{}: {}{}", text(known, "state"), reason.empty() ? "no reason given" : reason,
                              issue.empty() ? "" : fmt::format(" ({})", issue)),
                  1'000);
}

std::string headline(const Results& check, std::size_t limit) {
  if (const auto reason = one_line(text(check, "reason"), limit); !reason.empty()) return reason;
  const Results& findings = list(check, "findings");
  const auto message = findings.empty() ? "" : text(findings.front(), "message");
  const auto line = one_line(message.substr(0, message.find('\n')), limit);
  return line.empty() ? text(check, "outcome") : line;
}

std::string exchanges_in_short(const Results& exchanges, const Bodies& bodies) {
  std::string out;
  std::size_t at = 0;
  if (exchanges.size() > kMostExchanges) {
    at = exchanges.size() - kMostExchanges;
    out += fmt::format("[{} earlier exchanges; results.json has them]\n", at);
  }
  for (; at < exchanges.size(); ++at) out += exchange_in_short(exchanges[at], bodies);
  return out;
}

std::string story(const Results& results, const Results& check, const Bodies& bodies) {
  const auto requirement = text(check, "requirement");
  std::string out =
      fmt::format("{}: {} in {}\n", capitals(text(check, "outcome")), text(check, "id"), text(check, "spec"));
  out += fmt::format("Requirement: {} ({}; a violation is {})\n", requirement, text(check, "level"),
                     text(check, "verdict"));
  if (const auto wanted = text(member(member(results, "requirements"), requirement), "text"); !wanted.empty()) {
    out += fmt::format("It wants: {}\n", wanted);
  }
  out += fmt::format("Section: {}\n", text(check, "source"));
  if (const auto known = headline_of_baseline(check); !known.empty()) out += fmt::format("Baseline: {}\n", known);
  if (const auto reason = text(check, "reason"); !reason.empty()) {
    out += fmt::format("Reason: {}\n", capped(reason, kFindingPart));
  }
  add_findings(out, list(check, "findings"));
  if (const Results& exchanges = list(check, "exchanges"); !exchanges.empty()) {
    out += "\nExchanges:\n";
    out += exchanges_in_short(exchanges, bodies);
  }
  return out;
}

}  // namespace referee::reports
