// The sidebar: the chosen member, their channels, and the app.

import { avatar, el, patch } from "../app/dom.js";
import { chooseFrom, matching } from "../inputs/picker.js";

/** Draws the sidebar into `node`. */
export function drawSidebar(node, page) {
  const { state } = page;
  const channels = state.channels.filter((channel) => !channel.im_with);
  patch(node, [
    { key: `me ${JSON.stringify(state.me)}`, make: () => switcher(page) },
    heading("Channels"), ...channels.map((channel) => channelItem(channel, page)),
    !channels.length && { key: "none", make: () => el("p", { class: "none" }, state.me.deleted ? "A deactivated account sees nothing." : "No channel yet.") },
    heading("Apps"), appItem(page),
  ].filter(Boolean));
}

const heading = (name) => ({ key: `heading ${name}`, make: () => el("h2", {}, name) });

function entry(key, { label, sign, current, unread, detail, run }) {
  return {
    key: JSON.stringify([key, label, sign, detail]),
    make: () => el("button", { type: "button", class: "channel", on: { click: run } },
      el("span", { class: "sign" }, sign), el("span", { class: "channel-name" }, label), el("span", { class: "count" }), detail && el("small", {}, detail)),
    update: (node) => {
      node.classList.toggle("current", current);
      node.classList.toggle("unread", unread > 0);
      node.querySelector(".count").textContent = unread ? String(unread) : "";
      node.setAttribute("aria-label", unread ? `${label}, ${unread} unread` : label);
      if (current) node.setAttribute("aria-current", "page");
      else node.removeAttribute("aria-current");
    },
  };
}

function channelItem(channel, page) {
  return entry(channel.id, {
    label: channel.name, sign: channel.is_private ? "🔒" : "#", current: page.at.channel === channel.id, unread: channel.unread,
    detail: channel.is_archived ? "archived" : channel.is_shared ? "shared" : "", run: () => page.open(channel.id),
  });
}

function appItem(page) {
  const { state } = page;
  const channel = state.channels.find((channel) => channel.im_with === state.bot.id);
  return entry("app", {
    label: state.bot.real_name, sign: avatar(state.bot, "tiny"), current: Boolean(channel) && page.at.channel === channel.id,
    unread: channel?.unread ?? 0, detail: "app", run: () => page.openApp(),
  });
}

function switcher(page) {
  const { me } = page.state;
  const face = el("button", { type: "button", class: "switcher", "data-action": "act-as", "aria-haspopup": "listbox", "aria-label": `Act as ${me.real_name}`,
    on: { click: () => choose(face, page) } },
  avatar(me), el("span", { class: "switcher-name" }, el("small", {}, "Act as"), el("strong", {}, me.real_name), me.note && el("small", {}, me.note)),
  el("span", { class: "caret" }, "▾"));
  return face;
}

function choose(face, page) {
  const people = page.state.people.filter((person) => !person.is_bot).map((person) => ({
    value: person.id, label: person.real_name, detail: person.note || `@${person.name}`, words: `@${person.name}`, face: avatar(person, "small"),
  }));
  chooseFrom(face, {
    label: "Act as", load: (query) => matching(people, query), isChosen: (id) => id === page.look.me,
    pick: (person, close) => { close(); page.become(person.value); },
  });
}

/** Arrow keys move through the channels. */
export function moveInSidebar(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches(".sidebar > button")) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll(":scope > button")];
  buttons.at((buttons.indexOf(event.target) + step) % buttons.length).focus();
}
