// The words that the catalogue uses as shorthand, and what they mean.
//
//   in_plain_words("G-DEL. `DELM(REPO,S)`")  // "only where manifests can be deleted. `DELETE manifest(repository,S)`"
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace referee::spec {

struct Term {
  std::string_view word;
  std::string_view plain;    // what texts for readers say instead; empty: the word stays, and its meaning is explained
  std::string_view meaning;  // a clause
};

/// Every term, gates among them.
std::span<const Term> glossary();

/// The term of that name in any case; null if there is none.
const Term* term_named(std::string_view word);

/// The text with each term that has plain words replaced by them.
std::string in_plain_words(std::string_view text);

/// The terms without plain words that a text uses within code, in the order of the glossary.
std::vector<const Term*> terms_in(std::string_view text);

}  // namespace referee::spec
