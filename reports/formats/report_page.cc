#include "reports/formats/report_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/formats/html_page.h"
#include "reports/narrative/curl_script.h"
#include "reports/narrative/judgement.h"
#include "reports/narrative/readable_findings.h"
#include "reports/narrative/reproduce.h"
#include "reports/narrative/story.h"
#include "reports/plain_text.h"
#include "reports/saved/profile.h"
#include "reports/saved/results_json.h"

namespace referee::reports {

extern const HtmlTemplate kReportTemplate;

namespace {

// How much of each value is shown, in bytes or pieces.
struct Caps {
  std::size_t text = 12'000;  // of a reason, a message, what was expected, what came
  std::size_t line = 2'000;   // of a URL, a header's value
  std::size_t body = 4'000;
  std::size_t headers = 40;    // of one message
  std::size_t findings = 20;   // of one check
  std::size_t exchanges = 40;  // of one check
  std::size_t script = 24'000;

  Caps tighter() const {
    return {text / 2 + 1, line * 2 / 3 + 1, body / 2 + 1, headers, findings, exchanges * 2 / 3 + 1, script / 2 + 1};
  }
  bool least() const { return text < 200; }
};

class ReportData {
 public:
  ReportData(const SavedRun& run, const Caps& caps) : run_(run), bodies_(run.bodies), caps_(caps) {}

  Results build() {
    Results data = heading();
    data["profile"] = page_profile_json();
    data["obstacles"] = obstacles_json();
    data["not_offered"] = not_offered(run_);
    data["requirements"] = requirements_json(run_.requirements);
    data["checks"] = Results::array();
    for (const auto& check : run_.checks) data["checks"].push_back(page_check_json(check));
    data["bodies"] = page_bodies_json();
    data["leftovers"] = leftovers();
    return data;
  }

 private:
  std::string cut(const std::string& value, std::size_t limit) const { return capped(value, limit); }

  // As in results.json, as far as it can be shown as it is.
  Results heading() const {
    const Results whole = heading_json(run_);
    Results data = Results::object();
    for (const char* key : {"tool", "run", "started", "seconds", "complete", "incomplete_because", "seed", "options",
                            "strict_should", "verdict", "not_judged_because", "editions", "counts"}) {
      if (const Results& value = member(whole, key); !value.is_null()) data[key] = value;
    }
    for (const auto& judged : run_.editions) {
      data["editions"][std::string(spec::name(judged.edition))]["words"] = verdict_in_words(judged);
    }
    if (run_.baseline) data["baseline"] = baseline_json(*run_.baseline);
    Results capabilities = Results::object();
    for (const auto& [name, what] : run_.capabilities) {
      capabilities[name] = {{"words", cut(what.words, caps_.line)}, {"lacking", what.lacking}};
    }
    data["target"] = {{"url", cut(run_.target_url, caps_.line)}, {"capabilities", std::move(capabilities)}};
    return data;
  }

  Results obstacles_json() const {
    Results json = Results::array();
    for (const auto& obstacle : obstacles(run_)) {
      json.push_back({{"cause", obstacle.cause}, {"details", obstacle.details}, {"remedy", obstacle.remedy}});
    }
    return json;
  }

  Results leftovers() const {
    Results json = Results::array();
    for (const auto& left : run_.leftovers) {
      if (json.size() == 100) break;
      json.push_back(cut(left, caps_.line));
    }
    return json;
  }

  Results page_check_json(const SavedCheck& check) {
    Results json = {{"id", check.id},
                    {"spec", spec::name(check.edition)},
                    {"requirement", check.requirement},
                    {"level", spec::name(check.level)},
                    {"verdict", spec::name(check.verdict)},
                    {"source", check.source},
                    {"seconds", check.seconds}};
    if (check.baseline) json["baseline"] = mark_json(*check.baseline);
    json["outcome"] = outcome_word(check);
    json["exchanges_in_all"] = check.exchanges.size();
    if (check.outcome == Outcome::kPassed) return json;
    json["reason"] = cut(check.reason, caps_.text);
    json["headline"] = headline(check, 300);
    json["findings"] = findings_json(check);
    json["exchanges"] = page_exchanges_json(check.exchanges);
    if (wants_reproduction(check)) json["reproduce"] = reproduction_json(check);
    return json;
  }

  Results reproduction_json(const SavedCheck& check) const {
    Results json = {{"command", reproduce_command(run_, check)}};
    if (!has_script(check)) return json;
    const auto script = curl_script(run_, check, bodies_);
    if (!script.empty() && script.size() <= caps_.script) json["script"] = script;
    if (script.size() > caps_.script) json["file"] = curl_script_file(check);
    return json;
  }

  Results findings_json(const SavedCheck& check) const {
    Results json = Results::array();
    for (const auto& finding : readable_findings(run_, check)) {
      if (json.size() == caps_.findings) break;
      json.push_back({{"message", cut(finding.message, caps_.text)},
                      {"request", cut(finding.request, caps_.line)},
                      {"expected", cut(finding.expected, caps_.text)},
                      {"actual", cut(finding.got, caps_.text)},
                      {"note", cut(finding.note, caps_.text)},
                      {"graded", softer_because(check, finding.verdict)},
                      {"verdict", spec::name(finding.verdict)},
                      {"file", finding.file},
                      {"line", finding.line}});
    }
    return json;
  }

  Results page_profile_json() const {
    Results features = Results::array();
    for (const auto& feature : features_of(run_)) {
      features.push_back({{"name", feature.name},
                          {"core", feature.core},
                          {"state", name(feature.state)},
                          {"passed", feature.counts.of(Outcome::kPassed)},
                          {"failed", feature.counts.of(Outcome::kFailed)}});
    }
    return {{"verdict", cut(verdict_in_words(run_), caps_.line)},
            {"whole", is_whole_conformance(run_)},
            {"features", std::move(features)}};
  }

  // Of many, the first ones, which prepare, and the last ones, which show it.
  Results page_exchanges_json(const std::vector<http::Exchange>& exchanges) {
    const std::size_t head = exchanges.size() > caps_.exchanges ? caps_.exchanges / 4 : exchanges.size();
    const std::size_t tail = exchanges.size() > caps_.exchanges ? exchanges.size() - (caps_.exchanges - head) : head;
    Results json = Results::array();
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
      if (i < head || i >= tail) json.push_back(page_exchange_json(exchanges[i]));
      if (i == head && i < tail) json.push_back({{"left_out", tail - head}});
    }
    return json;
  }

  Results page_exchange_json(const http::Exchange& exchange) {
    const auto& request = exchange.request;
    Results json = {{"sequence", exchange.sequence},
                    {"seconds", exchange.seconds},
                    {"request", message_json(request.headers, request.body_digest)}};
    json["request"]["method"] = cut(request.method, caps_.line);
    json["request"]["url"] = cut(request.url, caps_.line);
    if (exchange.attempt > 1) json["attempt"] = exchange.attempt;
    if (exchange.lane > 0) json["lane"] = exchange.lane;
    if (!exchange.response) {
      json["fault"] = cut(exchange.fault, caps_.line);
      return json;
    }
    json["response"] = message_json(exchange.response->headers, exchange.response->body_digest);
    json["response"]["status"] = exchange.response->status;
    json["response"]["reason"] = cut(exchange.response->reason, caps_.line);
    return json;
  }

  Results message_json(const std::vector<http::HeaderLine>& lines, const std::string& digest) {
    Results headers = Results::array();
    for (const auto& line : lines) {
      if (headers.size() == caps_.headers) break;
      headers.push_back(Results::array({cut(line.name, caps_.line), cut(line.value, caps_.line)}));
    }
    Results json = {{"headers", std::move(headers)}};
    if (lines.size() > caps_.headers) json["headers_in_all"] = lines.size();
    if (!digest.empty()) {
      json["body"] = digest;
      if (bodies_.has(digest)) shown_bodies_.insert(digest);
    }
    return json;
  }

  Results page_bodies_json() const {
    Results json = Results::object();
    auto& members = json.get_ref<Results::object_t&>();
    for (const auto& digest : shown_bodies_) {
      const auto size = bodies_.size(digest);
      const auto beginning = bodies_.beginning(digest, caps_.body);
      Results body = {{"size", size}};
      if (beginning.find('\0') != std::string::npos) {
        std::string hex;
        for (const unsigned char byte : beginning.substr(0, 64)) hex += fmt::format("{:02x} ", byte);
        body["hex"] = hex;
      } else {
        body["text"] = valid_utf8(beginning);
        body["shown"] = beginning.size();
      }
      members.push_back({digest, std::move(body)});
    }
    return json;
  }

  const SavedRun& run_;
  Bodies bodies_;
  Caps caps_;
  std::set<std::string> shown_bodies_;
};

}  // namespace

Results report_data(const SavedRun& run) { return ReportData(run, Caps{}).build(); }

std::string report_page(const SavedRun& run) {
  for (Caps caps;; caps = caps.tighter()) {
    std::string page = html_page(kReportTemplate, ReportData(run, caps).build());
    if (page.size() < kReportPage || caps.least()) return page;
  }
}

}  // namespace referee::reports
