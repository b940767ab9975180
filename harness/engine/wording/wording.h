// The texts of matchers in the words of a registry engineer: gMock says "is equal to 4", "only contains elements that
// is empty" and "whose element #0 doesn't match".
//
//   in_words("(has status 200) and (is empty)", "page")  // "status 200 and no pages"
#pragma once

#include <string>
#include <string_view>

namespace referee::engine {

/// What a claim expects, from the description of its matcher. `noun` names one of what the value holds, as "page".
std::string in_words(std::string_view description, std::string_view noun);

/// What came instead, from the printed value and what the matcher adds to it.
std::string came_in_words(std::string_view printed, std::string_view explanation, std::string_view noun);

/// Both under a name: "schemaVersion 2", "error codes: each of A-Z and _", "no Content-Length".
std::string named_in_words(std::string_view name, std::string_view words);

/// What came in a list, under the name of one of it: "error codes: "DENIED", "UNKNOWN"".
std::string listed_in_words(std::string_view name, std::string_view words);

/// "page" and 1: "1 page"; "entry" and 2: "2 entries".
std::string counted(std::size_t count, std::string_view noun);

}  // namespace referee::engine
