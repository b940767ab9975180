// One request and what came back, as it went over the wire.

// The file next to the page that has all of it, and the registries that the page is about.
const kWholeFile = data.target ? "results.json" : "exploration.json";
const kBases = (data.target ? [data.target] : data.registries).map((target) => target.url.replace(/\/$/, ""));

// Line breaks and indentation for JSON, between its tokens only: numbers, repeated keys and escapes stay as they came.
// Nothing if the text is not a JSON object or array.
function indentedJson(text) {
  const begin = text.trim()[0];
  if (begin !== "{" && begin !== "[") return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) || [];
  let depth = 0;
  let out = "";
  tokens.forEach((token, i) => {
    const empty = (token === "}" || token === "]") && (tokens[i - 1] === "{" || tokens[i - 1] === "[");
    if (token === "}" || token === "]") {
      depth -= 1;
      if (!empty) out += "\n" + "  ".repeat(Math.max(depth, 0));
    }
    out += token === ":" ? ": " : token;
    const opens = token === "{" || token === "[";
    if (opens) depth += 1;
    const next = tokens[i + 1];
    if (token === "," || (opens && next !== "}" && next !== "]")) out += "\n" + "  ".repeat(Math.min(depth, 40));
  });
  return out;
}

function bodyView(digest, bodies) {
  const body = bodies[digest];
  const name = (body && body.digest) || digest;
  if (!body || body.size === undefined) return el("p", {class: "small soft"}, "The body ", code(name), " was not kept.");
  const about = [bytes(body.size)];
  if (body.hex !== undefined) {
    return el("div", {class: "body"}, el("p", {class: "small soft"}, "Body: " + about[0] + ", no text; it begins with:"),
      el("pre", {tabindex: "0"}, body.hex));
  }
  const whole = body.shown >= body.size;
  if (!whole) about.push("the first " + bytes(body.shown) + " are shown; " + kWholeFile + " has more");
  const indented = whole ? indentedJson(body.text) : null;
  if (indented !== null) about.push("JSON, indented for reading");
  return el("div", {class: "body"},
    el("p", {class: "small soft"}, "Body: " + about.join("; "), ". ", code(name)),
    el("pre", {tabindex: "0"}, value(indented === null ? body.text : indented)));
}

function messageView(title, message, bodies) {
  const lines = message.headers.map(([name, content]) =>
    el("div", {}, el("span", {class: "header-name"}, value(name)), ": ", value(content)));
  if (message.headers_in_all) lines.push(el("div", {class: "soft"}, plural(message.headers_in_all, "header line") + " in all"));
  return el("div", {class: "message"}, el("h5", {}, title),
    lines.length > 0 ? el("pre", {tabindex: "0", class: "headers"}, lines) : null,
    message.body ? bodyView(message.body, bodies) : null);
}

// The path is what distinguishes exchanges; the target is at the top of the page.
function shortUrl(url) {
  const base = kBases.find((each) => url.startsWith(each + "/"));
  return base === undefined ? url : url.slice(base.length);
}

function answerView(exchange) {
  if (exchange.fault !== undefined) return el("span", {class: "status bad"}, "no answer: ", value(exchange.fault));
  const status = exchange.response.status;
  return el("span", {class: "status"}, "\u2192 ", el("b", {}, String(status)), " ", value(exchange.response.reason));
}

// Its inside is made when it is unfolded for the first time.
function exchangeView(exchange, bodies, open) {
  if (exchange.left_out) {
    return el("li", {class: "left-out soft small"}, plural(exchange.left_out, "exchange") + " between these: " + kWholeFile + " has them.");
  }
  const notes = [duration(exchange.seconds)];
  if (exchange.times > 1) notes.push("asked " + plural(exchange.times, "time") + " with the same answer");
  if (exchange.attempt) notes.push("attempt " + exchange.attempt);
  if (exchange.lane) notes.push("thread " + exchange.lane);
  const fold = el("details", {class: "exchange"},
    el("summary", {}, el("span", {class: "number"}, "#" + exchange.sequence), " ",
      el("b", {}, value(exchange.request.method)), " ", el("span", {class: "url"}, value(shortUrl(exchange.request.url))), " ",
      answerView(exchange), " ", el("span", {class: "soft"}, notes.join(", "))));
  fillWhenOpen(fold, () => [
    messageView("Request", exchange.request, bodies),
    exchange.response ? messageView("Response", exchange.response, bodies) : null,
  ]);
  if (open) fold.open = true;
  return el("li", {}, fold);
}

// Long pages stay quick: what is folded is not there yet. `fill` gives the nodes.
function fillWhenOpen(fold, fill) {
  fold.fill = () => {
    if (fold.filled) return;
    fold.filled = true;
    fold.append(...fill().filter(Boolean));
  };
  fold.addEventListener("toggle", () => { if (fold.open) fold.fill(); });
}
