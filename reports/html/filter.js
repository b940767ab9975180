// What is shown: the choice of outcomes, levels, editions and words, kept in the address after the #.

// A kind of choice without a chosen value lets everything through.
const kKinds = ["outcome", "level", "edition"];
const chosen = {outcome: new Set(), level: new Set(), edition: new Set(), words: ""};

function readFragment() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const kind of kKinds) chosen[kind] = new Set((given.get(kind) || "").split(",").filter(Boolean));
  chosen.words = given.get("text") || "";
  return given.get("check");
}

// `check`: the one that is unfolded and linked to, as "edition/Suite.Name".
function fragmentOf(check) {
  const given = new URLSearchParams();
  for (const kind of kKinds) if (chosen[kind].size > 0) given.set(kind, [...chosen[kind]].join(","));
  if (chosen.words) given.set("text", chosen.words);
  if (check) given.set("check", check);
  return "#" + given.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
}

function writeFragment(check) {
  history.replaceState(null, "", fragmentOf(check));
}

function isNarrowed() {
  return chosen.words.trim() !== "" || kKinds.some((kind) => chosen[kind].size > 0);
}

// Every word must occur somewhere in the check's texts.
function isShown(check, haystack) {
  if (chosen.outcome.size > 0 && !chosen.outcome.has(check.outcome)) return false;
  if (chosen.level.size > 0 && !chosen.level.has(check.level)) return false;
  if (chosen.edition.size > 0 && !chosen.edition.has(check.spec)) return false;
  return chosen.words.toLowerCase().split(/\s+/).every((word) => haystack.includes(word));
}

// One kind of choice as a row of boxes: {value: count} in the order of showing.
function choice(kind, title, counts, face, changed) {
  const boxes = Object.entries(counts).map(([name, count]) => {
    const box = el("input", {type: "checkbox", name: kind, value: name});
    box.checked = chosen[kind].has(name);
    box.addEventListener("change", () => {
      if (box.checked) chosen[kind].add(name);
      else chosen[kind].delete(name);
      changed();
    });
    return el("label", {class: "chip " + toneOf(name)}, box, face(name), " ", el("span", {class: "count"}, String(count)));
  });
  return el("fieldset", {class: "choice"}, el("legend", {}, title), boxes);
}

// The controls as the state says, after the address changed.
function showChoice() {
  for (const box of document.querySelectorAll(".choice input")) box.checked = chosen[box.name].has(box.value);
  document.getElementById("words").value = chosen.words;
}

function filterBar(checks, changed) {
  const count = (key, order) => {
    const counts = {};
    for (const name of order) counts[name] = 0;
    for (const check of checks) counts[check[key]] = (counts[check[key]] || 0) + 1;
    return Object.fromEntries(Object.entries(counts).filter(([, number]) => number > 0));
  };
  const words = el("input", {type: "search", id: "words", placeholder: "id, requirement, or what came", autocomplete: "off",
    spellcheck: "false"});
  words.value = chosen.words;
  words.addEventListener("input", () => { chosen.words = words.value; changed(); });
  const all = el("button", {type: "button", id: "all"}, "Show all");
  all.addEventListener("click", () => {
    for (const kind of kKinds) chosen[kind].clear();
    chosen.words = "";
    changed();
    showChoice();
    words.focus();
  });
  const outcome = (name) => [icon((kOutcomes[name] || {path: ""}).path), " ", (kOutcomes[name] || {title: name}).title];
  return el("form", {class: "filters screen", role: "search", "aria-label": "Filter the checks",
    onsubmit: (event) => event.preventDefault()},
    el("div", {class: "find"}, el("label", {for: "words"}, "Find"), words, all),
    choice("outcome", "Outcome", count("outcome", Object.keys(kOutcomes)), outcome, changed),
    choice("level", "Level", count("level", ["MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "implied"]), (name) => name, changed),
    choice("edition", "Edition", count("spec", []), (name) => name, changed),
    el("p", {id: "shown", class: "small soft"}),
    el("p", {id: "said", class: "unseen", role: "status"}));
}
