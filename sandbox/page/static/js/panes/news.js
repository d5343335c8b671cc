// What came of the last move of the clock: the messages that the app posted or changed, with links to them.

import { el } from "../app/dom.js";
import { fragment } from "../app/permalinks.js";
import { excerpt } from "../blocks/mrkdwn.js";

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
