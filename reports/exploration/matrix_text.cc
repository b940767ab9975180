// The matrix for a terminal: columns as wide as the terminal allows, and a count of what was cut.
#include <fmt/format.h>

#include <algorithm>

#include "reports/exploration/matrix.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

constexpr std::string_view kPrefix = "probe.";

std::size_t columns_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

class TextPage {
 public:
  TextPage(const Results& exploration, const MatrixLook& look)
      : exploration_(exploration), matrix_(matrix_of(exploration)), look_(look) {
    const std::size_t count = std::max<std::size_t>(matrix_.registries.size(), 1);
    const std::size_t width = std::max<std::size_t>(look.width, 60);
    for (const auto& row : matrix_.rows) spec_ = std::max(spec_, row.spec.size());
    std::size_t longest = 24;
    for (const auto& row : matrix_.rows) longest = std::max(longest, title_of(row).size() + 2);
    for (const auto& table : collected_signatures(matrix_)) {
      for (const auto& [circumstances, fates] : table.cases) longest = std::max(longest, circumstances.size() + 2);
    }
    name_ = std::min(longest, width * (count == 1 ? 6 : 11) / (count == 1 ? 10 : 20));
    // A cell too narrow to read is useless: with too many registries, columns are left out.
    shown_ = std::min(count, std::max<std::size_t>(1, (width - name_) / (kLeast + 1)));
    cell_ = (width - name_) / shown_ - 1;
  }

  std::string go() {
    registries();
    signatures();
    if (!matrix_.rows.empty()) {
      heading();
      std::string group;
      for (const auto& row : matrix_.rows) line(row, group);
    }
    if (look_.conflicts) conflicts();
    leftovers();
    summary();
    return std::move(text_);
  }

 private:
  static constexpr std::size_t kLeast = 12;

  static std::string letter(std::size_t column) {
    return column < 26 ? std::string(1, static_cast<char>('A' + column)) : fmt::format("{}", column + 1);
  }

  std::string title_of(const Row& row) const {
    std::string probe = row.probe;
    if (probe.starts_with(kPrefix)) probe.erase(0, kPrefix.size());
    return fmt::format("{:{}} {}", row.spec, spec_, probe);
  }

  // Exactly that many columns; counts what did not fit.
  std::string fitted(const std::string& text, std::size_t width) {
    std::string plain = one_line(text, 4096);
    if (columns_in(plain) > width) {
      ++cut_;
      std::size_t bytes = 0;
      for (std::size_t seen = 0; bytes < plain.size(); ++bytes) {
        if ((static_cast<unsigned char>(plain[bytes]) & 0xC0) != 0x80 && ++seen > width - 2) break;
      }
      plain = plain.substr(0, bytes) + "..";
    }
    return plain + std::string(width - std::min(width, columns_in(plain)), ' ');
  }

  std::string coloured(std::string text, std::string_view code) const {
    return look_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }

  void end_line(std::string line) {
    while (line.ends_with(' ')) line.pop_back();
    text_ += line + "\n";
  }

  void registries() {
    const auto& all = list(exploration_, "registries");
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& registry = all[i];
      const auto why = text(registry, "not_explored_because");
      const auto broken = text(registry, "incomplete_because");
      end_line(fmt::format("{}  {}", letter(i), one_line(matrix_.registries[i], look_.width - 3)));
      if (!why.empty()) end_line("   not explored: " + one_line(why, 400));
      if (!broken.empty()) end_line("   incomplete: " + one_line(broken, 400));
    }
    text_ += "\n";
    const auto before = cut_;
    for (const auto& [what, said] : matrix_.capabilities) {
      std::string line = fitted(what, name_);
      for (std::size_t i = 0; i < shown_; ++i) line += " " + fitted(said[i], cell_);
      end_line(line);
    }
    if (!matrix_.capabilities.empty()) text_ += "\n";
    cut_ = before;
  }

  void signatures() {
    for (const auto& table : collected_signatures(matrix_)) {
      end_line(coloured(one_line(fmt::format("{}, {}", kCollectedSignatures, table.spec), look_.width), "1"));
      for (const auto& [circumstances, fates] : table.cases) {
        std::string line = "  " + fitted(circumstances, name_ - 2);
        for (std::size_t i = 0; i < shown_; ++i) line += " " + fitted(fates[i].empty() ? "-" : fates[i], cell_);
        end_line(line);
      }
      text_ += "\n";
    }
  }

  void heading() {
    std::string line(name_, ' ');
    for (std::size_t i = 0; i < shown_; ++i) line += " " + fitted(letter(i), cell_);
    end_line(coloured(line, "1"));
  }

  void line(const Row& row, std::string& group) {
    const std::string theme = first_theme(row);
    if (theme != group) {
      group = theme;
      end_line(coloured(one_line(theme, look_.width), "1"));
    }
    const auto before = cut_;
    const std::string title = (row.differs ? "* " : "  ") + fitted(title_of(row), name_ - 2);
    cut_ = before;
    std::string text = row.differs ? coloured(title, "33") : title;
    for (std::size_t i = 0; i < shown_; ++i) {
      const Cell& cell = row.cells[i];
      const std::string fit = fitted(cell.answer.empty() ? "-" : cell.answer, cell_);
      text += " " + (cell.answered || cell.answer.empty() ? fit : coloured(fit, "2"));
    }
    end_line(text);
    differing_ += row.differs ? 1 : 0;
  }

  // The questions that come first have their own heading, whatever their group in the catalogue.
  std::string first_theme(const Row& row) const {
    static constexpr std::string_view kFirst[] = {"probe.subject.other-repo", "probe.repo.", "probe.nondistributable.",
                                                  "probe.subject.other-registry-urls"};
    for (const auto& first : kFirst) {
      if (row.probe.starts_with(first)) return "Across repositories, and who may sign where";
    }
    return row.group;
  }

  // The text after a label, in as many lines as it takes.
  void paragraph(std::string_view label, const std::string& text) {
    constexpr std::size_t kIndent = 15;
    const std::size_t width = std::max<std::size_t>(look_.width, 60) - kIndent;
    std::string line;
    std::string before = fmt::format("{:{}}", label, kIndent);
    const auto flush = [&] {
      end_line(before + line);
      before = std::string(kIndent, ' ');
      line.clear();
    };
    const std::string plain = one_line(text, 4096);
    for (std::size_t at = 0; at <= plain.size();) {
      const std::size_t end = std::min(plain.find(' ', at), plain.size());
      const std::string word = columns_in(plain.substr(at, end - at)) > width
                                   ? fitted(plain.substr(at, end - at), width)
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
    text_ += fmt::format("\n{} rows, {} differ (marked *)\n", matrix_.rows.size(), differing_);
    if (shown_ < matrix_.registries.size()) {
      text_ += fmt::format("{} of {} registries do not fit and are left out: see --report markdown=PATH\n",
                           matrix_.registries.size() - shown_, matrix_.registries.size());
    }
    if (cut_ > 0) {
      text_ += fmt::format("{} cut (..): --report markdown=PATH or json=PATH has all of them\n",
                           cut_ == 1 ? "1 answer is" : fmt::format("{} answers are", cut_));
    }
    for (const auto& path : look_.written) text_ += "written: " + one_line(path, 400) + "\n";
  }

  const Results& exploration_;
  Matrix matrix_;
  const MatrixLook& look_;
  std::size_t spec_ = 0;
  std::size_t name_ = 0;
  std::size_t cell_ = 0;
  std::size_t shown_ = 1;
  std::size_t cut_ = 0;
  std::size_t differing_ = 0;
  std::string text_;
};

}  // namespace

std::string matrix_text(const Results& exploration, const MatrixLook& look) { return TextPage(exploration, look).go(); }

}  // namespace referee::reports
