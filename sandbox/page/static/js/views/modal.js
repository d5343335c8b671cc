// The modal in front of the member, and its stack.

import { drawBlocks } from "../blocks/blocks.js";
import { el, patch, rememberFocus } from "../app/dom.js";
import { confirmed } from "../inputs/menus.js";
import { withEmoji } from "../blocks/mrkdwn.js";
import { Form } from "./surfaces.js";

let open = null;
let opener = null;

/** Shows the top view of the member's stack, or nothing when there is none. */
export function drawModal(page) {
  const views = page.state.views;
  const view = views.at(-1);
  if (open && open.view.id !== view?.id) {
    open.dialog.close();
    open.dialog.remove();
    // A form behind it gets the focus of its own accord.
    if (!view) open.giveBack();
    opener = view ? open.giveBack : null;
    open = null;
  }
  if (!view) return;
  open ??= build(view, page);
  open.view = view;
  fill(open, views, page);
}

function build(view, page) {
  const form = new Form(view.id, page);
  // Forms in front of others give the focus back to where the first one was opened.
  const frame = { form, view, page, giveBack: opener ?? rememberFocus() };
  const part = (name, ...children) => el("div", { class: name }, ...children);
  frame.head = el("header");
  frame.notice = part("notice");
  frame.body = el("div", { class: "modal-body", tabindex: "-1" });
  frame.foot = el("footer");
  frame.dialog = el("dialog", { class: "modal", "aria-label": view.title }, frame.head, frame.notice, frame.body, frame.foot);
  form.onEnter = () => submit(frame);
  frame.dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close(frame, false);
  });
  frame.dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(frame);
  });
  document.body.append(frame.dialog);
  frame.dialog.showModal();
  return frame;
}

function fill(frame, views, page) {
  const { view, form } = frame;
  frame.dialog.setAttribute("aria-label", view.title);
  const head = [views.length > 1 && ["back", el("button", { type: "button", "aria-label": "Back", on: { click: () => close(frame, false) } }, "←")],
    [`title ${view.title}`, el("h1", {}, withEmoji(view.title), views.length > 1 && el("small", {}, ` ${views.length} of 3`))],
    ["close", el("button", { type: "button", "aria-label": "Close", on: { click: () => close(frame, views.length > 1) } }, "×")]];
  patch(frame.head, head.filter(Boolean).map(([key, node]) => ({ key: `${key} ${views.length}`, make: () => node })));
  frame.notice.textContent = view.notice ?? "";
  const first = !frame.body.hasChildNodes();
  drawBlocks(frame.body, view.blocks, form.surface(view));
  if (first) frame.body.querySelector("input, textarea, .picker, button")?.focus();
  const wrong = frame.body.querySelector(".wrong");
  const key = JSON.stringify(view.errors);
  if (wrong && frame.errorsShown !== key) wrong.scrollIntoView({ block: "center" });
  frame.errorsShown = key;
  patch(frame.foot, footItems(frame, page));
}

function footItems(frame) {
  const { view } = frame;
  const cancel = { key: `cancel ${view.close}`, make: () =>
    el("button", { type: "button", class: "button", on: { click: () => close(frame, false) } }, view.close ?? (view.submit ? "Cancel" : "Close")) };
  const send = { key: `send ${view.submit}`, make: () => el("button", {
    type: "button", class: "button primary", "data-submit": "", on: { click: () => submit(frame) } }, view.submit) };
  return view.submit ? [cancel, send] : [cancel];
}

async function submit(frame) {
  const button = frame.foot.querySelector("[data-submit]");
  if (!button || button.disabled || button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  await frame.form.flush();
  await frame.page.perform({ action: "submit", view_id: frame.view.id }, { quiet: () => isShownInForm(frame.page.state.views.at(-1)) });
  button.removeAttribute("aria-busy");
}

const isShownInForm = (view) => Boolean(view && (view.notice || Object.keys(view.errors).length));

async function close(frame, whole) {
  if (whole && !(await confirmed({
    title: { text: "Close all of them?" }, text: { type: "plain_text", text: "The input in the forms below is lost too." },
    confirm: { text: "Close all" }, deny: { text: "Stay" },
  }, frame.page.look))) return;
  await frame.form.flush();
  await frame.page.perform({ action: "close", view_id: frame.view.id, clear: whole });
}
