// The page: head, cards, matrix, contradictions, registries.

function fact(name, ...content) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, ...content));
}

function dateOf(text) {
  return isNaN(new Date(text)) ? value(text || "-") : el("time", {datetime: text}, text.slice(0, 16).replace("T", " ") + " UTC");
}

function headView() {
  const notices = data.registries.flatMap((registry) => [
    registry.not_explored_because ? el("p", {class: "notice"}, el("b", {}, value(registry.title)), " was not explored: ", value(registry.not_explored_because)) : null,
    registry.incomplete_because ? el("p", {class: "notice"}, el("b", {}, value(registry.title)), " is incomplete: ", value(registry.incomplete_because)) : null,
  ]).filter(Boolean);
  const differ = data.rows.filter((row) => row.differs).length;
  document.getElementById("top").append(
    el("p", {class: "kicker soft"}, "Referee exploration"), el("h1", {}, "What registries do"),
    el("p", {class: "lead"}, "What the specifications leave open, answered by ", plural(data.registries.length, "registry", "registries"), ". ",
      data.registries.length > 1 ? el("span", {}, "They differ in ", String(differ), " of ", plural(data.rows.length, "row"), ". ") : null,
      "Nothing here is a verdict."),
    el("ul", {class: "explored"}, data.registries.map((registry) => el("li", {}, el("b", {class: "registry"}, value(registry.title)), " ",
      registry.title === registry.url ? null : [el("span", {class: "mono small"}, value(registry.url)), " "],
      el("span", {class: "small soft"}, dateOf(registry.started), ", took ", duration(registry.seconds), ", ", registry.specs.join(", ") || "no edition")))),
    el("nav", {class: "screen small", "aria-label": "Parts of the page"}, [["#cards", "Questions"], ["#matrix", "All answers"],
      ["#contradictions", "Contradictions"], ["#registries", "What they offer"]].map(([to, title]) => el("a", {href: to}, title))),
    ...notices);
}

// Sentences of the catalogue stress with two stars.
function stressed(text) {
  return text.split("**").map((part, i) => (i % 2 === 1 ? el("b", {}, prose(part)) : prose(part)));
}

function conflictView(conflict) {
  const fold = el("details", {class: "conflict"}, el("summary", {}, el("span", {class: "tag"}, conflict.id), " ", stressed(conflict.request)));
  const row = (kind) => ([who, what]) => el("div", {class: kind}, el("dt", {}, value(who)), el("dd", {}, what));
  fillWhenOpen(fold, () => [el("div", {class: "two"},
    el("section", {}, el("h4", {}, "What editions demand"), el("dl", {class: "lines"},
      conflict.demands.map(([edition, demand]) => row("demand")([edition, stressed(demand)])))),
    el("section", {}, el("h4", {}, "What registries did"), el("dl", {class: "lines"},
      conflict.did.map((did, column) => row("did")([data.registries[column].title, did ? value(did) : el("span", {class: "soft"}, "no answer")])))))]);
  return fold;
}

function contradictionsView() {
  if (data.conflicts.length === 0) return;
  document.getElementById("contradictions").append(el("h2", {}, "Where editions contradict each other"),
    el("p", {class: "soft"}, "The same request, what each edition demands, and what each registry did."),
    el("div", {class: "card"}, data.conflicts.map(conflictView)));
}

function registriesView() {
  const whats = [...new Set(data.registries.flatMap((registry) => Object.keys(registry.capabilities)))].sort();
  const place = document.getElementById("registries");
  if (whats.length > 0) {
    place.append(el("h2", {}, "What they offer"), el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "What they offer"},
      el("table", {}, el("thead", {}, el("tr", {}, el("th", {scope: "col"}, ""), data.registries.map((registry) => el("th", {scope: "col"}, value(registry.title))))),
        el("tbody", {}, whats.map((what) => el("tr", {}, el("th", {scope: "row"}, value(what)),
          data.registries.map((registry) => el("td", {}, value(registry.capabilities[what] || "-")))))))));
  }
  for (const registry of data.registries.filter((each) => each.leftovers.length > 0)) {
    place.append(el("section", {class: "card"}, el("h3", {}, "Left behind at ", value(registry.title)),
      el("ul", {class: "dots small"}, registry.leftovers.map((left) => el("li", {}, value(left))))));
  }
  place.append(el("p", {class: "small soft"}, "Made by ", value(data.tool.name + " " + data.tool.version), " ", code(data.tool.commit)));
}

function start() {
  document.title = "What registries do: " + data.registries.map((registry) => registry.title).join(", ");
  const row = readFragment();
  headView();
  document.getElementById("cards").append(...data.cards.map(cardView));
  matrixView();
  contradictionsView();
  registriesView();
  showChoice();
  apply();
  if (row) reveal(row);
  addEventListener("hashchange", () => {
    if (document.getElementById(location.hash.slice(1))) return;
    const wanted = readFragment();
    showChoice();
    apply();
    if (wanted) reveal(wanted);
  });
  document.documentElement.dataset.ready = "yes";
}

start();
