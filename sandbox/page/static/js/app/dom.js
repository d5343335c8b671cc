// Builds elements from plain values. Text always becomes a text node, so that no content can turn into markup.

import { placeOf } from "./permalinks.js";
import { hasColourEmoji, withMarks } from "./marks.js";

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
  node.append(...(hasColourEmoji ? given : given.flatMap((child) => (typeof child === "string" ? withMarks(child, svg) : child))));
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
