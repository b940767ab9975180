// The page: requirements by section, each with its checks, and what the filters leave of them.

function keyOf(check) {
  return check.spec + "/" + check.id;
}

// Everything of a check that free text can find.
function haystackOf(check, requirement) {
  const found = (check.findings || []).flatMap((finding) => [finding.expected, finding.actual, finding.message]);
  return [check.id, check.spec, check.requirement, check.level, check.outcome, requirement.group, requirement.section,
    requirement.text, check.reason, ...found].join("\n").toLowerCase();
}

function checkHead(check) {
  return [badge(check.outcome), el("span", {class: "check-name"}, value(check.id)),
    el("span", {class: "where"}, el("span", {class: "tag"}, check.level), el("span", {class: "tag"}, check.spec),
      check.baseline ? el("span", {class: "tag"}, "baseline: " + check.baseline.state) : null,
      el("span", {class: "soft small took"}, check.outcome === "not run" ? "" : duration(check.seconds)))];
}

function checkRow(check, requirement) {
  const row = el("li", {class: "check"});
  const passed = check.outcome === "passed";
  if (passed && !check.baseline) {
    row.append(el("div", {class: "head"}, checkHead(check)));
    return {check, row, haystack: haystackOf(check, requirement)};
  }
  const fold = el("details", {class: "unfold"}, el("summary", {class: "head"}, checkHead(check),
    check.headline ? el("span", {class: "headline small soft"}, value(check.headline)) : null));
  check.findings = check.findings || [];
  fillWhenOpen(fold, () => [detailView(check, requirement, data.bodies)]);
  fold.addEventListener("toggle", () => { if (fold.open && !printing) writeFragment(keyOf(check)); });
  row.append(fold);
  return {check, row, fold, haystack: haystackOf(check, requirement)};
}

function requirementView(id, requirement, checks) {
  const rows = checks.map((check) => checkRow(check, requirement));
  const node = el("article", {class: "requirement"},
    el("h3", {class: "mono"}, value(id)),
    el("p", {class: "wants"}, prose(requirement.text || ""), " ", link(checks[0].source, el("span", {class: "small"}, requirement.section || "section"))),
    el("ul", {}, rows.map((row) => row.row)));
  return {node, rows};
}

const kWorst = Object.keys(kOutcomes);

function worstOf(checks) {
  return Math.min(...checks.map((check) => kWorst.indexOf(check.outcome)).map((rank) => rank < 0 ? 0 : rank));
}

function sectionView(title, byRequirement) {
  const requirements = [...byRequirement].map(([id, checks]) => requirementView(id, data.requirements[id] || {}, checks));
  const checks = [...byRequirement.values()].flat();
  const counts = {};
  for (const check of checks) counts[check.outcome] = (counts[check.outcome] || 0) + 1;
  const node = el("details", {class: "card group"},
    el("summary", {}, el("h2", {}, value(title)), el("span", {class: "tally"},
      kWorst.filter((name) => counts[name]).map((name) => badge(name, counts[name] + " " + kOutcomes[name].title.toLowerCase())))),
    requirements.map((requirement) => requirement.node));
  const opens = kWorst[worstOf(checks)] !== "passed" && worstOf(checks) < kWorst.indexOf("noted");
  return {node, requirements, opens};
}

function sectionsOf(checks) {
  const groups = new Map();
  for (const check of checks) {
    const title = (data.requirements[check.requirement] || {}).group || "Other";
    if (!groups.has(title)) groups.set(title, new Map());
    const requirements = groups.get(title);
    if (!requirements.has(check.requirement)) requirements.set(check.requirement, []);
    requirements.get(check.requirement).push(check);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([title, requirements]) => sectionView(title, requirements));
}

let sections = [];
let printing = false;

function apply() {
  let shown = 0;
  for (const section of sections) {
    let inSection = 0;
    for (const requirement of section.requirements) {
      let count = 0;
      for (const row of requirement.rows) {
        row.row.hidden = !isShown(row.check, row.haystack);
        if (!row.row.hidden) count += 1;
      }
      requirement.node.hidden = count === 0;
      inSection += count;
    }
    section.node.hidden = inSection === 0;
    section.node.open = isNarrowed() ? inSection > 0 : section.opens;
    shown += inSection;
  }
  const says = "Showing " + (shown === data.checks.length ? "all " : shown + " of ") + plural(data.checks.length, "check");
  document.getElementById("shown").textContent = says + (shown === 0 ? ": nothing is like that." : ".");
  announce(says);
}

// Unfolds the check of that key, even where a filter hides it, and brings it into view.
function reveal(key) {
  for (const section of sections) {
    for (const requirement of section.requirements) {
      for (const row of requirement.rows) {
        if (keyOf(row.check) !== key) continue;
        section.node.hidden = requirement.node.hidden = row.row.hidden = false;
        section.node.open = true;
        if (row.fold) {
          row.fold.fill();
          row.fold.open = true;
          row.fold.querySelector("summary").focus({preventScroll: true});
        }
        row.row.scrollIntoView({block: "start"});
        return;
      }
    }
  }
}

// On paper nothing can be unfolded: what did not pass is unfolded beforehand, except for the exchanges.
function unfoldForPrint() {
  printing = true;
  for (const section of sections) {
    section.wasOpen = section.node.open;
    section.node.open = true;
    for (const row of section.requirements.flatMap((requirement) => requirement.rows)) {
      if (!row.fold) continue;
      row.wasOpen = row.fold.open;
      row.fold.fill();
      row.fold.open = ["failed", "error", "warned"].includes(row.check.outcome);
    }
  }
}

function foldAgain() {
  for (const section of sections) {
    section.node.open = section.wasOpen;
    for (const row of section.requirements.flatMap((requirement) => requirement.rows)) if (row.fold) row.fold.open = row.wasOpen;
  }
  printing = false;
}

function start() {
  document.title = (kRunVerdicts[data.verdict] || {title: data.verdict}).title + ": " + data.target.url;
  const check = readFragment();
  overview(data.checks);
  sections = sectionsOf(data.checks);
  const results = document.getElementById("results");
  results.append(el("h2", {class: "unseen"}, "Requirements by section"),
    filterBar(data.checks, () => { writeFragment(); apply(); }), ...sections.map((section) => section.node));
  if (data.leftovers.length > 0) {
    document.getElementById("end").append(el("section", {class: "card"}, el("h2", {}, "Left behind on the target"),
      el("ul", {class: "dots small"}, data.leftovers.map((left) => el("li", {}, value(left))))));
  }
  apply();
  if (check) reveal(check);
  addEventListener("hashchange", () => {
    const wanted = readFragment();
    showChoice();
    apply();
    if (wanted) reveal(wanted);
  });
  addEventListener("beforeprint", unfoldForPrint);
  addEventListener("afterprint", foldAgain);
  document.documentElement.dataset.ready = "yes";
}

start();
