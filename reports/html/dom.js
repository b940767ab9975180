// Building the page: elements from text only, so that nothing that a registry said is ever read as markup.

// el("p", {class: "soft"}, "text", el("b", {}, "more")): attributes that are null or false are left out.
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Characters that do not show, or that turn the direction of what follows.
const kHidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e0fff}]/gu;

// A text that someone else wrote, in a span with its own direction; each hidden character shows as its code.
function value(text) {
  const span = el("span", {class: "value", dir: "auto"});
  text = String(text).replace(/\r\n/g, "\n");
  let from = 0;
  for (const match of text.matchAll(kHidden)) {
    span.append(text.slice(from, match.index));
    const code = "U+" + match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    span.append(el("span", {class: "char"}, code));
    from = match.index + match[0].length;
  }
  span.append(text.slice(from));
  return span;
}

function code(text) {
  return el("code", {}, value(text));
}

// A sentence in which `code` is between backticks.
function prose(text) {
  const parts = String(text).split("`");
  if (parts.length % 2 === 0) return value(text);
  return el("span", {}, parts.map((part, i) => (i % 2 === 1 ? code(part) : value(part))));
}

// A link where the address is one of the web, else its text: saved results may say anything.
function link(address, ...children) {
  if (!/^https:\/\/[^\s<>"'`\\]+$/.test(address)) return el("span", {}, value(address));
  return el("a", {href: address, rel: "noreferrer noopener"}, ...children);
}

function plural(count, one, many) {
  return count.toLocaleString("en") + " " + (count === 1 ? one : many || one + "s");
}

function bytes(size) {
  return size < 10000 ? plural(size, "byte") : size < 1e6 ? (size / 1000).toFixed(0) + " kB" : (size / 1e6).toFixed(1) + " MB";
}

function duration(seconds) {
  if (typeof seconds !== "number") return "";
  if (seconds >= 90) return Math.floor(seconds / 60) + " min " + Math.round(seconds % 60) + " s";
  if (seconds >= 1) return seconds.toFixed(1) + " s";
  return (seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0) + " ms";
}

// Says it to screen readers, without moving the focus.
function announce(text) {
  const place = document.getElementById("said");
  if (place) place.textContent = text;
}

// Copies; from disk some browsers have no clipboard for scripts, but still copy a selection.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", {class: "unseen", "aria-hidden": "true"});
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function copyButton(what, text) {
  const button = el("button", {type: "button", class: "copy screen", "aria-label": "Copy " + what}, "Copy");
  button.addEventListener("click", async () => {
    const done = await copy(text);
    button.textContent = done ? "Copied" : "Select and copy by hand";
    announce(done ? "Copied " + what : "Could not copy");
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  return button;
}
