// What unfolds below a check that did not pass: wanted, asked, came, the exchanges, and how to see it again.

const kVerdicts = {FAIL: "a violation is a failure", WARN: "a violation is a warning", INFO: "a violation is noted"};

function panel(title, kind, ...children) {
  return el("section", {class: "panel " + kind}, el("h4", {}, title), ...children);
}

function wantedView(check, requirement) {
  return panel("What the specification wants", "wanted", el("p", {}, prose(requirement.text || "")),
    el("p", {class: "small"}, el("span", {class: "tag"}, check.level), " in ", check.spec + "; ",
      kVerdicts[check.verdict] || "", ". ", link(check.source, "Read the section: ", requirement.section || check.source)),
    check.level === "implied" ? el("p", {class: "small soft"}, "Implied: the specification has no key word such as MUST here, but defines it so, " +
      "or the rule that it follows from would be empty without it.") : null);
}

// Expected and came, side by side; the message where it has no such parts.
function findingView(finding, number, count) {
  const source = finding.file ? el("p", {class: "small soft"}, "Claimed in ", code(finding.file + ":" + finding.line)) : null;
  const title = count > 1 ? el("h4", {}, "Finding " + number + " of " + count + " (" + finding.verdict + ")") : null;
  if (!finding.expected && !finding.actual) {
    return el("div", {class: "finding"}, title, panel("What came", "came", el("pre", {tabindex: "0"}, value(finding.message))), source);
  }
  const asked = finding.request ? el("p", {class: "mono small"}, el("b", {}, "Request "), value(finding.request)) : null;
  const graded = finding.graded ? el("p", {class: "small soft"}, "Graded: ", value(finding.graded)) : null;
  const known = finding.message.split("\n").filter((line) => /^(Value of|Expected|  Actual)/.test(line));
  return el("div", {class: "finding"}, title, asked,
    el("div", {class: "pair"},
      panel("Expected", "expected", el("pre", {tabindex: "0"}, value(finding.expected))),
      panel("What came", "came", el("pre", {tabindex: "0"}, value(finding.actual || known.join("\n"))))),
    finding.note ? el("p", {class: "small"}, value(finding.note)) : null, graded, source);
}

function askedView(check) {
  const last = (check.exchanges || []).filter((exchange) => exchange.request).at(-1);
  if (!last) return null;
  return panel("What was asked last", "asked",
    el("p", {class: "mono"}, el("b", {}, value(last.request.method)), " ", value(last.request.url)),
    el("p", {class: "mono"}, answerView(last)));
}

function reasonView(check) {
  if (!check.reason || check.findings.length > 0) return null;
  const title = {skipped: "Why it was skipped", blocked: "What blocked it", error: "What went wrong", "not run": "Why it did not run"};
  return panel(title[check.outcome] || "Reason", "came", el("pre", {tabindex: "0"}, value(check.reason)));
}

function exchangesView(check, bodies) {
  const exchanges = check.exchanges || [];
  if (exchanges.length === 0) return null;
  const fold = el("details", {class: "exchanges"},
    el("summary", {}, el("h4", {}, plural(check.exchanges_in_all, "exchange"))));
  fillWhenOpen(fold, () => [el("ol", {}, exchanges.map((exchange, i) => exchangeView(exchange, bodies, i === exchanges.length - 1)))]);
  return fold;
}

function reproduceView(check) {
  const again = check.reproduce;
  if (!again) return null;
  const parts = [el("p", {class: "small"}, "Run this one check again, with the same content:"),
    el("div", {class: "copyable"}, el("pre", {tabindex: "0"}, value(again.command)), copyButton("the command", again.command))];
  if (again.script) {
    const fold = el("details", {}, el("summary", {class: "small"}, "As a self-contained script of curl commands"));
    fillWhenOpen(fold, () => [el("div", {class: "copyable"}, el("pre", {tabindex: "0"}, value(again.script)),
      copyButton("the script", again.script))]);
    parts.push(fold);
  } else if (again.file) {
    parts.push(el("p", {class: "small"}, "As a script of curl commands: ", code(again.file), " next to this page."));
  }
  return panel("See it again", "again", ...parts);
}

function baselineView(check) {
  const known = check.baseline;
  if (!known) return null;
  return panel("In the baseline", "known", el("p", {}, value(known.state),
    known.reason ? [": ", value(known.reason)] : null, known.issue ? [" (", value(known.issue), ")"] : null,
    known.expires ? [", expires ", value(known.expires)] : null));
}

function detailView(check, requirement, bodies) {
  return el("div", {class: "detail"}, wantedView(check, requirement), baselineView(check),
    check.findings.map((finding, i) => findingView(finding, i + 1, check.findings.length)),
    reasonView(check), askedView(check), exchangesView(check, bodies), reproduceView(check));
}
