// The matrix for a terminal: columns as wide as it allows, else a line for each answer; and whole for a pipe.
#include <fmt/format.h>

#include <algorithm>

#include "reports/exploration/matrix.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

constexpr std::string_view kPrefix = "probe.";
constexpr std::size_t kEndless = std::size_t{1} << 20;  // columns

std::size_t columns_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

// Cuts and pads texts to columns, and counts what it cut.
class Fitting {
 public:
  /// That many columns at least; exactly so many where cutting is meant.
  std::string operator()(const std::string& text, std::size_t width, bool whole = false) {
    std::string plain = one_line(text, whole ? kEndless : 4096);
    if (!whole && columns_in(plain) > width) {
      ++cut_;
      std::size_t bytes = 0;
      for (std::size_t seen = 0; bytes < plain.size(); ++bytes) {
        if ((static_cast<unsigned char>(plain[bytes]) & 0xC0) != 0x80 && ++seen > width - 2) break;
      }
      plain = plain.substr(0, bytes) + "..";
    }
    return plain + std::string(width - std::min(width, columns_in(plain)), ' ');
  }

  std::size_t cut() const { return cut_; }
  /// Forgets what was cut since then: names are explained elsewhere.
  void forget_since(std::size_t before) { cut_ = before; }

 private:
  std::size_t cut_ = 0;
};

std::string letter(std::size_t column) {
  return column < 26 ? std::string(1, static_cast<char>('A' + column)) : fmt::format("{}", column + 1);
}

class TextPage {
 public:
  TextPage(const Results& exploration, const MatrixLook& look)
      : exploration_(exploration), matrix_(matrix_of(exploration)), look_(look), whole_(look.width == 0) {
    width_ = whole_ ? 0 : std::max<std::size_t>(look.width, 60);
    const std::size_t count = std::max<std::size_t>(matrix_.registries.size(), 1);
    for (const auto& row : matrix_.rows) spec_ = std::max(spec_, row.spec.size());
    std::size_t longest = 24;
    for (const auto& row : matrix_.rows) longest = std::max(longest, title_of(row).size() + 2);
    for (const auto& table : collected_signatures(matrix_)) {
      for (const auto& [circumstances, fates] : table.cases) longest = std::max(longest, circumstances.size() + 2);
    }
    if (whole_) {
      name_ = longest;
      cells_ = widths_of_answers();
      return;
    }
    name_ = std::min(longest, width_ * (count == 1 ? 6 : 11) / (count == 1 ? 10 : 20));
    const std::size_t cell = (width_ - name_) / count;
    // A cell too narrow to read is useless: then each answer has a line of its own.
    stacked_ = cell < kLeast + 1;
    cells_.assign(count, stacked_ ? width_ - kIndent - letters_of(count) - 1 : cell - 1);
  }

  std::string go() {
    registries();
    signatures();
    if (!matrix_.rows.empty()) {
      if (!stacked_) heading();
      std::string group;
      for (const auto& row : matrix_.rows) line(row, group);
    }
    if (look_.conflicts) conflicts();
    leftovers();
    summary();
    return std::move(text_);
  }

 private:
  static constexpr std::size_t kLeast = 14;
  static constexpr std::size_t kWidest = 32;  // of a column that cuts nothing; what is longer moves the next ones
  static constexpr std::size_t kIndent = 6;

  std::vector<std::size_t> widths_of_answers() const {
    std::vector<std::size_t> widths(matrix_.registries.size(), 1);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      for (const auto& row : matrix_.rows) {
        widths[i] = std::max(widths[i], std::min(columns_in(row.cells[i].answer), kWidest));
      }
    }
    return widths;
  }

  std::string title_of(const Row& row) const {
    std::string probe = row.probe;
    if (probe.starts_with(kPrefix)) probe.erase(0, kPrefix.size());
    return fmt::format("{:{}} {}", row.spec, spec_, probe);
  }

  std::string coloured(std::string text, std::string_view code) const {
    return look_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }

  void end_line(std::string line) {
    while (line.ends_with(' ')) line.pop_back();
    text_ += line + "\n";
  }

  std::size_t room(std::size_t taken) const { return whole_ ? kEndless : width_ - taken; }

  void registries() {
    const auto& all = list(exploration_, "registries");
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& registry = all[i];
      const auto why = text(registry, "not_explored_because");
      const auto broken = text(registry, "incomplete_because");
      const auto& name = matrix_.registries[i];
      const auto& url = matrix_.urls[i];
      end_line(fmt::format("{}  {}", letter(i), one_line(name == url ? url : name + "  " + url, room(3))));
      if (!why.empty()) end_line("   not explored: " + one_line(why, 400));
      if (!broken.empty()) end_line("   incomplete: " + one_line(broken, 400));
    }
    text_ += "\n";
    const auto before = fitted_.cut();
    for (const auto& [what, said] : matrix_.capabilities) {
      const auto shown = [&](std::size_t i) { return said[i].empty() ? std::string("-") : said[i]; };
      answers(fitted_(what, name_, whole_ || stacked_), shown, [](std::size_t) { return true; });
    }
    if (!matrix_.capabilities.empty()) text_ += "\n";
    fitted_.forget_since(before);
  }

  void signatures() {
    for (const auto& table : collected_signatures(matrix_)) {
      end_line(coloured(one_line(fmt::format("{}, {}", kCollectedSignatures, table.spec), room(0)), "1"));
      for (const auto& [circumstances, fates] : table.cases) {
        const auto shown = [&](std::size_t i) { return fates[i].empty() ? std::string("-") : fates[i]; };
        answers("  " + fitted_(circumstances, name_ - 2, whole_ || stacked_), shown, [](std::size_t) { return true; });
      }
      text_ += "\n";
    }
  }

  void heading() {
    std::string line(name_, ' ');
    for (std::size_t i = 0; i < matrix_.registries.size(); ++i) line += " " + fitted_(letter(i), cells_[i]);
    end_line(coloured(line, "1"));
  }

  void line(const Row& row, std::string& group) {
    if (row.group != group) {
      group = row.group;
      end_line(coloured(one_line(group, room(0)), "1"));
    }
    const auto before = fitted_.cut();
    const std::string title = (row.differs ? "* " : "  ") + fitted_(title_of(row), name_ - 2, whole_ || stacked_);
    fitted_.forget_since(before);
    answers(
        row.differs ? coloured(title, "33") : title,
        [&](std::size_t i) { return row.cells[i].answer.empty() ? std::string("-") : row.cells[i].answer; },
        [&](std::size_t i) { return row.cells[i].answered || row.cells[i].answer.empty(); });
    differing_ += row.differs ? 1 : 0;
  }

  static std::size_t letters_of(std::size_t count) { return count < 10 ? 2 * count : 20; }

  // What each registry says, after a title: in columns, or those that say the same in one line below it.
  template <typename Says, typename IsAnswer>
  void answers(const std::string& title, const Says& says, const IsAnswer& is_answer) {
    const std::size_t count = matrix_.registries.size();
    const auto shown = [&](std::size_t i, const std::string& fit) { return is_answer(i) ? fit : coloured(fit, "2"); };
    if (!stacked_) {
      std::string line = title;
      for (std::size_t i = 0; i < count; ++i) line += " " + shown(i, fitted_(says(i), cells_[i], whole_));
      return end_line(line);
    }
    end_line(title);
    std::vector<bool> told(count, false);
    for (std::size_t i = 0; i < count; ++i) {
      if (told[i]) continue;
      std::string who;
      for (std::size_t j = i; j < count; ++j) {
        if (says(j) != says(i)) continue;
        who += who.empty() ? letter(j) : "," + letter(j);
        told[j] = true;
      }
      const std::size_t names = letters_of(count);
      end_line(std::string(kIndent, ' ') + fitted_(who, names, true) + " " + shown(i, fitted_(says(i), cells_[i])));
    }
  }

  // The text after a label, in as many lines as it takes.
  void paragraph(std::string_view label, const std::string& text) {
    constexpr std::size_t kLabel = 15;
    const std::size_t width = whole_ ? kEndless : width_ - kLabel;
    std::string line;
    std::string before = fmt::format("{:{}}", label, kLabel);
    const auto flush = [&] {
      end_line(before + line);
      before = std::string(kLabel, ' ');
      line.clear();
    };
    const std::string plain = one_line(without_emphasis(text), kEndless);
    for (std::size_t at = 0; at <= plain.size();) {
      const std::size_t end = std::min(plain.find(' ', at), plain.size());
      const std::string word = columns_in(plain.substr(at, end - at)) > width
                                   ? fitted_(plain.substr(at, end - at), width)
                                   : plain.substr(at, end - at);
      if (!line.empty() && columns_in(line) + 1 + columns_in(word) > width) flush();
      line += (line.empty() ? "" : " ") + word;
      at = end + 1;
    }
    flush();
  }

  void conflicts() {
    text_ += "\nContradictions: the same request, what editions demand, what was done\n";
    for (const auto& conflict : matrix_.conflicts) {
      paragraph(conflict.id, conflict.request);
      for (const auto& [edition, demand] : conflict.demands) paragraph("  " + edition, demand);
      for (std::size_t i = 0; i < conflict.did.size(); ++i) {
        paragraph(fmt::format("  {} did", letter(i)), conflict.did[i].empty() ? "-" : conflict.did[i]);
      }
    }
  }

  void leftovers() {
    for (const auto& registry : list(exploration_, "registries")) {
      for (const auto& left : list(registry, "leftovers")) {
        if (left.is_string()) end_line("left behind: " + one_line(left.get<std::string>(), 400));
      }
    }
  }

  void summary() {
    text_ += fmt::format("\n{} row{}, {} differ (marked *)\n", matrix_.rows.size(), matrix_.rows.size() == 1 ? "" : "s",
                         differing_);
    if (fitted_.cut() > 0) {
      text_ += fmt::format("{} cut (..) to this width; a pipe gets all of it\n",
                           fitted_.cut() == 1 ? "1 answer is" : fmt::format("{} answers are", fitted_.cut()));
    }
    for (const auto& path : look_.written) text_ += "written: " + one_line(path, 400) + "\n";
  }

  const Results& exploration_;
  Matrix matrix_;
  const MatrixLook& look_;
  bool whole_;            // nothing is cut
  bool stacked_ = false;  // the columns do not fit
  std::size_t width_ = 0;
  std::size_t spec_ = 0;
  std::size_t name_ = 0;
  std::vector<std::size_t> cells_;  // their widths, by registry
  std::size_t differing_ = 0;
  Fitting fitted_;
  std::string text_;
};

}  // namespace

std::string matrix_text(const Results& exploration, const MatrixLook& look) { return TextPage(exploration, look).go(); }

}  // namespace referee::reports
