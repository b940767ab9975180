#include "reports/formats/junit.h"

#include <fmt/format.h>

#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "harness/http/syntax/url.h"
#include "reports/narrative/judgement.h"
#include "reports/narrative/story.h"
#include "reports/plain_text.h"
#include "reports/saved/evidence_json.h"
#include "reports/saved/profile.h"

namespace referee::reports {
namespace {

constexpr std::size_t kJunitMessage = 500;

struct Tally {
  int tests = 0;
  int failures = 0;
  int errors = 0;
  int skipped = 0;
  double seconds = 0;

  void add(const Tally& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    seconds += other.seconds;
  }
};

/// fmt does not ask the locale: a dot and three decimals everywhere.
std::string seconds_text(double seconds) { return fmt::format("{:.3f}", std::max(seconds, 0.0)); }

// "2026-11-23T16:40:00": without fraction and offset.
std::string timestamp(http::WallTime time) { return rfc3339(time).substr(0, 19); }

void set(pugi::xml_node node, const char* name, const std::string& value, std::size_t limit = 2'000) {
  node.append_attribute(name).set_value(xml_text(one_line(value, limit), limit + 200).c_str());
}

class Junit {
 public:
  Junit(const SavedRun& run, std::size_t text_node) : run_(run), bodies_(run.bodies), text_node_(text_node) {
    const auto url = http::Url::parse(run.target_url);
    hostname_ = url ? url->authority() : "unknown";
  }

  std::string render() {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    auto root = document.append_child("testsuites");
    Tally all;
    for (const auto& [name, checks] : by_suite()) all.add(add_suite(root, name, checks));
    if (all.tests == 0) all.add(add_unjudged(root));
    set(root, "name", "referee");
    counts(root, all);
    root.append_attribute("time") = seconds_text(run_.seconds).c_str();
    std::ostringstream out;
    document.save(out, " ", pugi::format_indent, pugi::encoding_utf8);
    return std::move(out).str();
  }

 private:
  using Checks = std::vector<const SavedCheck*>;

  // Suites in the order of their first check.
  std::vector<std::pair<std::string, Checks>> by_suite() const {
    std::vector<std::pair<std::string, Checks>> suites;
    std::map<std::string, std::size_t> place;
    for (const auto& check : run_.checks) {
      const auto name = std::string(spec::name(check.edition)) + "." + check.id.substr(0, check.id.find('.'));
      const auto [at, fresh] = place.try_emplace(name, suites.size());
      if (fresh) suites.emplace_back(name, Checks());
      suites[at->second].second.push_back(&check);
    }
    return suites;
  }

  static void counts(pugi::xml_node node, const Tally& tally) {
    node.append_attribute("tests") = tally.tests;
    node.append_attribute("failures") = tally.failures;
    node.append_attribute("errors") = tally.errors;
  }

  pugi::xml_node start_suite(pugi::xml_node root, const std::string& name) const {
    auto suite = root.append_child("testsuite");
    set(suite, "name", name);
    return suite;
  }

  void finish_suite(pugi::xml_node suite, const Tally& tally, http::WallTime started) const {
    counts(suite, tally);
    suite.append_attribute("skipped") = tally.skipped;
    suite.append_attribute("time") = seconds_text(tally.seconds).c_str();
    set(suite, "timestamp", timestamp(started));
    set(suite, "hostname", hostname_);
  }

  static void property(pugi::xml_node properties, const char* name, const std::string& value) {
    auto node = properties.append_child("property");
    node.append_attribute("name") = name;
    set(node, "value", value);
  }

  // What holds for the whole run; a reader of one suite has nothing else.
  void add_properties(pugi::xml_node suite) const {
    auto properties = suite.append_child("properties");
    property(properties, "tool", fmt::format("{} {}", run_.tool.name, run_.tool.version));
    property(properties, "run", run_.run);
    property(properties, "target", run_.target_url);
    property(properties, "verdict", name(run_.verdict));
    property(properties, "profile", verdict_in_words(run_));
    property(properties, "complete", run_.complete ? "true" : "false");
    if (!run_.complete) property(properties, "incomplete because", run_.incomplete_because);
  }

  Tally add_suite(pugi::xml_node root, const std::string& name, const Checks& checks) {
    auto suite = start_suite(root, name);
    add_properties(suite);
    Tally tally;
    constexpr http::WallTime kNever;
    auto started = kNever;
    for (const auto* check : checks) {
      tally.add(add_case(suite, name, *check));
      if (check->started != kNever && (started == kNever || check->started < started)) started = check->started;
    }
    finish_suite(suite, tally, started == kNever ? run_.started : started);
    return tally;
  }

  // Names are unique within a classname; every reader must still count results that say otherwise.
  std::string unique(const std::string& classname, const std::string& name) {
    std::string chosen = name;
    for (int i = 2; !names_.insert(classname + '\n' + chosen).second; ++i) chosen = fmt::format("{} ({})", name, i);
    return chosen;
  }

  Tally add_case(pugi::xml_node suite, const std::string& classname, const SavedCheck& check) {
    const auto dot = check.id.find('.');
    auto node = suite.append_child("testcase");
    set(node, "classname", classname);
    set(node, "name", unique(classname, dot == std::string::npos ? check.id : check.id.substr(dot + 1)));
    Tally tally{.tests = 1, .seconds = check.seconds};
    node.append_attribute("time") = seconds_text(tally.seconds).c_str();
    std::string out = property_lines(check);
    switch (standing(run_, check)) {
      case Standing::kPassed:
        break;
      case Standing::kNoted:
      case Standing::kWarned:
        out += "\n" + xml_text(story(run_, check, bodies_), text_node_);
        break;
      case Standing::kFailed:
        tally.failures = 1;
        add_result(node, "failure", std::string(spec::name(check.level)), headline(check, kJunitMessage), check);
        break;
      case Standing::kUnexpectedPass:
        tally.failures = 1;
        add_result(node, "failure", "baseline", "passes now, though the baseline says otherwise: update the baseline",
                   check);
        break;
      case Standing::kKnown:
        tally.skipped = 1;
        add_result(node, "skipped", name(Standing::kKnown), headline_of_baseline(check), check);
        break;
      case Standing::kError:
        tally.errors = 1;
        add_result(node, "error", "error", headline(check, kJunitMessage), check);
        break;
      case Standing::kSkipped:
      case Standing::kBlocked:
        tally.skipped = 1;
        add_result(node, "skipped", outcome_word(check), why_skipped(check), check);
        break;
    }
    node.append_child("system-out").text().set(capped(out, text_node_).c_str());
    return tally;
  }

  // The reason of what did not run already begins with that word.
  static std::string why_skipped(const SavedCheck& check) {
    const std::string kind = outcome_word(check);
    const auto reason = headline(check, kJunitMessage);
    return reason.starts_with(kind) ? reason : fmt::format("{}: {}", kind, reason);
  }

  void add_result(pugi::xml_node node, const char* element, const std::string& type, const std::string& message,
                  const SavedCheck& check) const {
    add_result(node, element, type, message, story(run_, check, bodies_));
  }

  void add_result(pugi::xml_node node, const char* element, const std::string& type, const std::string& message,
                  const std::string& body) const {
    auto result = node.append_child(element);
    set(result, "type", type);
    set(result, "message", message);
    result.text().set(xml_text(body, text_node_).c_str());
  }

  std::string property_lines(const SavedCheck& check) const {
    std::string lines;
    const auto line = [&](const char* key, const std::string& value) {
      lines += fmt::format("[[PROPERTY|{}={}]]\n", key, xml_text(one_line(value, 1'000), 2'000));
    };
    line("requirement", check.requirement);
    line("level", std::string(spec::name(check.level)));
    line("source", check.source);
    line("outcome", outcome_word(check));
    return lines;
  }

  Tally add_unjudged(pugi::xml_node root) const {
    constexpr auto kSuite = "referee.Run";
    auto suite = start_suite(root, kSuite);
    add_properties(suite);
    auto node = suite.append_child("testcase");
    set(node, "classname", kSuite);
    set(node, "name", "CanJudgeTheTarget");
    Tally tally{.tests = 1, .seconds = run_.seconds};
    node.append_attribute("time") = seconds_text(tally.seconds).c_str();
    std::string body;
    for (const auto& obstacle : obstacles(run_)) body += fmt::format("{}\n{}\n", obstacle.cause, obstacle.remedy);
    (run_.complete ? tally.errors : tally.skipped) = 1;
    add_result(node, run_.complete ? "error" : "skipped", name(RunVerdict::kNotJudged), body.substr(0, body.find('\n')),
               body);
    finish_suite(suite, tally, run_.started);
    return tally;
  }

  const SavedRun& run_;
  Bodies bodies_;
  std::size_t text_node_;
  std::string hostname_;
  std::set<std::string> names_;
};

}  // namespace

std::string junit_xml(const SavedRun& run) {
  constexpr std::size_t kLeast = 256;
  for (std::size_t text_node = kJunitTextNode;;) {
    std::string xml = Junit(run, text_node).render();
    if (xml.size() < kJunitFile || text_node <= kLeast) return xml;
    // By proportion, and a little less: names and attributes do not shrink.
    const double share = static_cast<double>(kJunitFile) / static_cast<double>(xml.size());
    text_node = std::max(kLeast, static_cast<std::size_t>(static_cast<double>(text_node) * share * 0.8));
  }
}

}  // namespace referee::reports
