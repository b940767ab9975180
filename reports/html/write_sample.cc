// Writes the report of the tests' sample run, for a browser to look at.
#include <cstdio>

#include "reports/output_file.h"
#include "reports/report_page.h"
#include "reports/sample_run_for_tests.h"

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: write_sample PATH\n", stderr);
    return 2;
  }
  referee::reports::write_file(
      arguments[1], referee::reports::report_page(referee::reports::json_of(referee::reports::sample_run())));
  return 0;
}
