// One answer: its class, what that means, and on demand the exchanges that show it.

// The classes of a row in the order in which the answer names them.
function wordsOf(row, answer) {
  return Object.entries(row.classes).filter(([name]) => answer.includes(name))
    .filter(([name], _, all) => !all.some(([other]) => other !== name && other.includes(name) && !answer.replaceAll(other, "").includes(name)));
}

// The short lists of the data, as the exchanges that they stand for.
function exchangeOf(item) {
  if (typeof item === "number") return {left_out: item};
  const [sequence, times, method, url, status, seconds, asked, sent, answered, came] = item;
  const text = (number) => data.texts[number];
  const header = (number) => {
    const line = text(number);
    const colon = line.indexOf(": ");
    return [line.slice(0, colon), line.slice(colon + 2)];
  };
  const message = (headers, body) => ({headers: headers.map(header), body: body === null ? null : String(body)});
  const exchange = {sequence, times, seconds, request: {method: text(method), url: text(url), ...message(asked, sent)}};
  if (Array.isArray(status)) return {...exchange, fault: text(status[0])};
  return {...exchange, response: {status, reason: "", ...message(answered, came)}};
}

function evidenceView(row, column) {
  const cell = row.cells[column];
  const words = cell.answered ? wordsOf(row, cell.answer) : [];
  const asked = cell.exchanges.map(exchangeOf);
  return el("div", {class: "evidence"},
    el("div", {class: "evidence-head"}, el("h4", {}, value(data.registries[column].title), ": ", code(cell.answer)),
      el("button", {type: "button", class: "close screen"}, "Close")),
    words.length > 0 ? el("dl", {class: "meaning"}, words.map(([name, meaning]) =>
      el("div", {}, el("dt", {}, code(name)), el("dd", {}, meaning)))) : null,
    cell.detail ? el("pre", {tabindex: "0"}, value(cell.detail)) : null,
    el("p", {class: "small soft"}, "The specification: ", prose((row.says || "silent").replace(/\.$/, "")), "."),
    el("h4", {}, plural(cell.count, "exchange")),
    el("ol", {class: "exchanges"}, asked.map((exchange) => exchangeView(exchange, bodiesByNumber, false))));
}

// Bodies as exchange.js looks them up, with the digest that it shows.
const bodiesByNumber = Object.fromEntries(data.bodies.map((body, number) => [number, body]));
