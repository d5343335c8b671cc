// Builds elements from plain values. Text always becomes a text node, so that no content can turn into markup.

import { placeOf } from "./permalinks.js";

const SVG = "http://www.w3.org/2000/svg";

/** A new element. `attributes` may hold `on: {event: listener}`; false, null and undefined attributes are left out. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** A new SVG element, same arguments as `el`. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "value") node.value = value ?? "";
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  const given = children.flat(4).filter((child) => child !== null && child !== undefined && child !== false);
  node.append(...(hasColourEmoji ? given : given.flatMap((child) => (typeof child === "string" ? withMarks(child) : child))));
  return node;
}

/** The address if a browser may follow it (web or mail), else null: `javascript:` and the like are never linked. */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link into this page for a permalink, else in a new tab; only its label when the address is not one to follow. */
export function link(address, ...label) {
  const href = safeAddress(address);
  if (!href) return el("span", {}, ...label);
  const place = placeOf(href);
  if (place) return el("a", { href: place }, ...label);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

/**
 * Makes `parent` show `items` ({key, make, update}), in order. A child whose key was there before is kept, so open folds,
 * typed text and the focus survive when something else changes; `update(node)`, where given, brings it up to date.
 */
export function patch(parent, items) {
  const before = parent.patched ?? new Map();
  const after = new Map();
  for (const item of items) {
    let key = item.key;
    while (after.has(key)) key += "+";
    after.set(key, before.get(key) ?? item.make());
    item.update?.(after.get(key));
  }
  for (const [key, node] of before) if (!after.has(key)) node.remove();
  let place = parent.firstChild;
  for (const node of after.values()) {
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
  parent.patched = after;
}

/** Up to two initials of a name. */
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase();
}

/** A square with a person's initials; the colour follows from the id. */
export function avatar(person, size = "") {
  let sum = 0;
  for (const letter of person.id ?? "") sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  const colour = person.is_bot ? "var(--bot)" : `hsl(${(sum * 137) % 360} 32% 38%)`;
  return el("span", { class: `avatar ${size}`, style: `background:${colour}`, "aria-hidden": "true" }, initials(person.real_name));
}

// The six marks of Cadence, each in a shape of its own, for computers whose fonts have no emoji in colour.

const DISC = "M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14z";
const MARKS = {
  "🔴": { name: "red circle", colour: "#c62f35", shape: DISC, sign: "M8 4v5M8 11.4v.4" },
  "🟡": { name: "yellow circle", colour: "#a87a14", shape: "M8 1l7.5 13.5h-15z", sign: "M8 6v4M8 12v.3" },
  "⭐": { name: "star", colour: "#8a5fb0", shape: "M8 .8l2.2 4.7 5.2.6-3.9 3.5 1.1 5.1L8 12.1l-4.6 2.6 1.1-5.1L.6 6.1l5.2-.6z", sign: "" },
  "🟢": { name: "green circle", colour: "#3f7a47", shape: DISC, sign: "M8 12V4.4M4.8 7.4L8 4.2l3.2 3.2" },
  "🆕": { name: "new", colour: "#2f6f8f", shape: "M2.5 1h11a1.5 1.5 0 0 1 1.5 1.5v11a1.5 1.5 0 0 1-1.5 1.5h-11a1.5 1.5 0 0 1-1.5-1.5v-11a1.5 1.5 0 0 1 1.5-1.5z", sign: "M8 4.5v7M4.5 8h7" },
  "⚪": { name: "white circle", colour: "#57626d", shape: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12zm0 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8z", sign: "" },
};
const ANY_MARK = new RegExp(`(${Object.keys(MARKS).join("|")})`, "u");

/** True where an emoji is drawn in colour: some pixel of a red circle drawn in black is red. */
const hasColourEmoji = (() => {
  const pen = Object.assign(document.createElement("canvas"), { width: 16, height: 16 }).getContext("2d", { willReadFrequently: true });
  if (!pen) return false;
  pen.font = "12px sans-serif";
  pen.textBaseline = "top";
  pen.fillText("🔴", 0, 0);
  const { data } = pen.getImageData(0, 0, 16, 16);
  return data.some((value, index) => index % 4 === 0 && value > 120 && data[index + 3] > 120);
})();

/** The pieces of a text, its marks as drawings. */
function withMarks(text) {
  return text.split(ANY_MARK).filter(Boolean).map((piece) => (piece in MARKS ? drawing(MARKS[piece]) : piece));
}

function drawing({ name, colour, shape, sign }) {
  return svg("svg", { class: "mark", viewBox: "0 0 16 16", role: "img", "aria-label": name },
    svg("path", { d: shape, fill: colour, "fill-rule": "evenodd" }), sign && svg("path", { d: sign, fill: "none", stroke: "#fff", "stroke-width": "1.8", "stroke-linecap": "round" }));
}

// The keyboard's focus, kept where it was although what it stood on is drawn anew.

const NAMES = ["data-action", "aria-label", "data-value", "role"];

/** Runs `draw`; when the focused control was drawn anew, its successor gets the focus, else the message or form it was in. */
export function keepFocus(draw) {
  const giveBack = rememberFocus();
  draw();
  giveBack();
}

/** Remembers the focused control; the returned function gives the focus back to it or to its successor, unless another has it. */
export function rememberFocus() {
  const focused = document.activeElement;
  const trail = focused && focused !== document.body ? trailOf(focused) : null;
  const { selectionStart = null, selectionEnd = null } = focused ?? {};
  return () => {
    if (!trail || (document.activeElement && document.activeElement !== document.body)) return;
    if (focused.isConnected) return focused.focus({ preventScroll: true });
    const around = trail.places.map((selector) => document.querySelector(selector)).filter(Boolean);
    const successor = around.map((place) => [...place.querySelectorAll(trail.name)].at(trail.index)).find(Boolean) ??
      around.find((place) => place.dataset.block)?.querySelector(focused.localName);
    (successor ?? around.find((place) => place.matches("[tabindex]")))?.focus({ preventScroll: true });
    if (selectionStart !== null) successor?.setSelectionRange?.(selectionStart, selectionEnd);
  };
}

/** How to find a control again: where it stands, from the inside out, and which one of its name it is there. */
function trailOf(node) {
  const places = [];
  for (let place = node.parentElement; place && place !== document.body; place = place.parentElement) {
    if (place.dataset.block) places.push(`${paneOf(place)}[data-block="${CSS.escape(place.dataset.block)}"]`);
    else if (place.dataset.ts) places.push(`${paneOf(place)}[data-ts="${CSS.escape(place.dataset.ts)}"]`);
    else if (place.matches(".modal-body, .home, .tabs, .sidebar")) places.push(`.${place.classList[0]}`);
  }
  const given = NAMES.find((name) => node.hasAttribute(name));
  const name = node.localName + (given ? `[${given}="${CSS.escape(node.getAttribute(given))}"]` : "");
  const around = places.length ? document.querySelector(places[0]) : null;
  return { places, name, index: Math.max(0, around ? [...around.querySelectorAll(name)].indexOf(node) : 0) };
}

const paneOf = (node) => (node.closest(".thread-pane") ? ".thread-pane " : node.closest("dialog") ? "dialog " : ".channel-pane ");
