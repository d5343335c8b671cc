// A select with a filter, for one or several choices, from any source of options.

import { el } from "../app/dom.js";
import { popover } from "./menus.js";
import { plainText } from "../blocks/mrkdwn.js";

let lists = 0;

/**
 * A select control.
 *
 * `chosen` and `change` speak of [{value, label}]. `load(query)` gives [{value, label, detail}], at once or as a promise.
 * With `several` the menu stays open and choices can be removed.
 */
export function picker({ label, placeholder, several = false, chosen, load, change }) {
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
    else set([...choices, option]);
  };
  face.addEventListener("click", () => chooseFrom(face, { label, load, pick, isChosen: (value) => choices.some((choice) => choice.value === value) }));
  show();
  return face;
}

/** Opens a menu with a filter beside `face`; arguments as of `picker`. `pick(option, close)` is called with a choice. */
export function chooseFrom(face, { label, load, pick, isChosen }) {
  const list = el("div", { class: "options", role: "listbox", "aria-label": label });
  const filter = el("input", { class: "filter", type: "text", role: "combobox", "aria-label": `Find in ${label}`, placeholder: "Find", autocomplete: "off" });
  list.id = `options-${++lists}`;
  filter.setAttribute("aria-controls", list.id);
  const close = popover(face, el("div", {}, filter, list), { onClose: () => face.setAttribute("aria-expanded", "false") });
  face.setAttribute("aria-expanded", "true");
  let asked = 0;
  const refresh = async () => {
    const turn = ++asked;
    const options = await load(filter.value.trim());
    if (turn !== asked) return;
    list.replaceChildren(...options.map((option) => el("div", {
      role: "option", class: "option", "aria-selected": String(isChosen(option.value)), "data-value": option.value,
      on: { click: () => choose(option) },
    }, option.face, el("span", { class: "option-words" }, el("span", {}, option.label), option.detail && el("small", {}, option.detail)))));
    if (!options.length) list.replaceChildren(el("div", { class: "nothing" }, "Nothing matches"));
    mark(list, Math.max(0, filter.value ? 0 : [...list.querySelectorAll("[role=option]")].findIndex((node) => node.ariaSelected === "true")), filter);
  };
  const choose = (option) => {
    pick(option, close);
    if (list.isConnected) refresh();
  };
  filter.addEventListener("input", refresh);
  filter.addEventListener("keydown", (event) => moveInList(event, list, filter));
  filter.focus();
  refresh();
}

/** Arrow keys move the marked option of a list, Enter takes it. True when the key was used. */
export function moveInList(event, list, field = null) {
  const options = [...list.querySelectorAll("[role=option]")];
  const marked = options.findIndex((option) => option.classList.contains("marked"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) mark(list, (marked + step + options.length) % options.length, field);
  else if (event.key === "Enter" && marked >= 0) options[marked].click();
  else return false;
  event.preventDefault();
  return true;
}

/** Marks one option of a list, brings it into view, and names it as the active one of the field that has the focus. */
export function mark(list, index, field = null) {
  [...list.querySelectorAll("[role=option]")].forEach((option, place) => {
    option.classList.toggle("marked", place === index);
    if (place !== index) return;
    option.scrollIntoView({ block: "nearest" });
    option.id ||= `option-${++lists}`;
    field?.setAttribute("aria-activedescendant", option.id);
  });
}

/** Keeps the options whose label or detail holds the query. */
export function matching(options, query) {
  const words = query.toLowerCase();
  return options.filter((option) => `${option.label} ${option.detail ?? ""} ${option.words ?? ""}`.toLowerCase().includes(words));
}

// The selects: one picker, four sources of options.

/** True for the element types of selects. */
export const isSelect = (type) => /^(multi_)?(static|external|users|conversations)_select$/.test(type);

/** The control of a select element. `send(value)` gets one value, or a list for a multi-select. */
export function select(spec, { label, surface, blockId, state, send }) {
  const several = spec.type.startsWith("multi_");
  const source = SOURCES[spec.type.replace("multi_", "").replace("_select", "")];
  return picker({
    label, several, placeholder: spec.placeholder?.text,
    chosen: chosenOf(spec, state, surface.look),
    load: (query) => source({ spec, query, surface, blockId }),
    change: (choices) => send(several ? choices.map((choice) => choice.value) : choices[0].value),
  });
}

const SOURCES = {
  static: ({ spec, query }) => matching(optionsOf(spec), query),
  external: async ({ spec, query, surface, blockId }) => {
    if (query.length < (spec.min_query_length ?? 3)) return [];
    return optionsOf(await surface.suggest(blockId, spec.action_id, query));
  },
  users: ({ query, surface }) => matching(surface.look.people().map(personOption), query),
  conversations: ({ spec, query, surface }) => matching(conversationOptions(spec, surface.look), query),
};

const option = (entry) => ({ value: entry.value, label: plainText(entry.text), detail: entry.description?.text });
const personOption = (person) => ({ value: person.id, label: person.real_name, detail: person.note || `@${person.name}` });

const optionsOf = (spec) => (spec.options ?? []).map(option);

function conversationOptions(spec, look) {
  const include = spec.filter?.include ?? ["public", "private"];
  return look.channels()
    .filter((channel) => !channel.im_with && !channel.is_archived && include.includes(channel.is_private ? "private" : "public"))
    .map((channel) => ({ value: channel.id, label: `#${channel.name}` }));
}

function chosenOf(spec, state, look) {
  const found = state ?? spec;
  const initial = (name) => found[state ? `selected_${name}` : `initial_${name}`];
  const options = [initial("option") ?? [], initial("options") ?? []].flat().map(option);
  const people = [initial("user") ?? [], initial("users") ?? []].flat();
  const channels = [initial("conversation") ?? []].flat();
  return [
    ...options,
    ...people.map((id) => ({ value: id, label: look.person(id)?.real_name ?? id })),
    ...channels.map((id) => ({ value: id, label: look.channelName(id) })),
  ];
}
