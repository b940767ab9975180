// Writes the report of the tests' sample run, for a browser to look at.
#include <cstdio>

#include "reports/formats/report_page.h"
#include "reports/output_file.h"
#include "reports/testing/sample_run.h"

namespace reports = referee::reports;
namespace engine = referee::engine;

// And the longest that a registry has been seen to answer, or could.
engine::RunResult sample_with_long_values() {
  auto run = reports::sample_run();
  for (auto& check : run.checks) {
    if (check.id != "Listing.Checkfailed") continue;
    check.findings[0].actual = "<b>" + std::string(1'000'000, 'm');
    check.exchanges[1].response->headers.push_back({"X-Long", "<i>" + std::string(90'000, 'k')});
  }
  return run;
}

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: write_sample PATH\n", stderr);
    return 2;
  }
  reports::write_file(arguments[1], reports::report_page(reports::saved_of(sample_with_long_values())));
  return 0;
}
