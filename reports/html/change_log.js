// What breaks, keeps or answers differently, in this order, from the first column to the last.

const kTones = {"Breaks now": "breaks", "Keeps now": "keeps"};

function stepsView(values) {
  const steps = values.filter((each, i) => i === 0 || each !== values[i - 1]);
  return el("p", {class: "steps"}, steps.map((each, i) => [i > 0 ? " \u2192 " : null,
    each === null ? el("span", {class: "soft"}, "not asked") : el("span", {class: i + 1 === steps.length ? "mono now" : "mono"}, value(each))]));
}

function changeView(difference) {
  return el("li", {class: "change"}, el("span", {class: "mono"}, value(difference.id)), " ", el("span", {class: "tag"}, value(difference.edition)),
    stepsView(difference.values), difference.about ? el("p", {class: "small soft"}, prose(difference.about)) : null);
}

function start() {
  const label = (i) => (i === 0 ? "From " : i + 1 === data.columns.length ? "To " : "Over ");
  const log = document.getElementById("log");
  log.append(el("h1", {}, "What changed"),
    el("ul", {class: "columns"}, data.columns.map((column, i) => el("li", {}, label(i), el("b", {}, value(column))))));
  for (const entry of data.entries) {
    log.append(el("section", {class: "card " + (kTones[entry.title] || "")}, el("h2", {}, entry.title + " (" + entry.count + ")"),
      el("ul", {}, data.differences.filter((each) => each.entry === entry.title).map(changeView))));
  }
  if (data.entries.length === 0) log.append(el("p", {}, "Nothing that both have differs."));
  log.append(el("p", {class: "soft small"}, data.same.toLocaleString("en") + " the same" +
    (data.not_compared > 0 ? ", " + data.not_compared.toLocaleString("en") + " not compared, which only one has" : "") + "."));
  document.documentElement.dataset.ready = "yes";
}

start();
