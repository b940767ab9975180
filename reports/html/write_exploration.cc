// Writes the page of the tests' sample exploration, and of what differs between its registries, for a browser to look
// at.
#include <cstdio>

#include "reports/comparison/change_log.h"
#include "reports/exploration/exploration_page.h"
#include "reports/output_file.h"
#include "reports/testing/sample_exploration.h"

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: write_exploration PAGE CHANGES\n", stderr);
    return 2;
  }
  namespace reports = referee::reports;
  const auto exploration = reports::sample_exploration();
  reports::write_file(arguments[1], reports::exploration_page(exploration));
  reports::write_file(arguments[2], reports::change_log_html(reports::compare({exploration})));
  return 0;
}
