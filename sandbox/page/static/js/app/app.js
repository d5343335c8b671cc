// The page: the chosen member, channel and thread, the latest state, and drawing them.

import { perform, fetchState, live } from "./api.js";
import { el } from "./dom.js";
import { lookOf } from "./look.js";
import { toast } from "../inputs/menus.js";
import { drawModal } from "../views/modal.js";
import { ChannelPane, ThreadPane } from "../panes/panes.js";
import { drawSidebar } from "../panes/sidebar.js";
import { TopBar } from "../panes/topbar.js";

class Page {
  constructor(root) {
    this.at = { as: null, channel: null, thread: null, tab: "messages", ...readAddress() };
    this.sidebar = el("nav", { class: "sidebar", "aria-label": "Conversations" });
    this.topbar = new TopBar(this);
    this.channel = new ChannelPane(this);
    this.thread = new ThreadPane(this);
    this.root = root;
    root.append(this.topbar.node, el("div", { class: "columns" }, this.sidebar, this.channel.node, this.thread.node));
    root.addEventListener("click", (event) => {
      if (!event.target.closest(".sidebar, .drawer")) root.classList.remove("with-sidebar");
    });
    addEventListener("hashchange", () => this.go(readAddress()));
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
      } catch {
        this.topbar.linked(false);
      }
    }
  }

  draw(state) {
    this.state = state;
    this.at = { ...this.at, as: state.me.id, channel: state.channel?.id ?? null, thread: state.thread?.ts ?? null };
    this.look = lookOf(state, (id) => this.open(id));
    writeAddress(this.at);
    this.markRead();
    document.title = `${state.channel ? this.look.channelName(state.channel.id) : state.team.name} | ${state.team.name}`;
    this.root.classList.toggle("with-thread", Boolean(state.thread));
    this.topbar.draw();
    drawSidebar(this.sidebar, this);
    this.channel.draw();
    this.thread.draw();
    drawModal(this);
  }

  /** Performs an action as the member; shows its error as a toast unless `quiet()` holds. */
  async perform(body, { quiet = () => false } = {}) {
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
    this.at = { ...this.at, ...change };
    this.root.classList.remove("with-sidebar");
    return this.refresh();
  }

  open(channel) {
    return this.go({ channel, thread: null, tab: "messages" });
  }

  become(as) {
    return this.go({ as, thread: null, tab: "messages" });
  }

  openThread(thread) {
    return this.go({ thread });
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

  toggleSidebar() {
    this.root.classList.toggle("with-sidebar");
  }

  isUnread(channel) {
    return Boolean(channel.latest) && channel.latest > (localStorage.getItem(this.readKey(channel.id)) ?? "0");
  }

  markRead() {
    const channel = this.state.channels.find((channel) => channel.id === this.state.channel?.id);
    if (channel?.latest) localStorage.setItem(this.readKey(channel.id), channel.latest);
  }

  readKey(channelId) {
    return `read ${this.state.me.id} ${channelId}`;
  }
}

function readAddress() {
  const [as, channel, thread, tab] = location.hash.slice(1).split("/").map((part) => decodeURIComponent(part) || null);
  return { ...(as && { as }), ...(channel && { channel }), thread: thread ?? null, tab: tab ?? "messages" };
}

function writeAddress({ as, channel, thread, tab }) {
  const address = `#${[as, channel, thread, tab === "messages" ? null : tab].map((part) => part ?? "").join("/").replace(/\/+$/, "")}`;
  if (address !== location.hash) history.replaceState(null, "", address);
}

const page = new Page(document.getElementById("page"));
await page.refresh();
// Loading the page on the Home tab opens it: the app gets the event and may publish it anew.
if (page.at.tab === "home" && page.state?.channel?.im_with === page.state?.bot.id) page.openTab("home");
live({ changed: () => page.refresh(), linked: (on) => page.topbar.linked(on) });
