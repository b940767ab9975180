// All answers as a table: a row for each question and edition, a column for each registry. What is shown of it is kept
// in the address after the #.

const chosen = {text: "", differences: false, edition: "", group: ""};

function readFragment() {
  const given = new URLSearchParams(location.hash.slice(1));
  chosen.text = given.get("text") || "";
  chosen.differences = given.get("differences") === "only";
  chosen.edition = given.get("edition") || "";
  chosen.group = given.get("group") || "";
  return given.get("row");
}

function writeFragment() {
  const given = new URLSearchParams();
  if (chosen.text) given.set("text", chosen.text);
  if (chosen.differences) given.set("differences", "only");
  if (chosen.edition) given.set("edition", chosen.edition);
  if (chosen.group) given.set("group", chosen.group);
  history.replaceState(null, "", "#" + given.toString());
}

function haystackOf(row) {
  const cells = row.cells.filter(Boolean).flatMap((cell) => [cell.answer, cell.detail]);
  return [row.probe, row.group, row.question, row.spec, ...Object.entries(row.classes).flat(), ...cells].join("\n").toLowerCase();
}

function isShown(row) {
  if (chosen.differences && !row.differs) return false;
  if (chosen.edition && row.spec !== chosen.edition) return false;
  if (chosen.group && row.group !== chosen.group) return false;
  return chosen.text.toLowerCase().split(/\s+/).every((word) => row.haystack.includes(word));
}

function cellView(row, column) {
  const cell = row.cells[column];
  if (!cell) return el("td", {class: "none"}, el("span", {class: "soft"}, "not asked"));
  const words = cell.answered ? wordsOf(row, cell.answer).map(([, meaning]) => meaning).join("; ") : "";
  const button = el("button", {type: "button", class: "answer", "aria-expanded": "false"},
    el("span", {class: "class"}, value(cell.answer)), words ? el("span", {class: "words"}, words) : null);
  button.addEventListener("click", () => toggle(row, column));
  row.buttons[column] = button;
  return el("td", {class: cell.answered ? null : "none"}, button);
}

// The evidence of one cell at a time unfolds in a row of its own below.
function toggle(row, column) {
  const open = row.open === column;
  if (row.evidence) row.evidence.remove();
  row.buttons.forEach((button) => { if (button) button.setAttribute("aria-expanded", "false"); });
  row.evidence = null;
  row.open = open ? undefined : column;
  if (open) return;
  row.buttons[column].setAttribute("aria-expanded", "true");
  const view = evidenceView(row, column);
  view.querySelector(".close").addEventListener("click", () => {
    toggle(row, column);
    row.buttons[column].focus();
  });
  row.evidence = el("tr", {class: "below"}, el("td", {colspan: String(data.registries.length + 1)}, view));
  row.node.after(row.evidence);
}

function rowView(row) {
  row.haystack = haystackOf(row);
  row.buttons = [];
  row.node = el("tr", {class: row.differs ? "differs" : null},
    el("th", {scope: "row"}, el("span", {class: "asks"}, prose(row.question)),
      el("span", {class: "id"}, el("span", {class: "mono"}, value(row.probe)), " ", el("span", {class: "tag"}, row.spec),
        row.differs ? [" ", el("span", {class: "tag mark"}, "differs")] : null)),
    data.registries.map((_, column) => cellView(row, column)));
  return row.node;
}

let groups = [];

function tableView() {
  const bodies = groups.map((group) => el("tbody", {},
    group.head = el("tr", {class: "group"}, el("th", {colspan: String(data.registries.length + 1), scope: "colgroup"},
      el("span", {}, group.title))),
    group.rows.map(rowView)));
  return el("div", {class: "scroll table", tabindex: "0", role: "region", "aria-label": "All answers"}, el("table", {id: "answers"},
    el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "Question"),
      data.registries.map((registry) => el("th", {scope: "col"}, value(registry.title))))), bodies));
}

function apply() {
  let shown = 0;
  for (const group of groups) {
    let inGroup = 0;
    for (const row of group.rows) {
      row.node.hidden = !isShown(row);
      if (row.evidence) row.evidence.hidden = row.node.hidden;
      if (!row.node.hidden) inGroup += 1;
    }
    group.head.hidden = inGroup === 0;
    shown += inGroup;
  }
  const says = "Showing " + (shown === data.rows.length ? "all " : shown + " of ") + plural(data.rows.length, "row") +
    (shown === 0 ? ": nothing is like that." : ".");
  document.getElementById("shown").textContent = says;
  announce(says);
}

function selection(name, title, values) {
  const node = el("select", {id: name}, el("option", {value: ""}, "all"), values.map((each) => el("option", {value: each}, each)));
  node.addEventListener("change", () => { chosen[name] = node.value; writeFragment(); apply(); });
  return el("label", {class: "pick"}, el("span", {}, title), node);
}

function showChoice() {
  document.getElementById("words").value = chosen.text;
  document.getElementById("differences").checked = chosen.differences;
  document.getElementById("edition").value = chosen.edition;
  document.getElementById("group").value = chosen.group;
}

function filterBar() {
  const changed = () => { writeFragment(); apply(); };
  const words = el("input", {type: "search", id: "words", placeholder: "question, answer, or what it means", autocomplete: "off",
    spellcheck: "false"});
  words.addEventListener("input", () => { chosen.text = words.value; changed(); });
  const differences = el("input", {type: "checkbox", id: "differences"});
  differences.addEventListener("change", () => { chosen.differences = differences.checked; changed(); });
  const all = el("button", {type: "button", id: "all"}, "Show all");
  all.addEventListener("click", () => {
    Object.assign(chosen, {text: "", differences: false, edition: "", group: ""});
    showChoice();
    changed();
    words.focus();
  });
  return el("form", {class: "filters screen", role: "search", "aria-label": "Filter the answers", onsubmit: (event) => event.preventDefault()},
    el("div", {class: "find"}, el("label", {for: "words"}, "Find"), words, all),
    el("label", {class: "chip"}, differences, "Only differences ", el("span", {class: "count"}, String(data.rows.filter((row) => row.differs).length))),
    selection("edition", "Edition", [...new Set(data.rows.map((row) => row.spec))]),
    selection("group", "Group", groups.map((group) => group.title)),
    el("p", {id: "shown", class: "small soft"}),
    el("p", {id: "said", class: "unseen", role: "status"}));
}

// Every class that occurs, in words. One that means different things has each of them, with its questions.
function legendView() {
  const classes = new Map();
  for (const row of data.rows) {
    for (const [name, words] of Object.entries(row.classes)) {
      if (!classes.has(name)) classes.set(name, new Map());
      const meanings = classes.get(name);
      if (!meanings.has(words)) meanings.set(words, new Set());
      meanings.get(words).add(row.probe.replace(/^probe\./, ""));
    }
  }
  const entry = ([name, meanings]) => el("div", {}, el("dt", {}, code(name)), [...meanings].map(([words, probes]) =>
    el("dd", {}, words, meanings.size > 1 ? el("span", {class: "soft small"}, " in " + [...probes].join(", ")) : null)));
  const fold = el("details", {class: "card", id: "legend"}, el("summary", {}, el("h3", {}, "What the answers mean")));
  fillWhenOpen(fold, () => [
    el("dl", {class: "meaning columns"}, [...classes].sort(([a], [b]) => a.localeCompare(b)).map(entry),
      el("div", {}, el("dt", {}, el("span", {class: "soft"}, "not offered")), el("dd", {}, "the registry lacks what the question is about")),
      el("div", {}, el("dt", {}, el("span", {class: "soft"}, "needs --...")), el("dd", {}, "this option of the exploration was not given")),
      el("div", {}, el("dt", {}, el("span", {class: "soft"}, "no answer")), el("dd", {}, "what the question builds on did not work")),
      el("div", {}, el("dt", {}, el("span", {class: "tag mark"}, "differs")), el("dd", {}, "registries that answered did so differently")))]);
  return fold;
}

// Brings the first row of a probe into view, even where a filter hides it.
function reveal(probe) {
  const row = data.rows.find((each) => each.probe === probe);
  if (!row) return;
  if (row.node.hidden) {
    Object.assign(chosen, {text: "", differences: false, edition: "", group: ""});
    showChoice();
    apply();
  }
  document.getElementById("matrix").scrollIntoView({block: "start"});
  row.node.scrollIntoView({block: "center"});
  const button = row.buttons.find(Boolean);
  if (button) button.focus({preventScroll: true});
}

function matrixView() {
  const byTitle = new Map();
  for (const row of data.rows) {
    if (!byTitle.has(row.group)) byTitle.set(row.group, []);
    byTitle.get(row.group).push(row);
  }
  groups = [...byTitle].map(([title, rows]) => ({title, rows}));
  document.getElementById("matrix").append(el("h2", {}, "All answers"),
    el("p", {class: "soft"}, "Each answer is a class that the question names, with its meaning. Press one for the exchanges that show it."),
    legendView(), filterBar(), tableView());
}
