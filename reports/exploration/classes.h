// What answers of probes mean, in words.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace referee::reports {

/// The words for one class of answers to that probe, as the catalogue writes it ("KEEP+LISTED"), without what is in
/// parentheses; also for a status ("404"). Empty where there are none.
std::string class_in_words(std::string_view probe, std::string_view name);

/// The classes that an answer is made of, each once, in their order, with their words; those without words are left
/// out. "KEEP, LIST-404" and "REJECT 400 DENIED: first; ACCEPT: second" have two and three.
std::vector<std::pair<std::string, std::string>> classes_of(std::string_view probe, std::string_view answer);

}  // namespace referee::reports
