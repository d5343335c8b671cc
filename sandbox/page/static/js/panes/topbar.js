// The top bar: the workspace, its clock, the button to the next due moment, and the hint line.

import { perform } from "../app/api.js";
import { el } from "../app/dom.js";
import { News } from "./news.js";
import { toast } from "../inputs/menus.js";
import { fullTime } from "../app/time.js";

/** The bar above everything; `linked` shows or hides the warning of a lost connection. */
export class TopBar {
  constructor(page) {
    this.page = page;
    this.team = el("strong");
    this.clock = el("time", { class: "clock", title: "The sandbox's own time, in this member's zone" });
    this.due = el("button", { type: "button", class: "button next-due", hidden: true, on: { click: () => this.nextDue() } }, "Next due moment");
    this.hint = el("span", { class: "hint-text" });
    this.hintLine = el("div", { class: "hint-line", hidden: true }, this.hint,
      el("button", { type: "button", "aria-label": "Hide this hint", on: { click: () => this.hideHint() } }, "×"));
    this.news = new News(page);
    this.lost = el("div", { class: "lost", role: "alert", hidden: true }, "The sandbox cannot be reached. This page reconnects by itself.");
    this.node = el("div", { class: "top" }, el("div", { class: "bar" }, this.team, el("span", { class: "space" }), this.clock, this.due), this.hintLine, this.news.node, this.lost);
    setInterval(() => this.tick(), 1000);
  }

  draw() {
    const { state } = this.page;
    this.fetched = { now: state.now, at: performance.now() };
    this.team.textContent = state.team.name;
    this.due.hidden = !state.can_move_on;
    this.hint.textContent = state.hint;
    this.hintLine.hidden = !state.hint || localStorage.getItem("hint hidden") === state.hint;
    this.news.draw();
    this.tick();
  }

  tick() {
    if (!this.fetched) return;
    const now = this.fetched.now + (performance.now() - this.fetched.at) / 1000;
    const { zone } = this.page.look;
    const [date, time] = fullTime(now, zone).split(", ");
    const parts = [el("span", { class: "wider" }, date.slice(0, 4)), date.slice(4, -5), el("span", { class: "wide" }, date.slice(-5)), `, ${time.slice(0, 5)}`,
      el("span", { class: "wide" }, ` ${zone.split("/").at(-1).replaceAll("_", " ")}`)];
    this.clock.replaceChildren(...parts);
  }

  linked(on) {
    this.lost.hidden = on;
  }

  hideHint() {
    localStorage.setItem("hint hidden", this.page.state.hint);
    this.hintLine.hidden = true;
  }

  async nextDue() {
    if (this.due.getAttribute("aria-busy")) return;
    this.due.setAttribute("aria-busy", "true");
    const outcome = await perform({ action: "next_due", as: this.page.at.as });
    this.due.removeAttribute("aria-busy");
    await this.page.refresh();
    if (!outcome.ok) toast(outcome.error, { error: true });
  }
}
