// Interactive elements: buttons, menus, pickers and fields.

import { el, safeAddress } from "../app/dom.js";
import { follow } from "../app/permalinks.js";
import { confirmed, menu } from "./menus.js";
import { plainText, textObject } from "../blocks/mrkdwn.js";
import { isSelect, select } from "./selects.js";
import { epochOf, localInput } from "../app/time.js";

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
  const name = label || spec.accessibility_label || spec.placeholder?.text || spec.type;
  if (isSelect(spec.type)) return select(spec, { label: name, surface, blockId, state, send });
  const make = KINDS[spec.type];
  if (!make) return el("span", { class: "unknown" }, `This page cannot draw "${spec.type}".`);
  return make({ spec, state, send, name, surface, blockId, inInput });
}

const KINDS = {
  button, workflow_button: button, overflow, image: (given) => picture(given.spec), feedback_buttons: feedback, icon_button: iconButton,
  datepicker: (given) => temporal(given, "date", "date"), timepicker: (given) => temporal(given, "time", "time"), datetimepicker: moment,
  checkboxes: (given) => boxes(given, "checkbox"), radio_buttons: (given) => boxes(given, "radio"),
  plain_text_input: (given) => field(given, given.spec.multiline ? null : "text"), rich_text_input: (given) => field(given, null),
  email_text_input: (given) => field(given, "email"), url_text_input: (given) => field(given, "url"),
  number_input: (given) => field(given, "text"), file_input: files,
};

/** A picture as a labelled frame: nothing is fetched from outside, so only its description is shown. */
export function picture(spec, size = "small") {
  return el("span", { class: `picture ${size}`, role: "img", "aria-label": spec.alt_text, title: spec.alt_text }, spec.alt_text);
}

function button({ spec, send }) {
  const node = el("button", { type: "button", class: `button ${spec.style ?? ""}`, "aria-label": spec.accessibility_label,
    "data-action": spec.action_id, on: { click: press } }, plainText(spec.text));
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

function feedback({ spec, surface, blockId }) {
  return el("span", { class: "feedback" }, [spec.positive_button, spec.negative_button].map((side, index) => {
    const node = el("button", { type: "button", class: "button quiet", "aria-label": side.accessibility_label ?? side.text.text, title: side.text.text,
      on: { click: () => { surface.perform(blockId, spec.action_id, side.value); node.classList.add("pressed"); } } }, index ? "👎" : "👍");
    return node;
  }));
}

function iconButton({ spec, send }) {
  return el("button", { type: "button", class: "button quiet", on: { click: () => send(null) } }, plainText(spec.text));
}

function temporal({ spec, state, send, name }, kind, part) {
  const value = state ? state[`selected_${part}`] : spec[`initial_${part}`];
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

function moment({ spec, state, send, name, surface }) {
  const seconds = state ? state.selected_date_time : spec.initial_date_time;
  const zone = surface.look.zone;
  const field = el("input", { type: "datetime-local", class: "field short", "aria-label": name, value: seconds ? localInput(seconds, zone) : "" });
  return whole(field, (entered) => send(entered ? String(epochOf(entered, zone)) : null));
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

function field({ spec, state, send, name }, type) {
  const tag = type === null ? "textarea" : "input";
  const plain = { value: state ? state.value : spec.initial_value, type, rows: type === null ? 4 : null };
  const rich = spec.type === "rich_text_input" ? { value: plainOf(state?.rich_text_value ?? spec.initial_value) } : {};
  return el(tag, {
    ...plain, ...rich, class: "field", "aria-label": name, placeholder: spec.placeholder?.text, maxlength: spec.max_length,
    inputmode: spec.type === "number_input" ? "decimal" : null, autofocus: spec.focus_on_load,
    on: {
      input: (event) => send(event.target.value, { isText: true, typing: true }),
      change: (event) => send(event.target.value, { isText: true }),
      keydown: (event) => {
        if (event.key === "Enter" && type !== null) send(event.target.value, { isText: true, entered: true });
      },
    },
  });
}

const plainOf = (rich) => (rich?.elements ?? []).flatMap((part) => part.elements ?? []).map((leaf) => leaf.text ?? "").join("");
