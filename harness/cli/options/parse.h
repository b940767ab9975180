// The parsers of single commands, for parse() only.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/options/options.h"

namespace referee::cli {

using Arguments = std::vector<std::string>;

/// All of them take what follows the command's name, and throw WrongUsage.
Command parse_run(const Arguments& arguments);
Command parse_walk(const Arguments& arguments);
Command parse_explore(const Arguments& arguments);
Command parse_compare(const Arguments& arguments);
Command parse_site(const Arguments& arguments);
Command parse_serve(const Arguments& arguments);
Command parse_list(const Arguments& arguments);
Command parse_explain(const Arguments& arguments);
Command parse_export(const Arguments& arguments);
Command parse_prove(const Arguments& arguments);
Command parse_rejudge(const Arguments& arguments);
Command parse_sweep(const Arguments& arguments);
Command parse_report(const Arguments& arguments);
Command parse_man(const Arguments& arguments);
Command parse_completion(const Arguments& arguments);

/// FORMAT=PATH taken apart, the format known. Throws WrongUsage.
Report report_of(const std::string& text);

}  // namespace referee::cli
