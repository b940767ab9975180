// Writing the catalogue as C++ tables.
#include "harness/spec/generator/emit.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "harness/spec/edition.h"
#include "harness/spec/gate.h"
#include "harness/spec/generator/binding.h"

namespace referee::spec::generator {
namespace {

using nlohmann::json;

/// A string literal that reads back as `text`. Quotes, backslashes and controls are escaped; UTF-8 stays as it is.
std::string literal(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "\"sv";
}

std::string enumerator(Edition edition) { return fmt::format("static_cast<Edition>({})", static_cast<int>(edition)); }

std::string enumerator(Gate gate) { return fmt::format("static_cast<Gate>({})", static_cast<int>(gate)); }

std::string binding(const json& value) {
  return fmt::format("Binding{{static_cast<Level>({}), static_cast<Verdict>({})}}",
                     static_cast<int>(level_named(std::string(value["level"])).value()),
                     static_cast<int>(verdict_named(std::string(value["verdict"])).value()));
}

/// One array that holds the short lists of all rows one after the other; the rows refer to it by spans.
class Pool {
 public:
  Pool(std::string type, std::string name) : type_(std::move(type)), name_(std::move(name)) {}

  /// Appends the initialisers; the result is a span over them.
  std::string add(const std::vector<std::string>& initialisers) {
    if (initialisers.empty()) return "{}";
    const std::string span = fmt::format("{{&{}[{}], {}}}", name_, size_, initialisers.size());
    for (const std::string& initialiser : initialisers) body_ += "    " + initialiser + ",\n";
    size_ += initialisers.size();
    return span;
  }

  std::string definition() const {
    return size_ == 0 ? ""
                      : fmt::format("constexpr std::array<{}, {}> {} = {{{{\n{}}}}};\n", type_, size_, name_, body_);
  }

 private:
  std::string type_;
  std::string name_;
  std::string body_;
  std::size_t size_ = 0;
};

std::vector<std::string> literals_of(const json& texts) {
  std::vector<std::string> out;
  for (const json& text : texts) out.push_back(literal(text));
  return out;
}

/// The texts of those fields; of one that is left out, the empty text.
std::string texts_of(const Row& row, std::initializer_list<const char*> keys) {
  std::string out;
  for (const char* key : keys) out += "     " + literal(row.fields.value(key, "")) + ",\n";
  return out;
}

std::vector<Row> sorted(std::vector<Row> rows) {
  std::ranges::sort(rows, {}, &Row::id);
  return rows;
}

constexpr std::string_view kNotice = "// Generated from the catalogue; do not edit.\n";

/// A list of ids by the name of its constant.
using IdLists = std::map<std::string, std::vector<std::string>>;

/// The header of a family's ids, as harness/spec/literals/operators.h wants them.
std::string ids_header(std::string_view family, const IdLists& lists) {
  std::string out(kNotice);
  out += "#pragma once\n\n#include \"harness/spec/literals/operators.h\"\n\nnamespace referee::spec {\n\n";
  out += fmt::format("template <>\nstruct ListedIds<IdFamily::{}> {{\n", family);
  for (const auto& [constant, ids] : lists) {
    out += fmt::format("  static constexpr std::array<std::string_view, {}> {} = {{{{\n", ids.size(), constant);
    for (const std::string& id : ids) out += fmt::format("      std::string_view(\"{}\", {}),\n", id, id.size());
    out += "  }};\n";
  }
  return out + "};\n\n}  // namespace referee::spec\n";
}

/// The lists of the requirements whose ids start so, and of their mutants.
IdLists lists_of(const std::vector<Row>& requirements, std::string_view start) {
  IdLists lists = {{"kRequirements", {}}, {"kMutants", {}}};
  for (const Row& row : requirements) {
    if (!row.id().starts_with(start)) continue;
    lists["kRequirements"].push_back(row.id());
    for (const json& mutant : row.fields["mutants"]) lists["kMutants"].push_back(mutant["id"]);
  }
  return lists;
}

IdLists lists_of_probes(const std::vector<Row>& probes) {
  IdLists lists = {{"kProbes", {}}};
  std::ranges::transform(probes, std::back_inserter(lists["kProbes"]), &Row::id);
  return lists;
}

/// A source file: tables that only it sees, then those that the library hands out.
std::string source_file(const std::string& own, const std::string& exported) {
  return fmt::format(
      "{}#include \"harness/spec/tables.h\"\n\nnamespace referee::spec::tables {{\n\nusing namespace "
      "std::string_view_literals;\n\nnamespace {{\n{}}}  // namespace\n\n{}\n}}  // namespace referee::spec::tables\n",
      kNotice, own, exported);
}

std::string array_and_span(const std::string& type, const std::string& name, std::size_t count, const std::string& body,
                           const std::string& pools, const std::string& span) {
  return source_file(pools + fmt::format("constexpr std::array<{}, {}> {} = {{{{\n{}}}}};\n", type, count, name, body),
                     fmt::format("constinit const std::span<const {}> {}({});\n", type, span, name));
}

/// The array of all mutants, which the source of the requirements sees too: its rows are spans over it.
std::string mutant_rows(const std::vector<Row>& requirements) {
  std::size_t count = 0;
  for (const Row& row : requirements) count += row.fields["mutants"].size();
  return fmt::format("const std::array<Mutant, {}> kMutantRows", count);
}

std::string mutants_source(const std::vector<Row>& requirements) {
  std::string body;
  for (const Row& row : requirements) {
    for (const json& mutant : row.fields["mutants"]) {
      body += fmt::format("    {{{},\n     {}}},\n", literal(mutant["id"]), literal(mutant["defect"]));
    }
  }
  const std::string rows = mutant_rows(requirements);
  return source_file("", fmt::format("extern {};\nconstinit {} = {{{{\n{}}}}};\n", rows, rows, body) +
                             "constinit const std::span<const Mutant> kMutants(kMutantRows);\n");
}

/// The pools of the requirements' lists, filled while the rows are written.
struct RequirementPools {
  Pool gates{"Gate", "kGates"};
  Pool gates_part{"PartGate", "kPartGates"};
  Pool graded_editions{"Edition", "kGradedEditions"};
  Pool graded{"GradedAnswer", "kGradedAnswers"};
};

std::string graded_span(const json& grades, RequirementPools& pools) {
  std::vector<std::string> out;
  for (const json& grade : grades) {
    std::vector<std::string> editions;
    for (const std::string edition : grade.value("editions", json::array())) {
      editions.push_back(enumerator(edition_named(edition).value()));
    }
    out.push_back(fmt::format("{{{}, {}, {}}}", literal(grade["answer"]), literal(grade["verdict"]),
                              pools.graded_editions.add(editions)));
  }
  return pools.graded.add(out);
}

std::string bindings_of(const json& row) {
  std::string out = "{{";
  for (const Edition edition : all_editions()) {
    const std::string key(name(edition));
    out += exists_in(row, key) ? binding(binding_in(row, key)) + ", " : "std::nullopt, ";
  }
  return out + "}}";
}

std::string requirements_source(const std::vector<Row>& requirements) {
  RequirementPools pools;
  std::string body;
  std::size_t mutants = 0;
  for (const Row& row : requirements) {
    std::vector<std::string> parts;
    const json gates_part = row.fields.value("gates_part", json::object());
    for (const auto& [gate, step] : gates_part.items()) {
      parts.push_back(fmt::format("{{{}, {}}}", enumerator(gate_named(gate).value()), literal(step)));
    }
    std::vector<std::string> gates;
    for (const std::string gate : row.fields["gates"]) gates.push_back(enumerator(gate_named(gate).value()));
    const std::size_t own_mutants = row.fields["mutants"].size();
    body += "    {\n" + texts_of(row, {"id", "family", "spec", "group", "range", "anchor"});
    body += "     " + binding(row.fields) + ",\n" + texts_of(row, {"text", "check", "notes"});
    body += "     " + pools.gates.add(gates) + ", " + pools.gates_part.add(parts);
    body += own_mutants == 0 ? ", {}" : fmt::format(", {{&kMutantRows[{}], {}}}", mutants, own_mutants);
    body += ", " + graded_span(row.fields.value("graded", json::array()), pools) + ",\n";
    body += "     " + bindings_of(row.fields) + "},\n";
    mutants += own_mutants;
  }
  return source_file(
      "",
      fmt::format("extern {};\n\nnamespace {{\n{}{}{}{}", mutant_rows(requirements), pools.gates.definition(),
                  pools.gates_part.definition(), pools.graded_editions.definition(), pools.graded.definition()) +
          fmt::format("constexpr std::array<Requirement, {}> kRequirementRows = {{{{\n{}}}}};\n}}  // namespace\n\n",
                      requirements.size(), body) +
          "constinit const std::span<const Requirement> kRequirements(kRequirementRows);\n");
}

std::string probes_source(const std::vector<Row>& probes) {
  std::string body;
  for (const Row& row : probes) {
    body += "    {\n" + texts_of(row, {"id", "group", "question", "spec", "procedure", "classes", "seen"}) + "    },\n";
  }
  return array_and_span("Probe", "kProbeRows", probes.size(), body, "", "kProbes");
}

std::string lawful_source(const std::vector<Row>& lawful) {
  Pool texts("std::string_view", "kTexts");
  std::string body;
  for (const Row& row : lawful) {
    body += "    {\n" + texts_of(row, {"id", "description"});
    for (const char* key : {"rows", "editions", "was"})
      body += "     " + texts.add(literals_of(row.fields[key])) + ",\n";
    body += "    },\n";
  }
  return array_and_span("LawfulBehaviour", "kLawfulRows", lawful.size(), body, texts.definition(), "kLawfulBehaviours");
}

std::string contradictions_source(const std::vector<Row>& contradictions) {
  std::string body;
  for (const Row& row : contradictions) {
    body += "    {\n" + texts_of(row, {"id", "request", "oras_phase1", "oras_draft", "oras_rc", "oci_rc", "oci_110_111",
                                       "oci_main", "judgement"});
    body += "    },\n";
  }
  return array_and_span("Contradiction", "kContradictionRows", contradictions.size(), body, "", "kContradictions");
}

}  // namespace

std::map<std::string, std::string> generated_files(const Source& source) {
  const std::vector<Row> requirements = sorted(source.requirements);
  const std::vector<Row> probes = sorted(source.probes);
  return {
      {"ids_oci.h", ids_header("kOci", lists_of(requirements, "oci."))},
      {"ids_image.h", ids_header("kImage", lists_of(requirements, "img."))},
      {"ids_oras.h", ids_header("kOras", lists_of(requirements, "oras."))},
      {"ids_probes.h", ids_header("kProbe", lists_of_probes(probes))},
      {"catalogue_requirements.cc", requirements_source(requirements)},
      {"catalogue_mutants.cc", mutants_source(requirements)},
      {"catalogue_probes.cc", probes_source(probes)},
      {"catalogue_lawful.cc", lawful_source(sorted(source.lawful))},
      {"catalogue_contradictions.cc", contradictions_source(sorted(source.contradictions))},
  };
}

}  // namespace referee::spec::generator
