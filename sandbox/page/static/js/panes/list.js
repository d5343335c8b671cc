// A list of messages that keeps its place: at the end, at the line "New", or where it was scrolled to.

import { el, patch } from "../app/dom.js";

const NEAR_END_IN_PX = 60;
const NEW_LINE_FROM_TOP_IN_PX = 48;

/** The list in its frame, with a button that tells of messages below what is shown. */
export class MessageList {
  constructor(label) {
    this.list = el("div", { class: "messages", role: "log", "aria-label": label, tabindex: "0", on: {
      scroll: () => this.scrolled(), wheel: () => this.release(), touchmove: () => this.release(), pointerdown: () => this.release(), keydown: () => this.release(),
    } });
    this.below = el("button", { type: "button", class: "button below", hidden: true, on: { click: () => this.toEnd() } });
    this.frame = el("div", { class: "list-frame" }, this.list, this.below);
  }

  /**
   * Draws `items` and keeps the place: at the end if the list was there, else at the same message. A list with another
   * `key` than before is new: it is shown from the line "New" on, at its end where there is none.
   */
  draw(key, items) {
    const { list } = this;
    const fresh = this.key !== key;
    const top = list.scrollTop;
    const atEnd = this.isAtEnd && !this.held;
    this.key = key;
    if (fresh) this.held = null;
    if (fresh) list.patched = undefined;
    patch(list, items());
    const line = fresh && list.querySelector(".new-line");
    if (line) list.scrollTop += line.getBoundingClientRect().top - list.getBoundingClientRect().top - NEW_LINE_FROM_TOP_IN_PX;
    else list.scrollTop = fresh || atEnd ? list.scrollHeight : top;
    if (this.held) this.top(this.held);
    this.endTop = !line && (fresh || atEnd) ? list.scrollTop : null;
    this.tell(fresh);
  }

  /** Makes the next drawing show it from its beginning or end, as if it were another list. */
  forget() {
    this.key = null;
  }

  /** Makes the next drawing end at the newest message, for one who has just written. */
  follow() {
    this.release();
    this.endTop = this.list.scrollTop;
  }

  /** Scrolls to a message and returns it, null when it is not in the list. */
  lead(ts) {
    this.release();
    const node = this.list.querySelector(`[data-ts="${ts}"]`);
    if (!node) return null;
    this.endTop = null;
    node.scrollIntoView({ block: node.offsetHeight > this.list.clientHeight ? "start" : "center" });
    return node;
  }

  /** Shows this message at the top, and keeps it there while others come below, until somebody scrolls; false when it is not there. */
  begin(ts) {
    this.held = this.list.querySelector(`[data-ts="${ts}"]`);
    if (!this.held) return false;
    this.top(this.held);
    return true;
  }

  top(node) {
    this.endTop = null;
    node.scrollIntoView({ block: "start" });
  }

  release() {
    this.held = null;
  }

  // A list scrolled to its end and not moved since stays at the end, though it may have grown or become narrower.
  get isAtEnd() {
    const { list } = this;
    return list.scrollTop === this.endTop || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_IN_PX;
  }

  tell(fresh) {
    const messages = this.list.querySelectorAll("[data-ts]").length;
    if (fresh || this.isAtEnd) this.seen = messages;
    const more = messages - this.seen;
    this.below.hidden = more <= 0;
    this.below.textContent = `${more} new ${more === 1 ? "message" : "messages"} below ↓`;
  }

  scrolled() {
    if (this.isAtEnd) this.tell(false);
  }

  toEnd() {
    this.release();
    this.list.scrollTop = this.list.scrollHeight;
    this.list.focus();
  }
}
