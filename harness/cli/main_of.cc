#include "harness/cli/main.h"

#include <exception>

#include "harness/cli/commands/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "reports/output_file.h"
#include "reports/saved/results.h"
#include "reports/saved/seal.h"

namespace referee::cli {
namespace {

struct Obey {
  const std::atomic<bool>& interrupted;

  int operator()(const Answer& answer) const {
    print(answer.text);
    return kDone;
  }
  int operator()(const RunOptions& options) const { return run_command(options, interrupted); }
  int operator()(const ExploreOptions& options) const { return explore_command(options, interrupted); }
  int operator()(const CompareOptions& options) const { return compare_command(options); }
  int operator()(const SiteOptions& options) const { return site_command(options); }
  int operator()(const ServeOptions& options) const { return serve_command(options, interrupted); }
  int operator()(const ProveOptions& options) const { return prove_command(options, interrupted); }
  int operator()(const ListOptions& options) const { return list_command(options); }
  int operator()(const ExplainOptions& options) const { return explain_command(options); }
  int operator()(const ExportOptions& options) const { return export_command(options); }
  int operator()(const RejudgeOptions& options) const { return rejudge_command(options); }
  int operator()(const ReportOptions& options) const { return report_command(options); }
  int operator()(const SweepOptions& options) const { return sweep_command(options, interrupted); }
  int operator()(const ManOptions& options) const { return man_command(options); }
  int operator()(const CompletionOptions& options) const { return completion_command(options); }
  int operator()(const VersionOptions& options) const { return version_command(options); }
};

}  // namespace

int main_of(const std::vector<std::string>& arguments) {
  try {
    return std::visit(Obey{heed_signals()}, parse(arguments));
  } catch (const WrongUsage& mistake) {
    complain(mistake.what());
    return kWrongUsage;
  } catch (const reports::CannotWrite& failure) {
    complain(failure.what());
    return kWrongUsage;
  } catch (const reports::BadKey& failure) {
    complain(failure.what());
    return kWrongUsage;
  } catch (const reports::CannotRead& failure) {
    complain(failure.what());
    return kWrongUsage;
  } catch (const std::exception& failure) {
    complain(std::string("internal error: ") + failure.what());
    return kNotJudged;
  }
}

}  // namespace referee::cli
