// The questions that people come with, each with what every registry does, in sentences.

// Registries that do the same share a sentence, in their order.
function alike(says) {
  const groups = new Map();
  says.forEach((lines, column) => {
    const key = JSON.stringify(lines);
    if (!groups.has(key)) groups.set(key, {lines, columns: []});
    groups.get(key).columns.push(column);
  });
  return [...groups.values()];
}

function names(columns) {
  return columns.map((column, i) => [i > 0 ? ", " : null, el("b", {class: "registry"}, value(data.registries[column].title))]);
}

function cardView(card) {
  const answers = alike(card.says).map(({lines, columns}) => el("div", {class: "does"},
    el("dt", {}, names(columns)),
    lines.length === 0 ? el("dd", {class: "soft"}, "Not asked.") :
      lines.map((line) => el("dd", {}, prose(line.text), " ", el("span", {class: "tag"}, line.specs)))));
  const shown = card.probes.filter((probe) => data.rows.some((row) => row.probe === probe));
  const links = el("p", {class: "small soft screen"}, "The answers: ", shown.map((probe, i) => [i > 0 ? ", " : null,
    el("a", {href: "#row=" + probe, class: "mono"}, probe.replace(/^probe\./, ""))]));
  return el("article", {class: "card question"}, el("h2", {}, card.question), el("dl", {}, answers),
    card === data.cards[0] ? data.signatures.map(signaturesView) : null, links);
}

// What a collection did to each signature that was tried.
function signaturesView(table) {
  const fold = el("details", {class: "cases"}, el("summary", {}, "Garbage collection, case by case, " + table.spec));
  fillWhenOpen(fold, () => [el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Garbage collection"},
    el("table", {}, el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "Signature"),
      data.registries.map((registry) => el("th", {scope: "col"}, value(registry.title))))),
    el("tbody", {}, table.cases.map((one) => el("tr", {}, el("th", {scope: "row"}, value(one.case)),
      one.fates.map((fate) => el("td", {class: fate === "kept" || !fate ? null : "harm"}, value(fate || "-"))))))))]);
  return fold;
}
