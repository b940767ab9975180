// What shells read to complete a command line of Referee, made from the commands' own tables of options.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/options/described.h"

namespace referee::cli {

/// What the shell offers as the value of an option or argument.
enum class Offer { kNothing, kWords, kFiles, kFolders };
Offer offer_of(const DescribedOption& option);

/// To be sourced, or as usr/share/bash-completion/completions/referee.
std::string bash_completion(const std::vector<DescribedCommand>& commands);
/// As _referee in a folder of zsh's fpath.
std::string zsh_completion(const std::vector<DescribedCommand>& commands);
/// To be sourced, or as referee.fish in one of fish's folders of completions.
std::string fish_completion(const std::vector<DescribedCommand>& commands);

}  // namespace referee::cli
