// Block Kit blocks as nodes.

import { chart } from "./charts.js";
import { el, patch } from "../app/dom.js";
import { element, picture } from "../inputs/elements.js";
import { markdown } from "./markdown.js";
import { plainText, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTable, plainTable } from "./tables.js";

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
  section, context, actions, input, container, card, alert,
  image: (block) => el("figure", {}, block.title && el("figcaption", {}, plainText(block.title)), picture(block, "large")),
  context_actions: actions,
  rich_text: (block, surface) => el("div", {}, richText(block, surface.look)),
  markdown: (block) => el("div", {}, markdown(block.text)),
  table: (block, surface) => plainTable(block, surface.look),
  data_table: (block, surface) => dataTable(block, surface.look),
  data_visualization: (block) => chart(block),
  carousel: (block, surface) => el("div", {}, block.elements.map((card) => drawBlock(card, surface))),
  video: (block) => el("figure", {}, el("figcaption", {}, plainText(block.title)), picture(block, "large")),
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
  return el("div", {}, block.elements.map((part) => (part.type === "image" ? picture(part) : textObject(part, look))));
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
  const heading = [
    block.icon && picture(block.icon),
    el("span", { class: "container-titles" },
      el("span", { class: "container-title" }, block.rich_text_title ? richText(block.rich_text_title, surface.look) : plainText(block.title)),
      block.subtitle && el("small", {}, textObject(block.subtitle, surface.look))),
  ];
  const body = el("div", { class: "container-body" }, block.child_blocks.map((child) => drawBlock(child, surface)));
  const shape = `${block.width ?? "standard"} ${block.has_header_divider ? "ruled" : ""}`;
  if (!block.is_collapsible) return el("div", { class: shape }, el("div", { class: "container-head" }, heading), body);
  return el("details", { class: shape, open: !block.default_collapsed }, el("summary", { class: "container-head" }, heading), body);
}

function card(block, surface) {
  const { look } = surface;
  return el("div", {},
    block.hero_image && picture(block.hero_image, "large"),
    el("div", { class: "card-head" }, block.icon && picture(block.icon),
      el("div", {}, block.title && textObject(block.title, look, "strong"), block.subtitle && textObject(block.subtitle, look, "small"))),
    block.body && textObject(block.body, look, "div"),
    block.subtext && textObject(block.subtext, look, "small"),
    block.actions && el("div", { class: "block-actions" }, block.actions.map((part) => element(part, { blockId: block.block_id, surface }))));
}

function alert(block, surface) {
  const level = block.level ?? "default";
  return el("div", { class: `level-${level}`, role: level === "error" ? "alert" : "note" }, textObject(block.text, surface.look, "div"));
}
