// What people come to an exploration with: a few questions, answered for each registry in plain sentences.
#pragma once

#include <string>
#include <vector>

#include "reports/exploration/matrix.h"

namespace referee::reports {

/// What a registry does, in the editions that agree on it.
struct CardLine {
  std::string specs;  // "oci-1.1.1", "oci-1.1.1, oras-rc.2"
  std::string text;
};

struct Card {
  std::string question;
  std::vector<std::string> probes;          // whose rows of the matrix say more
  std::vector<std::vector<CardLine>> says;  // by registry; empty where nothing was asked
};

/// One for each question to which a probe of it was put.
std::vector<Card> cards_of(const Matrix& matrix);

}  // namespace referee::reports
