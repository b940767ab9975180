// Self-contained pages: a template that the build embedded, with JSON put in for its script to show.
//
//   extern const HtmlTemplate kReportPage;  // by referee_html_page() of reports/html/embed.cmake
//   write_file("report.html", html_page(kReportPage, data));
#pragma once

#include <string>
#include <string_view>

#include "reports/saved/results.h"

namespace referee::reports {

/// A page cut in two where its data goes: inside <script type="application/json" id="data">.
struct HtmlTemplate {
  std::string_view before;
  std::string_view after;
};

/// The data as JSON that no HTML parser can take for anything else, anywhere in a page: pure ASCII without
/// `<`, `>`, `&`, so that neither "</script>" nor "<!--" nor a line separator nor a character that turns the direction
/// of writing comes out of a text. Invalid UTF-8 shows as U+FFFD.
std::string json_for_html(const Results& data);

/// The whole page.
std::string html_page(const HtmlTemplate& page, const Results& data);

}  // namespace referee::reports
