// The composer: messages, and slash commands completed from the app's manifest.

import { el, patch } from "../app/dom.js";
import { menu, place, toast } from "../inputs/menus.js";
import { mark, moveInList } from "../inputs/picker.js";

const drafts = new Map();

/** A composer. `target()` is where it writes to: {channel_id, thread_ts, placeholder}. */
export class Composer {
  constructor(page, target) {
    this.page = page;
    this.target = target;
    this.box = el("textarea", { rows: 1, "aria-label": "Message", on: {
      input: () => this.changed(), keydown: (event) => this.key(event), blur: () => setTimeout(() => this.suggest([]), 150),
    } });
    this.send = el("button", { type: "button", class: "send", "aria-label": "Send", on: { click: () => this.submit() } }, "➤");
    this.shortcuts = el("button", { type: "button", class: "round", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu",
      on: { click: () => this.openShortcuts() } }, "⚡");
    this.list = el("div", { class: "popover completions", role: "listbox", "aria-label": "Completions", hidden: true });
    this.prompts = el("div", { class: "prompts" });
    this.node = el("div", { class: "composer" }, this.prompts, el("div", { class: "composer-box" }, this.shortcuts, this.box, this.send), this.list);
  }

  /** Shows the draft of the current target; keeps what is being typed when the target stays. */
  draw() {
    const { channel_id: channel, thread_ts: thread, placeholder, prompts = [] } = this.target();
    const key = `${this.page.look.me} ${channel} ${thread ?? ""}`;
    if (key !== this.draftKey) {
      this.draftKey = key;
      this.box.value = drafts.get(key) ?? "";
      this.suggest([]);
      this.grow();
    }
    this.box.placeholder = placeholder;
    this.box.setAttribute("aria-label", placeholder);
    patch(this.prompts, prompts.map((prompt) => ({
      key: JSON.stringify(prompt),
      make: () => el("button", { type: "button", class: "button quiet", on: { click: () => this.say(prompt.message) } }, prompt.title),
    })));
  }

  changed() {
    drafts.set(this.draftKey, this.box.value);
    this.grow();
    this.suggest(completions(this.box, this.page));
  }

  grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 180)}px`;
    this.send.classList.toggle("ready", Boolean(this.box.value.trim()));
  }

  key(event) {
    if (event.isComposing) return;
    if (!this.list.hidden && this.completeWith(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }

  completeWith(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.suggest([]);
      return true;
    }
    const whole = this.offers.some((offer) => this.box.value.trim() === offer.fill.trim());
    if (event.key === "Enter" && (event.shiftKey || whole)) return false;
    if (event.key === "Tab") {
      event.preventDefault();
      this.list.querySelector(".marked")?.click();
      return true;
    }
    return moveInList(event, this.list);
  }

  suggest(offers) {
    this.offers = offers;
    this.list.hidden = !offers.length;
    this.list.replaceChildren(...offers.map((offer) => el("div", {
      role: "option", class: "option", on: { pointerdown: (event) => event.preventDefault(), click: () => this.take(offer) },
    }, el("span", {}, el("b", {}, offer.label), offer.hint && el("code", {}, offer.hint)), offer.detail && el("small", {}, offer.detail))));
    mark(this.list, 0);
    if (offers.length) place(this.list, this.node.querySelector(".composer-box"));
  }

  take(offer) {
    const end = this.box.selectionStart;
    this.box.setRangeText(offer.fill, end - offer.typed.length, end, "end");
    drafts.set(this.draftKey, this.box.value);
    this.suggest([]);
    this.grow();
    this.box.focus();
  }

  async submit() {
    const text = this.box.value.trim();
    if (!text) return;
    this.box.value = "";
    drafts.delete(this.draftKey);
    this.suggest([]);
    this.grow();
    const key = this.draftKey;
    const outcome = await this.say(text);
    if (outcome.ok || this.draftKey !== key || this.box.value) return;
    this.box.value = text;
    this.changed();
    this.suggest([]);
  }

  async say(text) {
    const { channel_id, thread_ts } = this.target();
    (thread_ts ? this.page.thread : this.page.channel).messages.follow();
    const action = text.startsWith("/") && !text.startsWith("//") ? "type_command" : "post";
    const outcome = await this.page.perform({ action, channel_id, thread_ts: thread_ts ?? null, text });
    // An agent answers every message in a thread of its own: open that at once.
    const { channel, bot } = this.page.state;
    if (outcome.ok && outcome.ts && !thread_ts && channel?.im_with === bot.id) await this.page.openThread(outcome.ts);
    return outcome;
  }

  openShortcuts() {
    const shortcuts = this.page.state.shortcuts.filter((shortcut) => shortcut.type === "global");
    if (!shortcuts.length) toast("The app offers no shortcuts here.");
    else menu(this.shortcuts, shortcuts.map((shortcut) => ({
      label: shortcut.name, detail: shortcut.description, run: () => this.page.perform({ action: "shortcut", callback_id: shortcut.callback_id }),
    })), { title: "Shortcuts" });
  }
}

function completions(box, { state, look }) {
  const typed = box.value.slice(0, box.selectionStart);
  if (/^\/\S*$/.test(typed)) {
    return state.commands.filter((command) => command.command.startsWith(typed.toLowerCase())).map((command) => ({
      label: command.command, hint: command.usage_hint, detail: command.description, fill: `${command.command} `, typed,
    }));
  }
  const word = /(?:^|\s)([@#][\w.-]*)$/.exec(typed)?.[1];
  if (!word) return [];
  const wanted = word.slice(1).toLowerCase();
  const offers = word[0] === "@"
    ? look.people().map((person) => ({ label: `@${person.name}`, detail: person.real_name, words: `${person.name} ${person.real_name}` }))
    : look.channels().filter((channel) => !channel.im_with).map((channel) => ({ label: `#${channel.name}`, words: channel.name }));
  return offers.filter((offer) => offer.words.toLowerCase().split(/\s/).some((part) => part.startsWith(wanted)))
    .slice(0, 8).map((offer) => ({ ...offer, fill: `${offer.label} `, typed: word }));
}
