// The top bar: the workspace, its clock, the button to the next due moment, and the hint line.

import { perform } from "../app/api.js";
import { el } from "../app/dom.js";
import { toast } from "../inputs/menus.js";
import { fullTime } from "../app/time.js";
import { fragment } from "../app/permalinks.js";
import { excerpt } from "../blocks/mrkdwn.js";

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

// What came of the last move of the clock: the messages that the app posted or changed, with links to them.

/** The panel below the top bar; it stays until it is closed or the clock is moved again. */
export class News {
  constructor(page) {
    this.page = page;
    this.body = el("div", { class: "news-body" });
    this.node = el("section", { class: "news", role: "status", "aria-label": "What happened", hidden: true, on: {
      keydown: (event) => { if (event.key === "Escape" && !event.defaultPrevented) this.shut(); },
    } }, this.body,
      el("button", { type: "button", "aria-label": "Close what happened", on: { click: () => this.shut() } }, "×"));
  }

  draw() {
    const { move } = this.page.state;
    this.node.hidden = !move || sessionStorage.getItem("news closed") === move.number;
    const shown = JSON.stringify(move);
    if (this.node.hidden || this.shown === shown) return;
    this.shown = shown;
    const quiet = move.is_done && !move.places.length && "Nothing was posted.";
    const words = [move.text, !move.is_done && "The app is posting…", quiet].filter(Boolean).join(" ");
    this.body.replaceChildren(el("p", {}, words), move.places.length > 0 && el("ul", {}, move.places.map(placeItem)) || "");
  }

  shut() {
    sessionStorage.setItem("news closed", this.page.state.move.number);
    this.node.hidden = true;
    this.page.topbar.due.focus();
  }
}

function placeItem(place) {
  const links = place.posts.map((post, index) => [index ? ", " : "", el("a", { href: addressOf(place, post.ts) }, excerpt(post.title))]);
  const more = place.count - place.posts.length;
  const changed = place.changed ? `${place.changed} ${place.changed === 1 ? "message" : "messages"} brought up to date` : "";
  return el("li", {}, el("b", {}, place.is_direct ? `To ${place.name} alone` : place.name), ": ", links,
    more > 0 && ` and ${more} more`, links.length && changed ? "; " : "", changed);
}

const addressOf = (place, ts) => fragment({ as: place.as, channel: place.channel_id, message: ts });
