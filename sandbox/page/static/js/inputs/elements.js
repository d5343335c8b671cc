// Interactive elements: buttons, menus, pickers and fields.

import { el, safeAddress } from "../app/dom.js";
import { follow } from "../app/permalinks.js";
import { confirmed, menu } from "./menus.js";
import { plainText, textObject } from "../blocks/mrkdwn.js";
import { isSelect, select } from "./picker.js";

/**
 * An element of a block as a control.
 *
 * `surface` is where it stands (a message, modal or Home): `perform` tells the app, `enter` only fills a field of an input
 * block, `state` is what was chosen before. `label` names the control for screen readers.
 */
export function element(spec, { blockId, surface, label = "", inInput = false }) {
  const state = surface.state(blockId, spec.action_id);
  const send = async (value, note) => {
    if (inInput) return surface.enter({ blockId, spec, value, ...note });
    if (!(await confirmed(spec.confirm, surface.look))) return null;
    return surface.perform(blockId, spec.action_id, value);
  };
  const name = label || spec.placeholder?.text || spec.type;
  if (isSelect(spec.type)) return select(spec, { label: name, surface, blockId, state, send });
  const make = KINDS[spec.type];
  if (!make) return el("span", { class: "unknown" }, `This page cannot draw "${spec.type}".`);
  return make({ spec, state, send, name, surface, blockId, inInput });
}

const KINDS = {
  button, overflow, feedback_buttons: thumbs, file_input: files, plain_text_input: field,
  datepicker: (given) => temporal(given, "date"), timepicker: (given) => temporal(given, "time"),
  checkboxes: (given) => boxes(given, "checkbox"), radio_buttons: (given) => boxes(given, "radio"),
};

function button({ spec, send }) {
  const node = el("button", { type: "button", class: `button ${spec.style ?? ""}`, "data-action": spec.action_id, on: { click: press } }, plainText(spec.text));
  async function press() {
    if (node.getAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true");
    if (spec.url && safeAddress(spec.url)) follow(spec.url);
    try {
      await send(null);
    } finally {
      node.removeAttribute("aria-busy");
    }
  }
  return node;
}

function thumbs({ spec, send }) {
  const one = (sign, { text, value }) => el("button", { type: "button", class: "button overflow", "aria-label": text.text, title: text.text, on: { click: () => send(value) } }, sign);
  return el("span", {}, one("\u{1F44D}", spec.positive_button), one("\u{1F44E}", spec.negative_button));
}

function overflow({ spec, send }) {
  const run = (choice) => {
    if (choice.url && safeAddress(choice.url)) follow(choice.url);
    send(choice.value);
  };
  const node = el("button", { type: "button", class: "button overflow", "aria-label": "More options", "aria-haspopup": "menu", on: {
    click: () => menu(node, spec.options.map((choice) => ({ label: plainText(choice.text), detail: choice.description?.text, run: () => run(choice) }))),
  } }, "⋯");
  return node;
}

function temporal({ spec, state, send, name }, kind) {
  const value = state ? state[`selected_${kind}`] : spec[`initial_${kind}`];
  return whole(el("input", { type: kind, class: "field short", "aria-label": name, value }), (entered) => send(entered || null));
}

/** Reports a date or time once it is whole: typed ones with Enter or when the field is left, since each digit is a change. */
function whole(field, send) {
  let [typing, unsent] = [false, false];
  const report = () => {
    if (unsent) send(field.value);
    unsent = false;
  };
  field.addEventListener("pointerdown", () => { typing = false; });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") report();
    else if (event.key !== "Tab") typing = true;
  });
  field.addEventListener("change", () => {
    unsent = true;
    if (!typing) report();
  });
  field.addEventListener("blur", report);
  return field;
}

function files({ spec, state, name, surface, blockId }) {
  const most = spec.max_files ?? 10;
  const accept = spec.filetypes?.map((ending) => `.${ending}`).join(",");
  const list = el("ul", { class: "files" }, (state?.files ?? []).map((file) => el("li", {}, file.name)));
  const node = el("input", { type: "file", class: "field", "aria-label": name, accept, multiple: most > 1, on: { change: add } });
  async function add() {
    const picked = [...node.files];
    node.value = "";
    for (const file of picked) {
      const outcome = await surface.attach(blockId, spec.action_id, file.name, await base64Of(file));
      if (outcome?.ok) list.append(el("li", {}, file.name));
    }
    node.hidden = list.children.length >= most;
  }
  node.hidden = list.children.length >= most;
  return el("div", {}, node, list);
}

/** The bytes of a file in Base64, as the action "attach" sends them. */
function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

let groups = 0;

function boxes({ spec, state, send, name, surface }, kind) {
  const initial = state ? state.selected_options ?? state.selected_option : spec.initial_options ?? spec.initial_option;
  const chosen = [initial ?? []].flat().map((choice) => choice.value);
  const group = `group-${++groups}`;
  const node = el("div", { class: "boxes", role: kind === "radio" ? "radiogroup" : "group", "aria-label": name }, spec.options.map((choice) => {
    const box = el("input", { type: kind, name: group });
    box.checked = chosen.includes(choice.value);
    box.dataset.value = choice.value;
    return el("label", { class: "box" }, box, el("span", {}, textObject(choice.text, surface.look),
      choice.description && el("small", {}, textObject(choice.description, surface.look))));
  }));
  node.addEventListener("change", () => {
    const ticked = [...node.querySelectorAll("input:checked")].map((box) => box.dataset.value);
    send(kind === "radio" ? ticked[0] : ticked);
  });
  return node;
}

function field({ spec, state, send, name }) {
  const kind = spec.multiline ? { rows: 4 } : { type: "text" };
  return el(spec.multiline ? "textarea" : "input", {
    ...kind, value: state ? state.value : spec.initial_value, class: "field", "aria-label": name, placeholder: spec.placeholder?.text, maxlength: spec.max_length,
    on: {
      input: (event) => send(event.target.value, { isText: true, typing: true }),
      change: (event) => send(event.target.value, { isText: true }),
      keydown: (event) => {
        if (event.key === "Enter" && !spec.multiline) send(event.target.value, { isText: true, entered: true });
      },
    },
  });
}
