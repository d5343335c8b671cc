// The page: the chosen member, channel and thread, the latest state, and drawing them.

import { fetchState, live, lookOf, perform } from "./api.js";
import { el, keepFocus } from "./dom.js";
import { fragment, leadInto, placeInAddress } from "./permalinks.js";
import { toast } from "../inputs/menus.js";
import { drawModal } from "../views/modal.js";
import { ChannelPane, ThreadPane } from "../panes/panes.js";
import { drawSidebar, moveInSidebar } from "../panes/sidebar.js";
import { TopBar } from "../panes/topbar.js";

class Page {
  constructor(root) {
    this.at = { as: null, channel: null, thread: null, tab: "messages", message: null, ...placeInAddress() };
    // who has just come is led to what the page opens with, as soon as it is there
    this.opens = !this.at.channel;
    // the newest message or reply before the member did something, until the answer to it is shown
    this.acted = null;
    this.sidebar = el("nav", { class: "sidebar", "aria-label": "Conversations", on: { keydown: moveInSidebar } });
    this.topbar = new TopBar(this);
    this.channel = new ChannelPane(this);
    this.thread = new ThreadPane(this);
    this.root = root;
    root.append(this.topbar.node, el("div", { class: "columns" }, this.sidebar, this.channel.node, this.thread.node));
    root.addEventListener("click", (event) => {
      if (!event.target.closest(".sidebar, .drawer")) this.showSidebar(false);
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.showSidebar(false);
    });
    // the address as it was followed: a drawing before the event has put the place shown back into it
    addEventListener("hashchange", (event) => this.go(placeInAddress(new URL(event.newURL).hash)));
    addEventListener("visibilitychange", () => this.state && this.markRead());
  }

  /** Fetches the state and draws it; calls during a fetch lead to one more fetch, not to many. */
  refresh() {
    this.again = true;
    this.running ??= this.run().finally(() => { this.running = null; });
    return this.running;
  }

  async run() {
    while (this.again) {
      this.again = false;
      const before = JSON.stringify(this.at);
      try {
        const state = await fetchState(this.at);
        if (before === JSON.stringify(this.at)) this.draw(state);
        else this.again = true;
      } catch (error) {
        console.error(error);
        this.topbar.linked(false);
      }
    }
  }

  draw(state) {
    const { message } = this.at;
    this.state = state;
    this.at = { ...this.at, as: state.me.id, channel: state.channel?.id ?? null, thread: state.thread?.ts ?? null, message: null };
    leadInto(state.team.url);
    this.look = lookOf(state, (id) => this.open(id));
    writeAddress(this.at);
    document.title = `${state.channel ? this.look.channelName(state.channel.id) : state.team.name} | ${state.team.name}`;
    this.root.classList.toggle("with-thread", Boolean(state.thread));
    keepFocus(() => {
      this.topbar.draw();
      drawSidebar(this.sidebar, this);
      this.channel.draw();
      this.thread.draw();
      drawModal(this);
    });
    if (state.not_found) toast(state.not_found, { error: true });
    else if (message) this.reveal(message);
    else if (this.opens && state.opens_with) this.opens = !this.channel.messages.begin(state.opens_with);
    this.markRead();
    this.openAnswer();
  }

  /** Opens the thread in which the app answered what the member has just done in its direct messages. */
  openAnswer() {
    const { channel, bot } = this.state;
    if (this.acted === null || channel?.im_with !== bot.id || this.isOnHome) return;
    const answered = channel.messages.find((message) => message.latest_reply > this.acted && message.reply_users.includes(bot.id));
    if (!answered) return;
    if (answered.ts !== this.at.thread) this.go({ thread: answered.ts });
    this.acted = null;
  }

  /** Scrolls to a message, in its thread or its channel, and flashes it. */
  reveal(ts) {
    const pane = this.state.thread?.messages.some((reply) => reply.ts === ts && ts !== this.state.thread.ts) ? this.thread : this.channel;
    const node = pane.messages.lead(ts);
    if (!node) return;
    node.focus({ preventScroll: true });
    node.classList.remove("flash");
    void node.offsetWidth;
    node.classList.add("flash");
  }

  /** Performs an action as the member; shows its error as a toast unless `quiet()` holds. */
  async perform(body, { quiet = () => false } = {}) {
    this.acted = newest(this.state.channel);
    const outcome = await perform({ as: this.at.as, ...body });
    await this.refresh();
    if (!outcome.ok && outcome.error && !quiet()) toast(outcome.error, { error: true });
    return outcome;
  }

  /** The options that the app offers for a select with an external source. */
  async suggest(body) {
    const outcome = await perform({ action: "suggest", as: this.at.as, ...body });
    return outcome.response ?? {};
  }

  go(change) {
    this.opens = false;
    if (change.channel !== undefined) this.acted = null;
    this.at = { ...this.at, message: null, ...change };
    this.showSidebar(false);
    return this.refresh();
  }

  open(channel) {
    return this.go({ channel, thread: null, tab: "messages" });
  }

  become(as) {
    return this.go({ as, thread: null, tab: "messages" });
  }

  async openThread(thread) {
    await this.go({ thread });
    if (thread) this.thread.take();
  }

  async openApp() {
    const outcome = await perform({ action: "open_im", as: this.at.as });
    if (!outcome.ok) return toast(outcome.error, { error: true });
    await this.go({ channel: outcome.channel_id, thread: null });
    return this.openTab(this.at.tab);
  }

  async openTab(tab) {
    await this.go({ tab });
    return this.perform({ action: "open_home", tab });
  }

  /** Slides the sidebar in or out, where the screen is too narrow for it. */
  showSidebar(on) {
    const was = this.root.classList.contains("with-sidebar");
    this.root.classList.toggle("with-sidebar", on);
    if (was === on) return;
    if (on) this.sidebar.querySelector("button")?.focus();
    else if (!document.activeElement || this.sidebar.contains(document.activeElement)) this.channel.drawer.focus();
  }

  /** True while the member sees the app's Home in place of messages. */
  get isOnHome() {
    return this.at.tab === "home" && this.state.channel?.im_with === this.state.bot.id;
  }

  /** Tells the sandbox that the member has read the channel shown, unless the page is in the background. */
  markRead() {
    const { channel } = this.state;
    if (!channel?.unread || this.isOnHome || document.hidden) return;
    perform({ action: "mark_read", as: this.at.as, channel_id: channel.id, ts: channel.latest });
  }
}

/** The ts of the newest message or reply of a channel. */
const newest = (channel) => channel?.messages.flatMap((message) => [message.ts, message.latest_reply ?? ""]).sort().at(-1) ?? "";

function writeAddress(place) {
  const address = fragment(place);
  if (address !== location.hash) history.replaceState(null, "", address);
}

const page = new Page(document.getElementById("page"));
await page.refresh();
// Loading the page on the Home tab opens it: the app gets the event and may publish it anew.
if (page.state && page.isOnHome) page.openTab("home");
live({ changed: () => page.refresh(), linked: (on) => page.topbar.linked(on) });
