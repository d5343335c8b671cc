// A select with a filter, for one or several choices, from any source of options.

import { el } from "../app/dom.js";
import { popover } from "./menus.js";

/**
 * A select control.
 *
 * `chosen` and `change` speak of [{value, label}]. `load(query)` gives [{label, options: [{value, label, detail}]}],
 * at once or as a promise. With `several` the menu stays open and choices can be removed, up to `most`.
 */
export function picker({ label, placeholder, several = false, most = Infinity, chosen, load, change }) {
  let choices = chosen;
  const face = el("button", { type: "button", class: "picker", "aria-haspopup": "listbox", "aria-label": label });
  const show = () => {
    const none = el("span", { class: "placeholder" }, placeholder || "Choose");
    const chips = choices.map((choice) => el("span", { class: several ? "chip" : "" }, choice.label));
    face.replaceChildren(el("span", { class: "picker-value" }, choices.length ? chips : none), el("span", { class: "caret" }, "▾"));
    face.dataset.value = choices.map((choice) => choice.value).join(",");
  };
  const set = (next) => {
    choices = next;
    show();
    change(choices);
  };
  const pick = (option, close) => {
    const had = choices.some((choice) => choice.value === option.value);
    if (!several) {
      close();
      face.focus();
      if (!had) set([option]);
    } else if (had) set(choices.filter((choice) => choice.value !== option.value));
    else if (choices.length < most) set([...choices, option]);
  };
  face.addEventListener("click", () => open(face, { label, load, pick, isChosen: (value) => choices.some((choice) => choice.value === value) }));
  show();
  return face;
}

function open(face, { label, load, pick, isChosen }) {
  const list = el("div", { class: "options", role: "listbox", "aria-label": label });
  const filter = el("input", { class: "filter", type: "text", role: "combobox", "aria-label": `Find in ${label}`, placeholder: "Find", autocomplete: "off" });
  const close = popover(face, el("div", {}, filter, list), { onClose: () => face.setAttribute("aria-expanded", "false") });
  face.setAttribute("aria-expanded", "true");
  let asked = 0;
  const refresh = async () => {
    const turn = ++asked;
    const groups = await load(filter.value.trim());
    if (turn !== asked) return;
    list.replaceChildren(...groupNodes(groups, { isChosen, choose }));
    if (!list.querySelector("[role=option]")) list.replaceChildren(el("div", { class: "nothing" }, "Nothing matches"));
    mark(list, 0);
  };
  const choose = (option) => {
    pick(option, close);
    if (list.isConnected) refresh();
  };
  filter.addEventListener("input", refresh);
  filter.addEventListener("keydown", (event) => moveInList(event, list));
  filter.focus();
  refresh();
}

function groupNodes(groups, { isChosen, choose }) {
  return groups.filter((group) => group.options.length).map((group) => el("div", { role: "group" },
    group.label && el("div", { class: "menu-title" }, group.label),
    group.options.map((option) => el("div", {
      role: "option", class: "option", "aria-selected": String(isChosen(option.value)), "data-value": option.value,
      on: { click: () => choose(option) },
    }, el("span", {}, option.label), option.detail && el("small", {}, option.detail)))));
}

/** Arrow keys move the marked option of a list, Enter and Tab take it. True when the key was used. */
export function moveInList(event, list) {
  const options = [...list.querySelectorAll("[role=option]")];
  const marked = options.findIndex((option) => option.classList.contains("marked"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) mark(list, (marked + step + options.length) % options.length);
  else if (event.key === "Enter" && marked >= 0) options[marked].click();
  else return false;
  event.preventDefault();
  return true;
}

/** Marks one option of a list and brings it into view. */
export function mark(list, index) {
  [...list.querySelectorAll("[role=option]")].forEach((option, place) => {
    option.classList.toggle("marked", place === index);
    if (place === index) option.scrollIntoView({ block: "nearest" });
  });
}

/** Keeps the options whose label or detail holds the query, dropping empty groups. */
export function matching(groups, query) {
  const words = query.toLowerCase();
  return groups.map((group) => ({
    ...group, options: group.options.filter((option) => `${option.label} ${option.detail ?? ""}`.toLowerCase().includes(words)),
  }));
}
