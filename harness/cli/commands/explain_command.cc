// `referee explain`: all about one id, or the ids most like a wrong one.
#include <fmt/format.h>

#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/explain.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/nearest.h"

namespace referee::cli {

int explain_command(const ExplainOptions& options) {
  const auto text = explanation(options.id);
  if (text) {
    print(*text);
    return kDone;
  }
  const auto near = nearest(options.id, explained_ids(), 5);
  throw WrongUsage(fmt::format("nothing has the id '{}'; {}", options.id,
                               near.empty() ? "`referee list requirements` shows what there is"
                                            : fmt::format("did you mean {}?", fmt::join(near, ", "))));
}

}  // namespace referee::cli
