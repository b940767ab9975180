// junit.xml: valid by the xsd, unique names, counts that add up, and every outcome in its place.
#include "reports/formats/junit.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <locale>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <set>

#include "reports/output_file.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Lt;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

pugi::xml_document parsed(const std::string& xml) {
  pugi::xml_document document;
  const auto result = document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
  EXPECT_TRUE(result) << result.description();
  return document;
}

CommandEnd validate(const std::string& xml) {
  const ScratchFolder folder;
  const auto path = folder.path() / "junit.xml";
  write_file(path, xml);
  return run_command("xmllint --noout --schema reports/schema/junit-10.xsd " + path.string());
}

pugi::xml_node case_named(const pugi::xml_document& document, const std::string& classname, const std::string& name) {
  for (const auto suite : document.child("testsuites").children("testsuite")) {
    if (suite.attribute("name").value() != classname) continue;
    if (const auto found = suite.find_child_by_attribute("testcase", "name", name.c_str())) return found;
  }
  return {};
}

class JunitOfEveryOutcome : public testing::Test {
 protected:
  std::string xml_ = junit_xml(saved_of(sample_run()));
  pugi::xml_document document_ = parsed(xml_);

  pugi::xml_node filtering(const std::string& name) const { return case_named(document_, "oci-1.1.1.Filtering", name); }
  static std::string text_of(const pugi::xml_node& node, const char* child) { return node.child(child).text().get(); }
};

TEST_F(JunitOfEveryOutcome, IsValidByTheXsd) {
  const auto end = validate(xml_);
  EXPECT_EQ(end.code, 0) << end.output.substr(0, 2000);
}

TEST_F(JunitOfEveryOutcome, IsReadByJunitparser) {
  if (run_command("/usr/bin/python3 -c 'import junitparser'").code != 0)
    GTEST_SKIP() << "python3-junitparser is missing";
  const ScratchFolder folder;
  write_file(folder.path() / "junit.xml", xml_);
  write_file(folder.path() / "read.py",
             "import sys, collections, junitparser\n"
             "xml = junitparser.JUnitXml.fromfile(sys.argv[1])\n"
             "kinds = collections.Counter(type(r).__name__ for s in xml for c in s for r in c.result)\n"
             "print(xml.tests, xml.failures, xml.errors, sum(len(list(s)) for s in xml), sorted(kinds.items()))\n");
  const auto end = run_command(fmt::format("/usr/bin/python3 {0}/read.py {0}/junit.xml", folder.path().string()));
  EXPECT_EQ(end.output, "16 2 2 16 [('Error', 2), ('Failure', 2), ('Skipped', 5)]\n");
}

// Ant's own stylesheet for JUnit reports, run by Ant: the head of its summary has the cells tests, failures, errors,
// skipped.
TEST_F(JunitOfEveryOutcome, IsReadByAnt) {
  if (run_command("command -v ant").code != 0) GTEST_SKIP() << "ant is missing";
  const ScratchFolder folder;
  write_file(folder.path() / "junit.xml", xml_);
  write_file(folder.path() / "build.xml",
             "<project default=\"read\"><target name=\"read\"><xslt in=\"junit.xml\" out=\"read.html\" force=\"true\" "
             "style=\"/usr/share/ant/etc/junit-noframes.xsl\"/></target></project>\n");
  const auto end = run_command(fmt::format("ant -q -f {}/build.xml", folder.path().string()));
  ASSERT_EQ(end.code, 0) << end.output;
  const auto text =
      run_command(fmt::format("sed -n '/Success rate/,/%/p' {0}/read.html | sed 's/<[^>]*>/ /g' | tr -s ' \\n' ' '; "
                              "grep -c 'class=\"Failure\"' "
                              "{0}/read.html",
                              folder.path().string()));
  EXPECT_THAT(text.output, testing::HasSubstr(" 16 2 2 5 "));
}

TEST_F(JunitOfEveryOutcome, NamesEachCaseOnceByEditionAndSuite) {
  std::set<std::string> names;
  std::size_t count = 0;
  for (const auto suite : document_.child("testsuites").children("testsuite")) {
    EXPECT_FALSE(suite.child("testsuite")) << "suites are flat";
    for (const auto test : suite.children("testcase")) {
      ++count;
      EXPECT_STREQ(test.attribute("classname").value(), suite.attribute("name").value());
      names.insert(std::string(test.attribute("classname").value()) + "|" + test.attribute("name").value());
    }
  }
  EXPECT_EQ(count, sample_run().checks.size());
  EXPECT_THAT(names, SizeIs(count));
  EXPECT_TRUE(names.contains("oras-rc.2.Sorting|NewestFirst"));
}

TEST_F(JunitOfEveryOutcome, CountsAddUp) {
  int tests = 0;
  int failures = 0;
  int errors = 0;
  const auto root = document_.child("testsuites");
  for (const auto suite : root.children("testsuite")) {
    const auto having = [&](const char* element) {
      int count = 0;
      for (const auto test : suite.children("testcase")) count += test.child(element) ? 1 : 0;
      return count;
    };
    EXPECT_EQ(suite.attribute("failures").as_int(-1), having("failure"));
    EXPECT_EQ(suite.attribute("errors").as_int(-1), having("error"));
    EXPECT_EQ(suite.attribute("skipped").as_int(-1), having("skipped"));
    EXPECT_EQ(suite.attribute("tests").as_int(-1), having("system-out"));
    tests += suite.attribute("tests").as_int();
    failures += suite.attribute("failures").as_int();
    errors += suite.attribute("errors").as_int();
  }
  EXPECT_EQ(root.attribute("tests").as_int(-1), tests);
  EXPECT_EQ(root.attribute("failures").as_int(-1), failures);
  EXPECT_EQ(root.attribute("errors").as_int(-1), errors);
  EXPECT_EQ(failures, 2);
  EXPECT_EQ(errors, 2);
}

TEST_F(JunitOfEveryOutcome, AFailureHasItsLevelALineAndTheWholeStory) {
  const auto failure = filtering("Checkfailed").child("failure");
  ASSERT_TRUE(failure);
  EXPECT_STREQ(failure.attribute("type").value(), "MUST");
  EXPECT_THAT(failure.attribute("message").value(), AllOf(StartsWith("expected the header"), Not(HasSubstr("\n"))));
  const std::string story = failure.text().get();
  EXPECT_THAT(story, HasSubstr("oci.referrers.filter.header (MUST; a violation is FAIL)"));
  EXPECT_THAT(story, HasSubstr("Section: https://github.com/opencontainers"));
  EXPECT_THAT(story, HasSubstr("Finding 1 of 2 (FAIL), suites/filtering.cc:41"));
  EXPECT_THAT(story, HasSubstr("Finding 2 of 2 (WARN)"));
  EXPECT_THAT(story, HasSubstr("expected: has the header OCI-Filters-Applied"));
  EXPECT_THAT(story, HasSubstr("]]> <script>"));
  EXPECT_THAT(story, HasSubstr("GET http://registry.example:5000/v2/referee/x/referrers/sha256:abc"));
  EXPECT_THAT(story, HasSubstr("< 200 OK (0.013 s)"));
  EXPECT_THAT(story, HasSubstr("body of 2000000 bytes, sha256:"));
}

TEST_F(JunitOfEveryOutcome, OnlyErrorsAreErrors) {
  EXPECT_THAT(filtering("Checkerror").child("error").attribute("message").value(), StartsWith("timeout"));
  EXPECT_THAT(text_of(filtering("Checkerror"), "error"), HasSubstr("Reason: timeout"));
}

TEST_F(JunitOfEveryOutcome, SkippedBlockedAndNotRunAreSkippedWithMessageAndBody) {
  const auto expect = [&](const pugi::xml_node& test, const std::string& message) {
    EXPECT_THAT(test.child("skipped").attribute("message").value(), StartsWith(message));
    EXPECT_THAT(text_of(test, "skipped"), HasSubstr("Reason: "));
  };
  expect(filtering("Checkskipped"), "skipped: the referrers API is not offered");
  expect(filtering("Checkblocked"), "blocked: a manifest was not accepted");
  expect(case_named(document_, "oci-1.1.1.Listing", "CameTooLate"), "not run: interrupted");
}

TEST_F(JunitOfEveryOutcome, WarnedAndNotedPassWithTheirStoryInSystemOut) {
  for (const char* name : {"Checkwarned", "Checknoted"}) {
    EXPECT_FALSE(filtering(name).child("failure"));
    EXPECT_FALSE(filtering(name).child("skipped"));
    EXPECT_THAT(text_of(filtering(name), "system-out"), HasSubstr("Finding 1 of 1"));
  }
}

TEST_F(JunitOfEveryOutcome, PropertiesStandInSystemOutAndNoneIsForged) {
  const auto out = text_of(filtering("Checkwarned"), "system-out");
  EXPECT_THAT(out, StartsWith("[[PROPERTY|requirement=oci.referrers.filter.header]]\n[[PROPERTY|level=MUST]]\n"
                              "[[PROPERTY|source=https://github.com/"));
  EXPECT_THAT(xml_, Not(HasSubstr("[[ATTACHMENT|")));
}

TEST_F(JunitOfEveryOutcome, TimesAreWrittenAlikeEverywhere) {
  for (const auto suite : document_.child("testsuites").children("testsuite")) {
    EXPECT_THAT(suite.attribute("timestamp").value(),
                MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"));
    EXPECT_STREQ(suite.attribute("hostname").value(), "registry.example:5000");
    EXPECT_THAT(suite.attribute("time").value(), MatchesRegex("[0-9]+[.][0-9]{3}"));
  }
  EXPECT_STREQ(document_.child("testsuites").attribute("time").value(), "12.346");
  EXPECT_STREQ(filtering("Checkpassed").attribute("time").value(), "0.250");
}

TEST_F(JunitOfEveryOutcome, DoesNotDependOnTheLocale) {
  struct Commas : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  std::locale::global(std::locale(std::locale::classic(), new Commas));
  const auto again = junit_xml(saved_of(sample_run()));
  std::locale::global(std::locale::classic());
  EXPECT_EQ(again, xml_);
}

TEST(Junit, CountsWarningsAsFailuresUnderStrictShould) {
  auto run = sample_run();
  run.strict_should = true;
  const auto document = parsed(junit_xml(saved_of(run)));
  EXPECT_EQ(document.child("testsuites").attribute("failures").as_int(), 4);
}

TEST(Junit, MarksAnIncompleteRun) {
  auto run = sample_run();
  run.complete = false;
  run.incomplete_because = "interrupted";
  const auto document = parsed(junit_xml(saved_of(run)));
  const auto properties = document.child("testsuites").child("testsuite").child("properties");
  const auto value = [&](const char* name) {
    return std::string(properties.find_child_by_attribute("name", name).attribute("value").value());
  };
  EXPECT_EQ(value("complete"), "false");
  EXPECT_EQ(value("incomplete because"), "interrupted");
}

TEST(Junit, ARunThatJudgedNothingIsNotGreen) {
  const auto xml = junit_xml(saved_of(unreachable_run()));
  EXPECT_EQ(validate(xml).code, 0);
  const auto document = parsed(xml);
  const auto test = case_named(document, "referee.Run", "CanJudgeTheTarget");
  EXPECT_THAT(test.child("error").attribute("message").value(), HasSubstr("connection refused"));
  EXPECT_EQ(document.child("testsuites").attribute("errors").as_int(), 1);
}

TEST(Junit, AnInterruptedRunWithoutChecksIsSkipped) {
  engine::RunResult run;
  run.complete = false;
  run.incomplete_because = "interrupted";
  const auto xml = junit_xml(saved_of(run));
  EXPECT_EQ(validate(xml).code, 0);
  EXPECT_TRUE(case_named(parsed(xml), "referee.Run", "CanJudgeTheTarget").child("skipped"));
}

TEST(Junit, CapsEachTextNodeAndTheWholeFile) {
  engine::RunResult run;
  run.editions = {spec::Edition::kOci111};
  int line = 0;
  for (int i = 0; i < 400; ++i) {
    auto check = sample_check("Big.N" + std::to_string(i), engine::Outcome::kFailed);
    check.findings.assign(8, check.findings.front());
    for (auto& finding : check.findings) {
      finding.actual = std::string(20'000, '&');
      finding.line = ++line;  // findings of one claim may be reported as one
    }
    run.checks.push_back(check);
  }
  const auto xml = junit_xml(saved_of(run));
  EXPECT_THAT(xml, SizeIs(Lt(kJunitFile)));
  EXPECT_EQ(validate(xml).code, 0);
  run.checks.erase(run.checks.begin() + 3, run.checks.end());
  const auto few = parsed(junit_xml(saved_of(run)));
  const std::string story = case_named(few, "oci-1.1.1.Big", "N0").child("failure").text().get();
  EXPECT_THAT(story, AllOf(SizeIs(Le(kJunitTextNode)), HasSubstr("[cut: ")));
  EXPECT_THAT(story.size(), testing::Gt(kJunitTextNode / 2));
}

TEST(Junit, TellsTwoChecksOfOneNameApart) {
  engine::RunResult run;
  run.editions = {spec::Edition::kOci111};
  run.checks.assign(2, sample_check("Twice.Same", engine::Outcome::kPassed));
  const auto document = parsed(junit_xml(saved_of(run)));
  EXPECT_TRUE(case_named(document, "oci-1.1.1.Twice", "Same"));
  EXPECT_TRUE(case_named(document, "oci-1.1.1.Twice", "Same (2)"));
}

}  // namespace
}  // namespace referee::reports
