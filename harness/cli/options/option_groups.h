// The options that several commands have, in the groups of their help. Each is declared here, once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/cli/options/command_app.h"
#include "harness/cli/options/shared_options.h"

namespace referee::cli {

/// --spec, --long, --gc-hook: what is judged or asked, except for what only one command chooses from.
void content_options(CommandApp& app, SharedOptions& options);

/// --repo, --existing-repo.
void repository_options(CommandApp& app, engine::Settings& settings);

void connection_options(CommandApp& app, SharedOptions& options);

void login_options(CommandApp& app, Login& login);

/// The second user.
void signer_options(CommandApp& app, Login& login);

/// Under their own heading. `items` are what --jobs counts: "checks".
void pace_options(CommandApp& app, SharedOptions& options, const std::string& items);

/// --quiet, --no-progress, --color.
void display_options(CommandApp& app, Display& display);

void color_option(CommandApp& app, Color& color);

/// What --spec offers: those words, and all editions.
std::vector<std::string> edition_words(std::vector<std::string> words);

/// What --report offers for a run: "json=" and the other formats.
std::vector<std::string> report_beginnings();

/// Of what was given, by option name, what a report shows: without values that are not for reports, and without options
/// that say nothing about how the registry is asked.
std::map<std::string, std::string> shown_options(std::map<std::string, std::string> given,
                                                 const SharedOptions& options);

}  // namespace referee::cli
