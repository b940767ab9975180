#include "reports/exploration/card_sentences.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "reports/exploration/classes.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

std::string joined(const std::vector<std::string>& sentences, std::string_view separator = " ") {
  std::string text;
  for (const auto& one : sentences) {
    if (!one.empty()) text += (text.empty() ? "" : std::string(separator)) + one;
  }
  return text;
}

// The sentence of the first class with which the answer begins; "%" in it is what follows the class.
template <std::size_t N>
std::string told(const std::string& answer, const std::array<Pair, N>& sentences) {
  for (const auto& [name, words] : sentences) {
    if (!answer.starts_with(name)) continue;
    std::string text(words);
    if (const auto mark = text.find('%'); mark != std::string::npos) {
      auto rest = answer.substr(name.size());
      rest.erase(0, rest.find_first_not_of(" ("));
      text.replace(mark, 1, rest);
    }
    return text;
  }
  return "";
}

// What has no sentence of its own: the answer, and what its classes mean.
std::string spelt_out(std::string_view subject, std::string_view probe, const std::string& answer) {
  std::vector<std::string> words;
  for (const auto& [name, meaning] : classes_of(probe, answer)) words.push_back(fmt::format("{}: {}", name, meaning));
  return fmt::format("{}: `{}`{}.", subject, answer, words.empty() ? "" : fmt::format(" ({})", joined(words, "; ")));
}

constexpr auto kUntagged = std::to_array<Pair>(
    {{"KEEP+LISTED", "Signatures stay when their image is deleted, and its list still shows them."},
     {"KEEP+HIDDEN", "Signatures stay when their image is deleted, but its list does not show them any more."},
     {"CASCADE-NOW", "Signatures are deleted together with their image."},
     {"CASCADE-LATE(collector)", "Signatures go with the first garbage collection after their image was deleted."},
     {"CASCADE-LATE", "Signatures are deleted some time after their image."},
     {"DANGLING-ENTRY", "Signatures are deleted with their image, but its list still names them."},
     {"DELETE-REFUSED", "The registry refuses to delete a signed image (%)."}});

constexpr auto kTagged =
    std::to_array<Pair>({{"TAG-PROTECTS", "A tag on a signature keeps it."},
                         {"TAG-IGNORED", "A tag on a signature does not keep it."},
                         {"TAG-DANGLES", "Signatures with a tag go too, and leave a tag that leads to nothing."}});

std::string on_deletion(const Answers& answers) {
  constexpr std::string_view kProbe = "probe.delete.subject-untagged";
  const auto answer = answers.answer(kProbe);
  if (answer.empty()) return answers.why_not(kProbe, "What deletion does");
  if (answer == "KEEP") return "Signatures stay when their image is deleted.";
  const auto sentence = answer.find(": ") == std::string::npos ? told(answer, kUntagged) : "";
  if (sentence.empty()) return spelt_out("Deleting the image", kProbe, answer);
  return joined({sentence, told(answers.answer("probe.delete.subject-tagged-referrer"), kTagged)});
}

// What the collector did, and not what a push or a deletion had done before.
bool is_of_the_collector(std::string_view fate) {
  return !fate.ends_with("(before too)") && fate.find("refused") == std::string_view::npos &&
         !fate.starts_with("no mount");
}

std::string on_collection(const Answers& answers) {
  constexpr std::string_view kProbe = "probe.gc.signatures";
  const auto* cell = answers.cell(kProbe);
  if (cell == nullptr) return "";
  if (!cell->answered) return answers.why_not(kProbe, "Garbage collection");
  std::vector<std::pair<std::string, std::vector<std::string>>> harmed;  // circumstances by fate
  std::size_t all = 0;
  for (const auto line : lines_of(cell->detail)) {
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos || !is_of_the_collector(line.substr(colon + 2))) continue;
    ++all;
    const std::string fate(line.substr(colon + 2));
    if (fate == "kept") continue;
    auto known = std::ranges::find(harmed, fate, [](const auto& each) { return each.first; });
    if (known == harmed.end()) known = harmed.insert(known, {fate, {}});
    known->second.emplace_back(line.substr(0, colon));
  }
  if (harmed.empty()) return fmt::format("Garbage collection keeps all {} signatures that were tried.", all);
  std::vector<std::string> sentences;
  for (const auto& [fate, circumstances] : harmed) {
    sentences.push_back(fate == "gone"
                            ? fmt::format("Garbage collection takes {} of {} signatures that were tried: {}.",
                                          circumstances.size(), all, joined(circumstances, ", "))
                            : fmt::format("After garbage collection {} of {} are {}: {}.", circumstances.size(), all,
                                          fate, joined(circumstances, ", ")));
  }
  return joined(sentences);
}

constexpr auto kSeparate = std::to_array<Pair>(
    {{"WORKS", "Yes: a signature is accepted in another repository, and listed there."},
     {"ACCEPT+UNLISTED", "Only half: a signature is accepted in another repository, but no list there shows it."},
     {"NEEDS-SUBJECT-COPY", "Only once the image itself was copied there: without a copy the signature is refused."},
     {"REFUSED", "No: a signature is refused in another repository, even next to a copy of the image (%)."}});

// "signer" and "anonymous" are names of the two further users.
std::string name_of_user(const std::string& user) {
  if (user == "signer") return "The signer";
  return user == "anonymous" ? "Who gives no credentials" : "The user " + user;
}

// "sign here and list there"; with the statuses that came instead.
std::string enumerated(const std::vector<std::string>& items, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += i == 0 ? "" : i + 1 == items.size() ? fmt::format(" {} ", last) : ", ";
    text += items[i];
  }
  return text;
}

// "signer: image 401, signatures ACCEPT, list 401".
std::string rights_of(const std::string& part) {
  const auto colon = part.find(": ");
  if (colon == std::string::npos) return "";
  std::map<std::string, std::string> rights;
  std::string rest = part.substr(colon + 2);
  while (!rest.empty()) {
    const auto comma = rest.find(", ");
    const auto one = rest.substr(0, comma);
    const auto blank = one.find(' ');
    if (blank != std::string::npos) rights[one.substr(0, blank)] = one.substr(blank + 1);
    rest = comma == std::string::npos ? "" : rest.substr(comma + 2);
  }
  if (rights.size() != 3) return "";
  std::vector<std::string> may;
  std::vector<std::string> may_not;
  std::vector<std::string> fails;
  const auto sort = [&](std::string_view what, const std::string& came, std::string_view granted) {
    const bool refused = came == "401" || came == "403";
    if (came == granted) may.emplace_back(what);
    if (came != granted) (refused ? may_not : fails).push_back(fmt::format("{} ({})", what, came));
  };
  sort("sign next to the image", rights["image"], "ACCEPT");
  sort("sign in the signature repository", rights["signatures"], "ACCEPT");
  sort("list the image's signatures", rights["list"], "200");
  std::vector<std::string> parts;
  if (!may.empty()) parts.push_back("may " + enumerated(may, "and"));
  if (!may_not.empty()) parts.push_back("may not " + enumerated(may_not, "or"));
  if (!fails.empty()) parts.push_back("fails to " + enumerated(fails, "and to"));
  return fmt::format("{} {}.", name_of_user(part.substr(0, colon)), joined(parts, ", but "));
}

constexpr auto kOrders =
    std::to_array<Pair>({{"PUSH", "Entries come in the order of pushing."},
                         {"REVERSE-PUSH", "The last push comes first."},
                         {"DIGEST", "Entries come in the order of digests."},
                         {"OCI-CREATED-DESC", "The newest by OCI's date of creation comes first."},
                         {"ORAS-CREATED-DESC", "The newest by ORAS' date of creation comes first."},
                         {"RANDOM", "Entries come in no order that Referee can see."}});

constexpr auto kCounts =
    std::to_array<Pair>({{"IGNORED", "The number `n` is ignored."},
                         {"HONOURED+LINK", "The number `n` is honoured."},
                         {"HONOURED-WITHOUT-LINK", "With `n` entries are lost: no link leads to the rest."}});

struct FilterValue {
  std::string_view probe;
  std::string_view what;
  std::array<Pair, 6> words;
};

constexpr auto kValues = std::to_array<FilterValue>(
    {{"probe.filter.plus",
      "a plus",
      {Pair{"PLUS-LITERAL: raw; PLUS-IS-SPACE", "works only as `+`"},
       Pair{"PLUS-LITERAL: %2B; PLUS-IS-SPACE: raw", "works only as `%2B`"},
       Pair{"PLUS-IS-SPACE: raw; PLUS-LITERAL: %2B", "works only as `%2B`"},
       Pair{"PLUS-IS-SPACE: %2B", "works only as `+`"}, Pair{"PLUS-LITERAL", "works as `+` and as `%2B`"},
       Pair{"PLUS-IS-SPACE", "never matches"}}},
     {"probe.filter.slash",
      "a slash",
      {Pair{"BOTH", "works as `/` and as `%2F`"}, Pair{"ONLY-RAW", "works only as `/`"},
       Pair{"ONLY-ENCODED", "works only as `%2F`"}}},
     {"probe.filter.case", "capitals", {Pair{"SENSITIVE", "must match"}, Pair{"INSENSITIVE", "need not match"}}},
     {"probe.filter.comma",
      "a comma",
      {Pair{"LITERAL", "is a part of the type"}, Pair{"OR", "separates alternatives"}}},
     {"probe.filter.repeated",
      "of two filters",
      {Pair{"FIRST", "the first counts"}, Pair{"LAST", "the last counts"}, Pair{"OR", "either may match"},
       Pair{"AND", "both would have to match"}}},
     {"probe.filter.parameters",
      "`application/*`",
      {Pair{"LITERAL", "matches nothing"}, Pair{"WILDCARD", "matches all such types"}}}});

}  // namespace

const Cell* Answers::cell(std::string_view probe) const {
  for (const auto& row : matrix_.rows) {
    if (row.probe != probe || row.spec != spec_) continue;
    const Cell& cell = row.cells.at(column_);
    return cell.answer.empty() ? nullptr : &cell;
  }
  return nullptr;
}

std::string Answers::answer(std::string_view probe) const {
  const auto* found = cell(probe);
  return found != nullptr && found->answered ? found->answer : "";
}

std::string Answers::why_not(std::string_view probe, std::string_view subject) const {
  const auto* found = cell(probe);
  if (found == nullptr || found->answered) return "";
  if (found->answer.starts_with("needs ")) {
    return fmt::format("{} was not tried: that needs `{}`.", subject, found->answer.substr(6));
  }
  const auto lines = lines_of(found->detail);
  return fmt::format("{} is not known: {}.", subject, lines.empty() ? found->answer : one_line(lines.front(), 300));
}

std::string on_lost_signatures(const Answers& answers) {
  return joined({on_deletion(answers), on_collection(answers)});
}

std::string on_other_repositories(const Answers& answers) {
  constexpr std::string_view kProbe = "probe.repo.cosign-style-separate";
  const auto answer = answers.answer(kProbe);
  if (answer.empty()) return answers.why_not(kProbe);
  const auto sentence = told(answer, kSeparate);
  if (sentence.empty()) return spelt_out("A signature in another repository", kProbe, answer);
  return joined({sentence,
                 answer.ends_with("listed with the image too") ? "The image's own list shows it as well." : "",
                 answers.answer("probe.subject.other-repo").ends_with("differs from nowhere")
                     ? "The answer tells whether the image exists elsewhere."
                     : ""});
}

std::string on_rights(const Answers& answers) {
  constexpr std::string_view kProbe = "probe.repo.permissions-split";
  std::string answer = answers.answer(kProbe);
  if (answer.empty()) return answers.why_not(kProbe);
  std::vector<std::string> sentences;
  while (!answer.empty()) {
    const auto end = answer.find("; ");
    sentences.push_back(rights_of(answer.substr(0, end)));
    answer = end == std::string::npos ? "" : answer.substr(end + 2);
  }
  if (answers.answer("probe.repo.artifacttype-policy").starts_with("SUPPORTED")) {
    sentences.emplace_back("Rights depend on the type of what is pushed.");
  }
  return joined(sentences);
}

std::string on_lists(const Answers& answers) {
  const auto order = answers.answer("probe.order.default");
  const auto size = answers.answer("probe.page.default-size");
  if (order.empty() && size.empty()) {
    const auto why = answers.why_not("probe.order.default");
    return why.empty() ? answers.why_not("probe.page.default-size") : why;
  }
  std::string pages;
  if (size.starts_with(">= ")) {
    pages = fmt::format("A page has {} entries or more.", size.substr(3));
  } else if (!size.empty() && size.find_first_not_of("0123456789") == std::string::npos) {
    pages = fmt::format("A page has {} {}.", size, size == "1" ? "entry" : "entries");
  } else if (!size.empty()) {
    pages = spelt_out("A list of many entries", "probe.page.default-size", size);
  }
  return joined({told(order, kOrders),
                 answers.answer("probe.order.stable") == "VARYING" ? "The order varies from request to request." : "",
                 pages, told(answers.answer("probe.page.n-honoured"), kCounts)});
}

std::string on_filters(const Answers& answers) {
  constexpr std::string_view kProbe = "probe.filter.no-match";
  const auto answer = answers.answer(kProbe);
  if (answer.empty()) return answers.why_not(kProbe);
  if (answer.starts_with("200-FULL")) return "None: the filter `artifactType` is ignored.";
  const bool announced = answer.ends_with("+HEADER");
  const std::string first = !answer.starts_with("200-EMPTY")
                                ? spelt_out("A filter that matches nothing", kProbe, answer)
                            : !answers.is_oci() ? "The filter `artifactType` works."
                            : announced         ? "The filter `artifactType` works, and the answer says so."
                                                : "The filter `artifactType` works, but the answer does not say so.";
  std::vector<std::string> values;
  for (const auto& [probe, what, words] : kValues) {
    const auto said = answers.answer(probe);
    for (const auto& [name, meaning] : words) {
      if (said.empty() || name.empty() || !said.starts_with(name)) continue;
      values.push_back(fmt::format("{} {}", what, meaning));
      break;
    }
  }
  if (values.empty()) return first;
  auto details = joined(values, ", ");
  if (details[0] >= 'a' && details[0] <= 'z') details[0] = static_cast<char>(details[0] - 'a' + 'A');
  return first + " " + details + ".";
}

}  // namespace referee::reports
