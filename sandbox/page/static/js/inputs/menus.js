// Menus, confirmation dialogs and toasts.

import { el } from "../app/dom.js";
import { textObject, withEmoji } from "../blocks/mrkdwn.js";

let closeOpen = null;

/** Shows `content` beside `anchor` until Escape, Tab, a click elsewhere or a call of the returned function. */
export function popover(anchor, content, { onClose } = {}) {
  closeOpen?.();
  const frame = el("div", { class: "popover" }, content);
  (anchor.closest("dialog") ?? document.body).append(frame);
  place(frame, anchor);
  const close = () => {
    const hadFocus = frame.contains(document.activeElement);
    frame.remove();
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", keys, true);
    if (closeOpen === close) closeOpen = null;
    onClose?.();
    if (hadFocus) anchor.focus({ preventScroll: true });
  };
  const outside = (event) => {
    if (!frame.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const keys = (event) => {
    // The browser goes on from the anchor, which has the focus again.
    if (event.key === "Tab") close();
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
    anchor.focus();
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  closeOpen = close;
  return close;
}

/** Puts a floating frame under its anchor, or above it where there is more space. */
export function place(frame, anchor) {
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - 12;
  const above = box.top - 12;
  const upwards = below < Math.min(frame.offsetHeight, 260) && above > below;
  frame.style.maxHeight = `${Math.min(420, upwards ? above : below)}px`;
  frame.style.maxWidth = `${Math.max(box.width, Math.min(440, window.innerWidth - 16))}px`;
  frame.style.minWidth = `${Math.min(box.width, window.innerWidth - 16)}px`;
  frame.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - frame.offsetWidth - 8))}px`;
  if (upwards) frame.style.bottom = `${window.innerHeight - box.top + 4}px`;
  else frame.style.top = `${box.bottom + 4}px`;
}

/** A menu of `items` ({label, detail, danger, run}); arrow keys move, Enter runs. */
export function menu(anchor, items, { title = null } = {}) {
  const list = el("div", { class: "menu", role: "menu" }, title && el("div", { class: "menu-title" }, title));
  const close = popover(anchor, list);
  for (const item of items) {
    list.append(el("button", {
      type: "button", role: "menuitem", class: item.danger ? "menu-item danger" : "menu-item",
      on: { click: () => { close(); item.run(); } },
    }, el("span", {}, item.label), item.detail && el("small", {}, item.detail)));
  }
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...list.querySelectorAll("button")];
    buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
  });
  list.querySelector("button")?.focus();
  return close;
}

/** True when the person confirms a `confirm` object ({title, text, confirm, deny, style}); true at once without one. */
export function confirmed(confirm, look) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const style = confirm.style === "danger" ? "button danger" : "button primary";
    const dialog = el("dialog", { class: "confirm", "aria-label": confirm.title?.text ?? "Confirm" },
      el("h2", {}, confirm.title?.text),
      el("div", { class: "confirm-text" }, textObject(confirm.text, look)),
      el("div", { class: "dialog-buttons" },
        el("button", { type: "button", class: "button", on: { click: () => dialog.close("") } }, confirm.deny?.text ?? "Cancel"),
        el("button", { type: "button", class: style, on: { click: () => dialog.close("yes") } }, confirm.confirm?.text ?? "Yes")));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const toasts = el("div", { class: "toasts", popover: "manual", role: "status", "aria-live": "polite" });

/** A short line at the bottom of the page, above everything; errors stay longer. */
export function toast(text, { error = false } = {}) {
  if (!toasts.isConnected) document.body.append(toasts);
  const line = el("div", { class: error ? "toast error" : "toast" }, el("span", {}, withEmoji(text)),
    el("button", { type: "button", "aria-label": "Dismiss", on: { click: () => drop() } }, "×"));
  const drop = () => {
    line.remove();
    if (!toasts.hasChildNodes()) toasts.hidePopover?.();
  };
  toasts.append(line);
  toasts.hidePopover?.();
  toasts.showPopover?.();
  setTimeout(drop, error ? 12000 : 6000);
}
