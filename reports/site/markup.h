// Markup of static pages: what is not markup by its type goes out inert.
//
//   page += element("td", {{"class", "failed"}}, plain("2 failed"));
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace referee::reports {

struct Markup {
  std::string bytes;

  Markup& operator+=(const Markup& more) {
    bytes += more.bytes;
    return *this;
  }
  friend Markup operator+(Markup first, const Markup& second) { return first += second; }
};

using Attributes = std::vector<std::pair<const char*, std::string>>;

/// The text as it is, at most some 4,000 bytes of it.
Markup plain(std::string_view text);

/// Text of the catalogue: what is between backticks is code.
Markup prose(std::string_view text);

/// An element with its end; attributes with an empty value are left out.
Markup element(const char* name, const Attributes& attributes, const Markup& content);
inline Markup element(const char* name, const Markup& content) { return element(name, {}, content); }

/// A link within the site, or one to another site, which learns nothing of where the reader comes from.
Markup link(const std::string& address, const Markup& content);

/// A link where the text is an address of the web, else the text.
Markup link_or_text(const std::string& address);

/// Whether the text is an address of the web.
bool is_web_address(std::string_view text);

}  // namespace referee::reports
