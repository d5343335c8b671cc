// Block Kit blocks as nodes.

import { chart, dataTable, plainTable } from "./data.js";
import { el, patch } from "../app/dom.js";
import { element } from "../inputs/elements.js";
import { plainText, textObject } from "./mrkdwn.js";

/** Draws `blocks` into `parent`; unchanged blocks keep their node, with its input and folding. */
export function drawBlocks(parent, blocks, surface) {
  patch(parent, blocks.map((block) => ({
    key: JSON.stringify([block, surface.errors?.[block.block_id] ?? null]),
    make: () => drawBlock(block, surface),
  })));
}

/** One block as a node; a type this page does not know is named instead. */
export function drawBlock(block, surface) {
  const draw = BLOCKS[block.type];
  const node = draw ? draw(block, surface) : el("div", { class: "unknown" }, `This page cannot draw a "${block.type}" block.`);
  node.classList.add("block", `block-${block.type}`);
  if (block.block_id) node.dataset.block = block.block_id;
  return node;
}

const BLOCKS = {
  header: (block) => el("h2", {}, plainText(block.text)),
  divider: () => el("hr"),
  section, context, actions, context_actions: actions, input, container,
  table: plainTable, data_table: dataTable, data_visualization: chart,
};

function section(block, surface) {
  const { look } = surface;
  return el("div", { class: block.accessory ? "with-accessory" : "" },
    el("div", { class: "section-body" },
      block.text && textObject(block.text, look, "div"),
      block.fields && el("div", { class: "fields" }, block.fields.map((field) => textObject(field, look, "div")))),
    block.accessory && el("div", { class: "accessory" }, element(block.accessory, { blockId: block.block_id, surface })));
}

function context(block, { look }) {
  return el("div", {}, block.elements.map((part) => textObject(part, look)));
}

function actions(block, surface) {
  return el("div", {}, block.elements.map((part) => element(part, { blockId: block.block_id, surface })));
}

function input(block, surface) {
  const error = surface.errors?.[block.block_id];
  const label = plainText(block.label);
  const control = element(block.element, { blockId: block.block_id, surface, label, inInput: true });
  if (error) control.setAttribute("aria-invalid", "true");
  return el("div", { class: error ? "wrong" : "" },
    el("div", { class: "label" }, label, block.optional && el("span", { class: "optional" }, "(optional)")),
    control,
    error && el("div", { class: "field-error", role: "alert" }, error),
    block.hint && el("div", { class: "hint" }, plainText(block.hint)));
}

function container(block, surface) {
  const title = el("span", { class: "container-title" }, plainText(block.title));
  const body = el("div", { class: "container-body" }, block.child_blocks.map((child) => drawBlock(child, surface)));
  if (!block.is_collapsible) return el("div", {}, el("div", { class: "container-head" }, title), body);
  return el("details", { open: !block.default_collapsed }, el("summary", { class: "container-head" }, title), body);
}
