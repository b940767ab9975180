// Outcomes as shapes and words, so that colour says nothing alone.
const kOutcomes = {
  failed: {title: "Failed", path: "M6 6l12 12M18 6L6 18"},
  error: {title: "Error", path: "M13 3L5 14h6l-1 7 8-11h-6z"},
  warned: {title: "Warned", path: "M12 4L3 20h18zM12 10v4M12 17.2v.1"},
  blocked: {title: "Blocked", path: "M12 3a9 9 0 100 18 9 9 0 000-18zM5.8 5.8l12.4 12.4"},
  noted: {title: "Noted", path: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v5M12 7.8v.1"},
  skipped: {title: "Skipped", path: "M5 6l7 6-7 6zM19 6v12"},
  "not run": {title: "Not run", path: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5V12l3 2"},
  passed: {title: "Passed", path: "M5 12.5l4.5 4.5L19 7.5"},
};

function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(space, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

function toneOf(outcome) {
  return outcome.replace(" ", "-");
}

function badge(outcome, text) {
  const known = kOutcomes[outcome] || {title: outcome, path: ""};
  return el("span", {class: "badge " + toneOf(outcome)}, icon(known.path), text || known.title);
}
