#include "reports/formats/report_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/formats/html_page.h"
#include "reports/narrative/curl_script.h"
#include "reports/narrative/judgement.h"
#include "reports/narrative/plain_text.h"
#include "reports/narrative/reproduce.h"
#include "reports/narrative/story.h"

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
  ReportData(const Results& results, const Caps& caps) : results_(results), bodies_(results), caps_(caps) {}

  Results build() {
    Results data = heading();
    data["obstacles"] = obstacles_json();
    data["not_offered"] = not_offered(results_);
    data["requirements"] = member(results_, "requirements");
    data["checks"] = Results::array();
    for (const auto& check : list(results_, "checks")) data["checks"].push_back(check_json(check));
    data["bodies"] = bodies_json();
    data["leftovers"] = leftovers();
    return data;
  }

 private:
  std::string cut(const std::string& value, std::size_t limit) const { return capped(value, limit); }

  Results heading() const {
    Results data = Results::object();
    for (const char* key : {"tool", "run", "started", "seconds", "complete", "incomplete_because", "seed", "options",
                            "strict_should", "verdict", "not_judged_because", "editions", "counts", "baseline"}) {
      if (const Results& value = member(results_, key); !value.is_null()) data[key] = value;
    }
    const Results& target = member(results_, "target");
    Results capabilities = Results::object();
    for (const auto& [name, value] : member(target, "capabilities").items()) {
      if (value.is_string()) capabilities[name] = cut(value.get<std::string>(), caps_.line);
    }
    data["target"] = {{"url", cut(text(target, "url"), caps_.line)}, {"capabilities", std::move(capabilities)}};
    return data;
  }

  Results obstacles_json() const {
    Results json = Results::array();
    for (const auto& obstacle : obstacles(results_)) {
      json.push_back({{"cause", obstacle.cause}, {"details", obstacle.details}, {"mend", obstacle.mend}});
    }
    return json;
  }

  Results leftovers() const {
    Results json = Results::array();
    for (const auto& left : list(results_, "leftovers")) {
      if (json.size() == 100) break;
      if (left.is_string()) json.push_back(cut(left.get<std::string>(), caps_.line));
    }
    return json;
  }

  Results check_json(const Results& check) {
    Results json = Results::object();
    for (const char* key : {"id", "spec", "requirement", "level", "verdict", "source", "seconds", "baseline"}) {
      if (const Results& value = member(check, key); !value.is_null()) json[key] = value;
    }
    json["outcome"] = not_run(check) ? "not run" : text(check, "outcome");
    const Results& exchanges = list(check, "exchanges");
    json["exchanges_in_all"] = exchanges.size();
    if (text(check, "outcome") == "passed") return json;
    json["reason"] = cut(text(check, "reason"), caps_.text);
    json["headline"] = headline(check, 300);
    json["findings"] = findings_json(list(check, "findings"));
    json["exchanges"] = exchanges_json(exchanges);
    if (wants_reproduction(check)) json["reproduce"] = reproduction_json(check);
    return json;
  }

  Results reproduction_json(const Results& check) const {
    Results json = {{"command", reproduce_command(results_, check)}};
    const auto outcome = text(check, "outcome");
    if (outcome != "failed" && outcome != "warned") return json;
    const auto script = curl_script(results_, check, bodies_);
    if (!script.empty() && script.size() <= caps_.script) json["script"] = script;
    if (script.size() > caps_.script) json["file"] = curl_script_file(check);
    return json;
  }

  Results findings_json(const Results& findings) const {
    Results json = Results::array();
    for (const auto& finding : findings) {
      if (json.size() == caps_.findings) break;
      json.push_back({{"message", cut(text(finding, "message"), caps_.text)},
                      {"expected", cut(text(finding, "expected"), caps_.text)},
                      {"actual", cut(text(finding, "actual"), caps_.text)},
                      {"verdict", text(finding, "verdict")},
                      {"file", text(finding, "file")},
                      {"line", member(finding, "line")}});
    }
    return json;
  }

  // Of many, the first ones, which prepare, and the last ones, which show it.
  Results exchanges_json(const Results& exchanges) {
    const std::size_t head = exchanges.size() > caps_.exchanges ? caps_.exchanges / 4 : exchanges.size();
    const std::size_t tail = exchanges.size() > caps_.exchanges ? exchanges.size() - (caps_.exchanges - head) : head;
    Results json = Results::array();
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
      if (i < head || i >= tail) json.push_back(exchange_json(exchanges[i]));
      if (i == head && i < tail) json.push_back({{"left_out", tail - head}});
    }
    return json;
  }

  Results exchange_json(const Results& exchange) {
    const Results& request = member(exchange, "request");
    const Results& response = member(exchange, "response");
    Results json = {{"sequence", member(exchange, "sequence")},
                    {"seconds", member(exchange, "seconds")},
                    {"request", message_json(request)}};
    json["request"]["method"] = cut(text(request, "method"), caps_.line);
    json["request"]["url"] = cut(text(request, "url"), caps_.line);
    if (number(exchange, "attempt") > 1) json["attempt"] = member(exchange, "attempt");
    if (number(exchange, "lane") > 0) json["lane"] = member(exchange, "lane");
    if (response.is_null()) {
      json["fault"] = cut(text(exchange, "fault"), caps_.line);
      return json;
    }
    json["response"] = message_json(response);
    json["response"]["status"] = member(response, "status");
    json["response"]["reason"] = cut(text(response, "reason"), caps_.line);
    return json;
  }

  Results message_json(const Results& message) {
    Results headers = Results::array();
    const Results& lines = list(message, "headers");
    for (const auto& line : lines) {
      if (headers.size() == caps_.headers) break;
      if (!line.is_array() || line.size() != 2 || !line[0].is_string() || !line[1].is_string()) continue;
      headers.push_back(
          Results::array({cut(line[0].get<std::string>(), caps_.line), cut(line[1].get<std::string>(), caps_.line)}));
    }
    Results json = {{"headers", std::move(headers)}};
    if (lines.size() > caps_.headers) json["headers_in_all"] = lines.size();
    if (const auto digest = text(message, "body"); !digest.empty()) {
      json["body"] = digest;
      if (bodies_.has(digest)) shown_bodies_.insert(digest);
    }
    return json;
  }

  Results bodies_json() const {
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

  const Results& results_;
  Bodies bodies_;
  Caps caps_;
  std::set<std::string> shown_bodies_;
};

}  // namespace

Results report_data(const Results& results) { return ReportData(results, Caps{}).build(); }

std::string report_page(const Results& results) {
  for (Caps caps;; caps = caps.tighter()) {
    std::string page = html_page(kReportTemplate, ReportData(results, caps).build());
    if (page.size() < kReportPage || caps.least()) return page;
  }
}

}  // namespace referee::reports
