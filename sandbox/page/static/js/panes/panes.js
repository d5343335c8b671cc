// The panes: a channel, the app's Home, a thread.

import { drawBlocks } from "../blocks/blocks.js";
import { el, patch } from "../app/dom.js";
import { Composer } from "./compose.js";
import { MessageList } from "./list.js";
import { messageItems } from "./message.js";
import { Form } from "../views/surfaces.js";

/** The channel pane: heading, tabs of the app, messages or Home, composer. */
export class ChannelPane {
  constructor(page) {
    this.page = page;
    this.title = el("h1");
    this.about = el("small");
    this.tabs = el("div", { class: "tabs", role: "tablist" });
    this.messages = new MessageList("Messages");
    this.home = el("div", { class: "home", role: "tabpanel" });
    this.closed = el("div", { class: "closed" });
    this.composer = new Composer(page, () => this.target());
    this.drawer = el("button", { type: "button", class: "round drawer", "aria-label": "Show channels", on: { click: () => page.showSidebar(true) } }, "☰");
    this.node = el("section", { class: "pane channel-pane" }, el("header", {}, this.drawer, el("div", { class: "titles" }, this.title, this.about), this.tabs),
      this.messages.frame, this.home, this.closed, this.composer.node);
  }

  target() {
    const { state, look } = this.page;
    const channel = state.channel;
    return { channel_id: channel?.id, placeholder: `Message ${look.channelName(channel?.id)}`, prompts: channel?.messages.length ? [] : channel?.prompts };
  }

  draw() {
    const { page } = this;
    const channel = page.state.channel;
    const isApp = channel?.im_with === page.state.bot.id;
    const onHome = page.isOnHome;
    const others = page.state.channels.reduce((sum, other) => sum + (other.id === channel?.id ? 0 : other.unread), 0);
    this.drawer.classList.toggle("unread", others > 0);
    this.drawer.setAttribute("aria-label", others ? `Show channels, ${others} unread` : "Show channels");
    this.title.textContent = channel ? page.look.channelName(channel.id) : "Nothing to show";
    this.about.textContent = channel ? aboutChannel(channel) : "";
    patch(this.tabs, isApp ? ["home", "messages"].map((tab) => this.tab(tab)) : []);
    this.messages.frame.hidden = onHome;
    this.home.hidden = !onHome;
    this.closed.hidden = !channel?.is_archived;
    this.closed.textContent = "This channel is archived. You can read it, but not post here.";
    this.composer.node.hidden = onHome || !channel || channel.is_archived;
    if (onHome) this.drawHome();
    else this.drawMessages(channel);
    if (channel && !this.composer.node.hidden) this.composer.draw();
  }

  drawMessages(channel) {
    const key = `${this.page.look.me} ${channel?.id}`;
    // What was unread when the channel was opened stays marked as new until it is left.
    if (this.messages.key !== key) this.newAfter = channel?.unread ? channel.read_until : null;
    this.messages.draw(key, () => this.items(channel));
  }

  items(channel) {
    const { page } = this;
    if (!channel) return [{ key: "none", make: () => el("p", { class: "empty" }, "This member is in no channel.") }];
    if (!channel.messages.length) return [{ key: `empty ${channel.id}`, make: () => el("p", { class: "empty" }, "There are no messages here yet.") }];
    const busy = channel.status && [{ key: `status ${channel.status}`, make: () => el("p", { class: "status" }, `${page.state.bot.real_name} ${channel.status}`) }];
    return [...messageItems(channel.messages, page, { newAfter: this.newAfter }), ...(busy || [])];
  }

  tab(name) {
    const label = { home: "Home", messages: "Messages" }[name];
    return {
      key: name,
      make: () => el("button", { type: "button", role: "tab", "aria-label": label, on: { click: () => this.page.openTab(name) } }, label),
      update: (node) => {
        const on = this.page.at.tab === name;
        node.classList.toggle("current", on);
        node.setAttribute("aria-selected", String(on));
      },
    };
  }

  drawHome() {
    const view = this.page.state.home;
    if (!view) {
      this.home.patched = undefined;
      this.home.replaceChildren(el("p", { class: "empty" }, "The app has not published a Home for this member."));
      return;
    }
    if (this.form?.viewId !== view.id) this.form = new Form(view.id, this.page);
    if (this.homeOf !== view.id) this.home.patched = undefined;
    this.homeOf = view.id;
    drawBlocks(this.home, view.blocks, this.form.surface(view));
  }
}

function aboutChannel(channel) {
  if (channel.im_with) return "";
  const people = `${channel.member_count} member${channel.member_count === 1 ? "" : "s"}`;
  return [people, channel.is_private && "private", channel.is_shared && "shared with another company", channel.is_archived && "archived"].filter(Boolean).join(", ");
}

/** The thread pane: the root, its replies, a composer of its own. */
export class ThreadPane {
  constructor(page) {
    this.page = page;
    this.messages = new MessageList("Thread messages");
    this.composer = new Composer(page, () => ({
      channel_id: page.state.channel?.id, thread_ts: page.state.thread?.ts, placeholder: "Reply",
    }));
    this.where = el("small");
    this.close = el("button", { type: "button", class: "round", "aria-label": "Close thread", on: { click: () => this.shut() } }, "×");
    this.node = el("aside", { class: "pane thread-pane", "aria-label": "Thread", on: {
      keydown: (event) => { if (event.key === "Escape" && !event.defaultPrevented) this.shut(); },
    } }, el("header", {}, el("div", { class: "titles" }, el("h1", {}, "Thread"), this.where), this.close), this.messages.frame, this.composer.node);
  }

  /** Puts the focus into the thread: in its message field, or on its heading where a keyboard would cover the screen. */
  take() {
    if (matchMedia("(hover: none)").matches || this.composer.node.hidden) this.close.focus({ preventScroll: true });
    else this.composer.box.focus({ preventScroll: true });
  }

  /** Closes the thread; the focus goes back to the message that it belongs to. */
  async shut() {
    const root = this.page.at.thread;
    await this.page.openThread(null);
    const message = this.page.channel.messages.list.querySelector(`[data-ts="${root}"]`);
    (message?.querySelector(".thread-line") ?? message)?.focus({ preventScroll: true });
  }

  draw() {
    const { thread, channel } = this.page.state;
    this.node.hidden = !thread;
    if (!thread) {
      this.messages.forget();
      return;
    }
    this.where.textContent = [thread.title, this.page.look.channelName(channel.id)].filter(Boolean).join(" · ");
    this.messages.draw(`${this.page.look.me} ${thread.ts}`, () => this.items(thread));
    this.composer.node.hidden = channel.is_archived;
    this.composer.draw();
  }

  items(thread) {
    const items = messageItems(thread.messages, this.page, { inThread: true });
    const count = thread.messages.filter((message) => message.ts !== thread.ts).length;
    const line = { key: `count ${count}`, make: () => el("div", { class: "day left" }, el("span", {}, `${count} ${count === 1 ? "reply" : "replies"}`)) };
    if (count) items.splice(1, 0, line);
    const status = thread.status && { key: `status ${thread.status}`, make: () => el("p", { class: "status" }, `${this.page.state.bot.real_name} ${thread.status}`) };
    return status ? [...items, status] : items;
  }
}
