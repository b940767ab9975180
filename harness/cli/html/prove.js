// The page of the proof: totals, the matrix of defects and checks, the claims that nothing breaks.
const kProof = JSON.parse(document.getElementById("data").textContent);

function state_of(defect) {
  return !defect.caught ? "missed" : defect.clean ? "clean" : "not clean";
}

const kTones = {clean: "passed", missed: "failed", "not clean": "warned"};

function badge(tone, ...words) {
  return el("span", {class: "badge " + tone}, ...words);
}

function total(count, words, tone) {
  return el("div", {class: "card total " + (tone || "")}, el("b", {}, count === null ? "–" : String(count)),
    el("span", {class: "small soft"}, words));
}

function bad_if(count) {
  return count ? "failed" : "passed";
}

function draw_top() {
  const totals = kProof.totals;
  document.getElementById("top").append(el("div", {},
    el("h1", {}, "Every check against every seeded defect"),
    el("p", {class: "soft"}, kProof.tool.name, " ", value(kProof.tool.version), " (", value(kProof.tool.commit), "), ",
      kProof.specs.join(", "), ", ", duration(kProof.seconds)),
    kProof.complete ? null : el("p", {class: "notice"}, "The proof was interrupted: what did not begin is not shown."),
    el("div", {class: "totals"},
      total(totals.defects, "defects"),
      total(totals.caught, "caught", totals.caught === totals.defects ? "passed" : "warned"),
      total(totals.missed, "missed", bad_if(totals.missed)),
      total(totals.false_accusations, "false accusations", bad_if(totals.false_accusations)),
      total(totals.unproven_claims, totals.unproven_claims === null ? "unproven claims: not counted" : "unproven claims",
        totals.unproven_claims === null ? "" : bad_if(totals.unproven_claims)),
      total(totals.also_violates, "excused accusations"),
      total(totals.idle_excuses, "idle excuses", bad_if(totals.idle_excuses)))));
}

// One item for each check, with the editions in which it spoke and what it said.
function accusations(all, mark) {
  const by_check = new Map();
  for (const one of all) by_check.set(one.check, (by_check.get(one.check) || []).concat(one));
  return [...by_check].map(([check, said]) => el("li", {}, el("details", {},
    el("summary", {}, badge(said[0].outcome, said[0].outcome), " ", code(check), mark ? [" ", mark(said[0])] : null),
    said.map((one) => el("p", {class: "small"}, el("b", {}, one.spec), " ", code(one.requirement), ": ", value(one.reason))))));
}

function row_of(defect) {
  const others = [
    ...accusations(defect.falsely_accused, () => badge("failed", "false")),
    ...accusations(defect.also_accused, (one) => el("span", {class: "small soft"}, "excused: ", value(defect.also_violates[one.requirement] || ""))),
    ...defect.idle_excuses.map((requirement) => el("li", {}, badge("warned", "did not occur"), " ", code(requirement))),
  ];
  const state = state_of(defect);
  return el("tr", {},
    el("th", {scope: "row"}, code(defect.id), el("p", {class: "small soft"}, value(defect.title))),
    el("td", {}, badge(kTones[state], state), el("p", {class: "small soft"}, defect.specs.join(", ")),
      defect.not_judged ? el("p", {class: "small"}, value(defect.not_judged)) : null),
    el("td", {}, el("ul", {}, accusations(defect.caught_by))),
    el("td", {}, el("ul", {}, others)));
}

function table_of(heads, rows) {
  return el("div", {class: "wide"}, el("table", {},
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", {scope: "col"}, head)))), el("tbody", {}, rows)));
}

// The other way round: for each check the defects that it catches.
function rows_by_check(defects) {
  const by_check = new Map();
  for (const defect of defects) {
    for (const one of defect.caught_by) {
      if (!by_check.has(one.check)) by_check.set(one.check, {requirement: one.requirement, defects: new Map()});
      by_check.get(one.check).defects.set(defect.id, defect.title);
    }
  }
  return [...by_check].sort(([a], [b]) => (a < b ? -1 : 1)).map(([check, row]) => el("tr", {},
    el("th", {scope: "row"}, code(check)), el("td", {}, code(row.requirement)),
    el("td", {}, el("ul", {}, [...row.defects].map(([id, title]) => el("li", {}, code(id), " ", value(title)))))));
}

function draw_matrix() {
  const wanted = el("input", {type: "search", id: "wanted", placeholder: "id, title, check, requirement", oninput: update});
  const state = el("select", {id: "state", onchange: update},
    ["all", "clean", "not clean", "missed", "with excuses"].map((name) => el("option", {}, name)));
  const order = el("select", {id: "order", onchange: update}, ["by defect", "by check"].map((name) => el("option", {}, name)));
  const place = el("div", {});
  const rows = kProof.defects.map((defect) => [defect, row_of(defect), JSON.stringify(defect).toLowerCase()]);

  function update() {
    const words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = rows.filter(([defect, , text]) => words.every((word) => text.includes(word)) &&
      (state.value === "all" || state.value === state_of(defect) ||
       (state.value === "with excuses" && Object.keys(defect.also_violates).length > 0)));
    const by_check = order.value === "by check";
    place.replaceChildren(
      el("p", {class: "small soft"}, plural(shown.length, "defect"), " of ", String(rows.length)),
      by_check ? table_of(["Check", "Requirement", "Catches"], rows_by_check(shown.map(([defect]) => defect)))
        : table_of(["Defect", "Proof", "Caught by", "Also accused"], shown.map(([, row]) => row)));
    announce(plural(shown.length, "defect"));
  }

  document.getElementById("matrix").append(el("section", {class: "card"},
    el("div", {class: "controls"}, el("label", {}, "Search", wanted), el("label", {}, "Proof", state),
      el("label", {}, "Table", order)), place));
  update();
}

function draw_claims(title, claims) {
  if (claims.length === 0) return;
  document.getElementById("claims").append(el("section", {class: "card"}, el("h2", {}, title),
    table_of(["Place", "Claim", "Reason"], claims.map((claim) => el("tr", {},
      el("th", {scope: "row"}, code(claim.file + ":" + claim.line)), el("td", {}, code(claim.text)),
      el("td", {}, value(claim.reason || "")))))));
}

draw_top();
draw_matrix();
draw_claims("Claims that no defect breaks", kProof.unproven_claims);
draw_claims("Claims that need no defect", kProof.claims_with_a_reason);
