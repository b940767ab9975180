// The head of the page: the verdict, what was judged, and what the target can do.

const kRunVerdicts = {
  conformant: {tone: "passed", title: "Conformant", says: "No requirement is violated, and every one that decides was judged."},
  "non-conformant": {tone: "failed", title: "Not conformant", says: "At least one requirement is violated."},
  "not-judged": {tone: "blocked", title: "Not judged", says: "Nothing is violated, but not enough could be judged to say more."},
};

function verdictView() {
  const verdict = {...(kRunVerdicts[data.verdict] || {tone: "error", title: data.verdict, says: ""})};
  const profile = data.profile;
  if (profile && profile.verdict !== data.verdict) verdict.title = profile.verdict[0].toUpperCase() + profile.verdict.slice(1);
  if (profile && data.verdict === "conformant" && !profile.whole) {
    Object.assign(verdict, {tone: "warned", says: "No requirement that was judged is violated, but not everything was judged or is offered."});
  }
  const failed = data.counts.failed + (data.strict_should ? data.counts.warned : 0);
  const says = failed > 0 ? plural(failed, "check") + " found a violated requirement." : verdict.says;
  return el("div", {class: "verdict " + verdict.tone}, el("span", {class: "seal"}, icon(kOutcomes[verdict.tone].path)),
    el("div", {}, el("p", {class: "kicker"}, "Referrers conformance report"), el("h1", {}, verdict.title),
      el("p", {class: "target mono"}, value(data.target.url)), el("p", {}, says)));
}

function fact(name, ...content) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, ...content));
}

function factsView() {
  const started = new Date(data.started);
  return el("dl", {class: "facts"},
    fact("Started", isNaN(started) ? value(data.started) : el("time", {datetime: data.started}, data.started.slice(0, 16).replace("T", " ") + " UTC")),
    fact("Took", duration(data.seconds)), fact("Run", code(data.run)), fact("Seed", code(data.seed)),
    fact("Made by", value(data.tool.name + " " + data.tool.version), " ", code(data.tool.commit)));
}

// A bar of the outcomes, in words below it; the bar itself is for the eye only.
function barView(counts) {
  const shown = Object.keys(kOutcomes).filter((name) => counts[name] > 0);
  const bar = el("div", {class: "bar", "aria-hidden": "true"}, shown.map((name) => {
    const part = el("span", {class: toneOf(name)});
    part.style.flexGrow = counts[name];
    return part;
  }));
  const words = el("ul", {class: "tally"}, shown.map((name) =>
    el("li", {}, badge(name, counts[name].toLocaleString("en") + " " + kOutcomes[name].title.toLowerCase()))));
  return [bar, words];
}

function editionView([edition, judged]) {
  const verdict = kRunVerdicts[judged.verdict] || {tone: "error", title: judged.verdict};
  const whole = judged.words === judged.verdict;
  const tone = !whole && verdict.tone === "passed" ? "warned" : verdict.tone;
  const title = whole ? verdict.title : judged.words[0].toUpperCase() + judged.words.slice(1);
  return el("section", {class: "card edition"}, el("div", {class: "edition-head"}, el("h3", {}, edition), badge(tone, title)),
    barView(judged.counts));
}

const kStates = {supported: "passed", "not offered": "skipped", violated: "failed", "not judged": "blocked"};

// What was judged, feature by feature: a verdict says nothing of what is not offered.
function featuresView() {
  const features = (data.profile || {}).features || [];
  if (features.length === 0) return null;
  const row = (feature) => el("tr", {}, el("th", {scope: "row"}, value(feature.name)),
    el("td", {}, feature.core ? "core" : "optional"), el("td", {}, badge(kStates[feature.state], feature.state)),
    el("td", {class: "count"}, feature.passed), el("td", {class: "count"}, feature.failed));
  return el("section", {class: "card"}, el("h2", {}, "What was judged"), el("table", {class: "features"},
    el("thead", {}, el("tr", {}, ["feature", "", "state", "passed", "failed"].map((head) => el("th", {scope: "col"}, head)))),
    el("tbody", {}, features.map(row))));
}

function capabilityView([name, what]) {
  return el("li", {class: what.lacking ? "absent" : "offered"},
    el("span", {class: "mark"}, icon(what.lacking ? "M6 12h12" : kOutcomes.passed.path)),
    el("span", {class: "name"}, value(name)), el("span", {class: "what"}, value(what.words)));
}

function noticesView() {
  const notices = [];
  if (data.complete === false) {
    notices.push(el("p", {class: "notice"}, el("b", {}, "Incomplete. "), "The run ended early: ", value(data.incomplete_because || "broken off"), "."));
  }
  for (const obstacle of data.obstacles) {
    notices.push(el("div", {class: "notice"}, el("p", {}, el("b", {}, "Why there is no verdict. "), value(obstacle.cause)),
      el("ul", {class: "dots small"}, obstacle.details.map((detail) => el("li", {}, value(detail)))),
      el("p", {}, el("b", {}, "What to do. "), value(obstacle.remedy))));
  }
  for (const sentence of data.not_offered) notices.push(el("p", {class: "notice"}, value(sentence)));
  if (data.strict_should) notices.push(el("p", {class: "notice"}, "This run was strict: a warning counts as a failure."));
  return notices;
}

function baselineSummary() {
  const base = data.baseline;
  if (!base) return null;
  return el("section", {class: "card"}, el("h2", {}, "Against the baseline"), el("p", {}, value(base.summary)),
    el("ul", {class: "dots small"}, (base.remarks || []).map((remark) => el("li", {}, value(remark)))));
}

// Following it leaves the filters as they are.
function attentionLink(check) {
  const follow = (event) => {
    event.preventDefault();
    writeFragment(keyOf(check));
    reveal(keyOf(check));
  };
  return el("a", {class: "mono", href: "#check=" + keyOf(check), onclick: follow}, value(check.id));
}

// The failures by name, each a link to its place below.
function attentionView(checks) {
  const kFirst = 8;
  const known = (check) => check.baseline && check.baseline.state === "known";
  const bad = checks.filter((check) => !known(check) && (check.outcome === "failed" || check.outcome === "error" ||
    (data.strict_should && check.outcome === "warned")));
  if (bad.length === 0) return null;
  const items = bad.map((check, i) => el("li", i < kFirst ? {} : {class: "more"},
    badge(check.outcome), " ", attentionLink(check), " ",
    el("span", {class: "soft small"}, check.spec), el("p", {class: "small soft"}, value(check.headline))));
  const listing = el("ul", {class: "attention"}, items);
  const more = bad.length > kFirst ? el("button", {type: "button", class: "screen", "aria-expanded": "false"}, "Show all " + bad.length) : null;
  if (more) more.addEventListener("click", () => {
    const all = listing.classList.toggle("all");
    more.setAttribute("aria-expanded", String(all));
    more.textContent = all ? "Show fewer" : "Show all " + bad.length;
  });
  return el("section", {class: "card"}, el("h2", {}, "What needs attention"), listing, more);
}

function overview(checks) {
  document.getElementById("top").append(verdictView(), factsView());
  const capabilities = Object.entries(data.target.capabilities);
  const place = document.getElementById("overview");
  place.append(...noticesView(), el("div", {class: "columns"},
    el("div", {class: "column"}, Object.entries(data.editions).map(editionView), baselineSummary(), featuresView()),
    capabilities.length > 0 ? el("section", {class: "card"}, el("h2", {}, "What the target offers"),
      el("ul", {class: "capabilities"}, capabilities.map(capabilityView))) : null));
  const attention = attentionView(checks);
  if (attention) place.append(attention);
}
