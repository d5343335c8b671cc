// One message of a conversation or thread, with its menu.

import { drawBlocks } from "../blocks/blocks.js";
import { avatar, el } from "../app/dom.js";
import { menu } from "../inputs/menus.js";
import { excerpt, mrkdwn } from "../blocks/mrkdwn.js";
import { messageSurface } from "../views/surfaces.js";
import { clockTime, dayKey, dayName, fullTime } from "../app/time.js";

const GROUPED_WITHIN_SECONDS = 300;

/**
 * The items of a message list for `patch`: day dividers and messages, close ones of one author drawn together. The line
 * "New" stands above the first message of others after `newAfter`; null for no line.
 */
export function messageItems(messages, page, { inThread = false, newAfter = null } = {}) {
  const { look } = page;
  const items = [];
  const firstNew = newAfter === null ? null : messages.find((message) => message.ts > newAfter && message.user !== look.me);
  let before = null;
  for (const message of messages) {
    const seconds = Number(message.ts);
    const day = dayKey(seconds, look.zone);
    const newDay = !before || dayKey(Number(before.ts), look.zone) !== day;
    if (newDay && !inThread) items.push(divider(day, dayName(seconds, look)));
    if (message === firstNew) items.push({ key: "new", make: () => el("div", { class: "new-line", role: "separator", "aria-label": "New messages" }, "New") });
    const grouped = !newDay && message !== firstNew && !message.broadcast && isTyped(message) && !message.ephemeral && !before.ephemeral && before.user === message.user &&
      seconds - Number(before.ts) < GROUPED_WITHIN_SECONDS && !(inThread && before.ts === message.thread_ts);
    items.push(messageItem(message, page, { grouped, inThread }));
    before = message;
  }
  return items;
}

const divider = (day, name) => ({ key: `day ${day} ${name}`, make: () => el("div", { class: "day" }, el("span", {}, name)) });

function messageItem(message, page, { grouped, inThread }) {
  return {
    key: `${message.ts} ${page.look.me}`,
    make: () => el("article", { class: "message", "data-ts": message.ts, tabindex: "-1" }, el("div", { class: "gutter" }), el("div", { class: "content" },
      el("div", { class: "head" }), el("div", { class: "body" }), el("div", { class: "foot" })), el("div", { class: "tools" })),
    update: (node) => {
      const shown = JSON.stringify([message, grouped, inThread]);
      if (node.shown === shown) return;
      node.shown = shown;
      draw(node, message, page, { grouped, inThread });
    },
  };
}

function draw(node, message, page, { grouped, inThread }) {
  const { look } = page;
  const author = look.author(message.user);
  const seconds = Number(message.ts);
  const part = (name) => node.querySelector(`:scope > .${name}, :scope > .content > .${name}`);
  const time = (label) => el("time", { title: fullTime(seconds, look.zone) }, label);
  for (const [name, on] of Object.entries({ grouped, ephemeral: message.ephemeral })) node.classList.toggle(name, on);
  part("gutter").replaceChildren(grouped ? time(clockTime(seconds, look.zone)) : avatar(author));
  part("head").replaceChildren(...(grouped ? [] : [
    el("strong", {}, message.name ?? author.real_name), author.is_bot && el("span", { class: "tag" }, "app"),
    author.badge && el("span", { class: "tag light" }, author.badge), time(clockTime(seconds, look.zone)),
  ].filter(Boolean)), ...(message.broadcast && !inThread ? [repliedTo(message, page)] : []));
  drawBody(part("body"), message, page);
  part("foot").replaceChildren(...[message.broadcast && inThread && el("div", { class: "only-you" }, "Also sent to the channel"), message.ephemeral && el("div", { class: "only-you" }, "Only visible to you"),
    !inThread && message.reply_count > 0 && threadLine(message, page)].filter(Boolean));
  part("tools").replaceChildren(...(message.ephemeral ? [] : tools(message, page, inThread)));
}

/** The line above a reply that was also sent to the channel: the start of the message that it answers, opening the thread. */
function repliedTo(message, page) {
  const root = page.state.channel.messages.find((other) => other.ts === message.thread_ts);
  return el("div", { class: "replied-to" }, "replied to a thread: ",
    el("button", { type: "button", class: "as-link", on: { click: () => page.openThread(message.thread_ts) } }, excerpt(root?.text) || "the thread"));
}

function drawBody(body, message, page) {
  if (!isTyped(message)) drawBlocks(body, message.blocks, messageSurface(message, page));
  else {
    body.patched = undefined;
    body.replaceChildren(el("div", { class: "mrkdwn" }, mrkdwn(message.text, page.look)));
  }
  for (const file of message.files) body.append(el("div", { class: "attachment" }, file));
  if (message.edited) body.append(el("span", { class: "edited" }, "(edited)"));
}

/** True for a typed message: it has only rich_text blocks, and its text has the same content. */
const isTyped = (message) => message.blocks.every((block) => block.type === "rich_text" && !message.name);

function threadLine(message, page) {
  const { look } = page;
  const count = message.reply_count;
  const last = Number(message.latest_reply);
  return el("button", { type: "button", class: "thread-line", on: { click: () => page.openThread(message.ts) } },
    message.reply_users.slice(0, 4).map((id) => avatar(look.author(id), "tiny")),
    el("b", {}, `${count} ${count === 1 ? "reply" : "replies"}`),
    el("small", {}, `Last reply ${dayName(last, look).toLowerCase() === "today" ? "today" : dayName(last, look)} at ${clockTime(last, look.zone)}`));
}

function tools(message, page, inThread) {
  const reply = el("button", { type: "button", title: "Reply in thread", "aria-label": "Reply in thread",
    on: { click: () => page.openThread(message.thread_ts ?? message.ts) } }, "💬");
  const more = el("button", { type: "button", title: "More actions", "aria-label": "More actions", "aria-haspopup": "menu",
    on: { click: () => menu(more, moreItems(message, page)) } }, "⋮");
  return inThread ? [more] : [reply, more];
}

function moreItems(message, page) {
  const shortcuts = page.state.shortcuts.filter((shortcut) => shortcut.type === "message").map((shortcut) => ({
    label: shortcut.name, detail: shortcut.description,
    run: () => page.perform({ action: "shortcut", callback_id: shortcut.callback_id, target: { channel_id: message.channel_id, ts: message.ts } }),
  }));
  return [...shortcuts, { label: "Copy text", run: () => navigator.clipboard?.writeText(message.text) }];
}
