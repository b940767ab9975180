// The checks on the catalogue, kind of row by kind of row.
#include "harness/spec/generator/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "harness/spec/edition.h"
#include "harness/spec/gate.h"
#include "harness/spec/generator/binding.h"
#include "harness/spec/generator/shape.h"

namespace referee::spec::generator {
namespace {

using nlohmann::json;

constexpr Field kRequirementFields[] = {
    {"id", Kind::kText},          {"family", Kind::kText},
    {"spec", Kind::kText},        {"group", Kind::kText},
    {"range", Kind::kText},       {"anchor", Kind::kText},
    {"level", Kind::kText},       {"verdict", Kind::kText},
    {"editions", Kind::kTexts},   {"except", Kind::kObject, true},
    {"gates", Kind::kTexts},      {"gates_part", Kind::kTextMap, true},
    {"text", Kind::kText},        {"check", Kind::kText},
    {"mutants", Kind::kObjects},  {"graded", Kind::kObjects, true},
    {"notes", Kind::kText, true},
};
constexpr Field kExceptionFields[] = {{"level", Kind::kText, true}, {"verdict", Kind::kText, true}};
constexpr Field kMutantFields[] = {{"id", Kind::kText}, {"defect", Kind::kText}};
constexpr Field kGradedFields[] = {{"answer", Kind::kText}, {"verdict", Kind::kText}, {"editions", Kind::kTexts, true}};
constexpr Field kProbeFields[] = {
    {"id", Kind::kText},        {"group", Kind::kText},   {"question", Kind::kText},   {"spec", Kind::kText},
    {"procedure", Kind::kText}, {"classes", Kind::kText}, {"seen", Kind::kText, true},
};
constexpr Field kLawfulFields[] = {
    {"id", Kind::kText},        {"description", Kind::kText}, {"rows", Kind::kTexts},
    {"editions", Kind::kTexts}, {"was", Kind::kTexts},
};
constexpr Field kContradictionFields[] = {
    {"id", Kind::kText},          {"request", Kind::kText},  {"oras_phase1", Kind::kText},
    {"oras_draft", Kind::kText},  {"oras_rc", Kind::kText},  {"oci_rc", Kind::kText},
    {"oci_110_111", Kind::kText}, {"oci_main", Kind::kText}, {"judgement", Kind::kText},
};
constexpr Field kClientFields[] = {
    {"id", Kind::kText},     {"spec", Kind::kText},     {"range", Kind::kText},
    {"anchor", Kind::kText}, {"level", Kind::kText},    {"text", Kind::kText},
    {"check", Kind::kText},  {"defects", Kind::kTexts}, {"notes", Kind::kText, true},
};

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

/// Collects the faults; every check writes through it, so that each fault names its file and row.
class Checker {
 public:
  explicit Checker(const Source& source) : source_(source) {}

  std::vector<std::string> run() {
    check_rows(source_.requirements, kRequirementFields, &Checker::check_requirement);
    check_rows(source_.probes, kProbeFields, &Checker::check_probe);
    check_rows(source_.lawful, kLawfulFields, &Checker::check_lawful);
    check_rows(source_.contradictions, kContradictionFields, &Checker::check_nothing_more);
    check_rows(source_.clients, kClientFields, &Checker::check_client);
    return std::move(faults_);
  }

 private:
  using Check = void (Checker::*)(const json&);

  void refuse(const std::string& what) {
    const std::string id = row_->id().empty() ? "no id" : row_->id();
    faults_.push_back(row_->file + ": row " + std::to_string(row_->place) + " (" + id + "): " + what);
  }

  bool shaped(const json& value, std::span<const Field> fields, const std::string& where) {
    return has_shape(value, fields, [&](const std::string& what) { refuse(where + what); });
  }

  void check_rows(const std::vector<Row>& rows, std::span<const Field> fields, Check check) {
    const Row* previous = nullptr;
    for (const Row& row : rows) {
      row_ = &row;
      if (shaped(row.fields, fields, "")) {
        check_place(previous);
        (this->*check)(row.fields);
        previous = &row;
      }
    }
  }

  /// An id occurs once in the whole catalogue, and the rows of a file are in the order of their ids.
  void check_place(const Row* previous) {
    const std::string id = row_->id();
    const auto [first, fresh] = seen_.emplace(id, row_);
    if (!fresh) {
      refuse("duplicate id, first in " + first->second->file + " row " + std::to_string(first->second->place));
    } else if (previous && previous->file == row_->file && id < previous->id()) {
      refuse("unsorted: it belongs before " + previous->id());
    }
    if (previous && previous->file == row_->file && row_->fields.contains("group") &&
        row_->fields["group"] != previous->fields.value("group", json())) {
      refuse("its group differs from that of the row before; a file holds one group");
    }
  }

  void check_binding(const json& binding, const std::string& where) {
    const std::string level = binding["level"];
    const std::string verdict = binding["verdict"];
    if (!level_named(level)) refuse(where + "unknown level " + in_quotes(level));
    if (!verdict_named(verdict)) refuse(where + "unknown verdict " + in_quotes(verdict));
  }

  void check_id(std::initializer_list<std::string_view> starts) {
    const std::string id = row_->id();
    const bool starts_well = std::ranges::any_of(starts, [&](std::string_view start) { return id.starts_with(start); });
    const bool spelt_well = id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos;
    if (!starts_well || !spelt_well) refuse("malformed id");
  }

  void check_family(const json& row) {
    const std::string id = row_->id();
    const std::string family = id.starts_with("oras.") ? "ORAS" : id.starts_with("img.") ? "OCI-image" : "OCI-dist";
    if (row["family"] != family) refuse("the family of such an id is " + in_quotes(family));
  }

  void check_requirement(const json& row) {
    check_id({"oci.", "img.", "oras."});
    check_family(row);
    check_binding(row, "");
    check_editions(row);
    check_exceptions(row);
    check_gates(row);
    check_mutants(row);
    check_graded(row);
  }

  void check_editions(const json& row) {
    if (row["editions"].empty()) refuse("exists in no edition");
    const Family own = row_->id().starts_with("oras.") ? Family::kOras : Family::kOci;
    std::optional<Edition> previous;
    for (const std::string text : row["editions"]) {
      const auto edition = edition_named(text);
      if (!edition) {
        refuse("unknown edition " + in_quotes(text));
        continue;
      }
      if (family(*edition) != own) refuse("edition " + text + ": is of the other family");
      if (previous && *edition <= *previous) refuse("edition " + text + ": the list goes from old to new");
      previous = edition;
    }
  }

  /// What an edition says otherwise than the row: only that, and not in every edition.
  void check_exceptions(const json& row) {
    const json exceptions = row.value("except", json::object());
    for (const auto& [edition, binding] : exceptions.items()) {
      const std::string where = "except in " + edition + ": ";
      if (!exists_in(row, edition)) refuse(where + "the row does not exist in that edition");
      if (!shaped(binding, kExceptionFields, where)) continue;
      if (binding.empty()) refuse(where + "names neither level nor verdict");
      for (const auto& [key, value] : binding.items()) {
        if (value == row[key]) refuse(where + "the " + key + " is that of the row");
      }
      check_binding(binding_in(row, edition), where);
    }
    if (!exceptions.empty() && exceptions.size() == row["editions"].size()) {
      refuse("every edition is an exception: level and verdict of the row hold in none");
    }
  }

  void check_gates(const json& row) {
    std::vector<std::string> gates = row["gates"];
    const json parts = row.value("gates_part", json::object());
    for (const auto& [gate, unused] : parts.items()) gates.push_back(gate);
    for (const std::string& gate : gates) {
      if (!gate_named(gate)) refuse("unknown gate " + in_quotes(gate));
    }
  }

  void check_mutants(const json& row) {
    std::string previous;
    for (const json& mutant : row["mutants"]) {
      if (!shaped(mutant, kMutantFields, "a mutant: ")) continue;
      const std::string id = mutant["id"];
      const std::string start = row_->id() + "#";
      if (!id.starts_with(start)) {
        refuse("the mutant id " + in_quotes(id) + " does not start with " + in_quotes(start));
      } else if (id.size() != start.size() + 1 || id.back() < 'a' || id.back() > 'z') {
        refuse("the mutant id " + in_quotes(id) + " does not end in one letter");
      }
      if (id == previous) refuse("duplicate mutant id " + in_quotes(id));
      if (id < previous) refuse("unsorted: the mutant " + in_quotes(id) + " belongs before " + in_quotes(previous));
      previous = id;
    }
  }

  void check_graded(const json& row) {
    for (const json& grade : row.value("graded", json::array())) {
      if (!shaped(grade, kGradedFields, "a graded answer: ") || !grade.contains("editions")) continue;
      const std::string where = "the graded answer " + in_quotes(grade["answer"]) + ": ";
      for (const std::string edition : grade["editions"]) {
        if (!exists_in(row, edition)) refuse(where + "the row does not exist in edition " + in_quotes(edition));
      }
    }
  }

  void check_lawful(const json& row) {
    for (const std::string edition : row["editions"]) {
      if (!edition_named(edition)) refuse("unknown edition " + in_quotes(edition));
    }
    for (const std::string id : row["rows"]) {
      if (!is_requirement(id)) refuse("names the requirement " + in_quotes(id) + ", which is not in the catalogue");
    }
    for (const std::string id : row["was"]) {
      if (!is_requirement(id.substr(0, id.find('#')))) refuse("was a mutant of no row: " + in_quotes(id));
      if (is_mutant(id)) refuse("calls the mutant " + in_quotes(id) + " lawful, which the catalogue still has");
    }
  }

  void check_probe(const json&) { check_id({"probe."}); }

  void check_client(const json& row) {
    if (!level_named(std::string(row["level"]))) refuse("unknown level " + in_quotes(row["level"]));
  }

  void check_nothing_more(const json&) {}

  bool is_requirement(const std::string& id) const {
    return std::ranges::any_of(source_.requirements, [&](const Row& row) { return row.id() == id; });
  }

  bool is_mutant(const std::string& id) const {
    const auto row = std::ranges::find(source_.requirements, id.substr(0, id.find('#')), &Row::id);
    if (row == source_.requirements.end()) return false;
    return std::ranges::any_of(row->fields.value("mutants", json::array()),
                               [&](const json& mutant) { return mutant.is_object() && mutant.value("id", "") == id; });
  }

  const Source& source_;
  const Row* row_ = nullptr;
  std::map<std::string, const Row*> seen_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults_of(const Source& source) { return Checker(source).run(); }

}  // namespace referee::spec::generator
