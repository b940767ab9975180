// `referee export`: write one of every kind of content that the checks push.
#include <fmt/format.h>

#include "fixtures/content/layout.h"
#include "fixtures/content/samples.h"
#include "harness/cli/commands/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"

namespace referee::cli {

int export_command(const ExportOptions& options) {
  const auto samples = content::samples(options.seed);
  try {
    content::write_layout(options.directory, samples);
  } catch (const std::runtime_error& failure) {
    throw WrongUsage(fmt::format("{}; choose another folder", failure.what()));
  }
  print(fmt::format("{} manifests in {}, see purposes.json there\n", samples.size(), options.directory));
  return kDone;
}

}  // namespace referee::cli
