// Slack's own text format, drawn as nodes.

import { el, link } from "../app/dom.js";
import { dateText } from "../app/time.js";

const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", information_source: "ℹ️", bell: "🔔", calendar: "📅",
  eyes: "👀", tada: "🎉", rocket: "🚀", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", red_circle: "🔴",
  large_green_circle: "🟢", large_yellow_circle: "🟡", large_blue_circle: "🔵", white_circle: "⚪", star: "⭐", new: "🆕", point_right: "👉", wave: "👋",
  hourglass: "⌛", lock: "🔒", pencil2: "✏️", link: "🔗", speech_balloon: "💬", "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎",
};
const WORD = /[\p{L}\p{N}]/u;
const MARKS = { "*": "strong", _: "em", "~": "s" };
const HANGING = /^\s*(?:[•◦▪–-]|\d{1,3}[.)])\s/;
const QUOTED = /^(?:>|&gt;)\s?/;

/** The nodes of a mrkdwn text. `look` knows people, channels, zone and now. */
export function mrkdwn(text, look) {
  const nodes = [];
  text.split(/```\n?([\s\S]+?)```/).forEach((part, index) => {
    if (index % 2) nodes.push(el("pre", {}, unescape(part.replace(/<([^<>|]+)(?:\|[^<>]*)?>/g, "$1"))));
    else nodes.push(...paragraphs(index ? part.replace(/^\n/, "") : part, look));
  });
  return nodes;
}

/** A text object ({type, text}) as a node; plain text is shown exactly as sent, with emoji names drawn unless it says no. */
export function textObject(object, look, tag = "span") {
  if (!object) return null;
  if (object.type === "mrkdwn") return el(tag, { class: "mrkdwn" }, mrkdwn(object.text, look));
  return el(tag, { class: "plain" }, plainText(object));
}

/** The words of a plain text object, with emoji drawn unless its `emoji` is false. */
export const plainText = (object) => (object?.emoji === false ? object.text : withEmoji(object?.text ?? ""));

/** Replaces `:name:` of the emoji that are known here. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);

/** `&lt;`, `&gt;` and `&amp;` back to the characters. */
export const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const EXCERPT_CHARACTERS = 60;

/** The first words of a mrkdwn text, without its markup. */
export function excerpt(text) {
  // the names of emoji hold underscores
  const line = withEmoji(text ?? "").replace(/<[^<>|]*\|([^<>]*)>/g, "$1").replace(/[*_~`]/g, "").trim().split("\n")[0];
  const words = unescape(line);
  return words.length > EXCERPT_CHARACTERS ? `${words.slice(0, EXCERPT_CHARACTERS - 1)}…` : words;
}

function paragraphs(text, look) {
  const nodes = [];
  let quote = null;
  const lines = text.split("\n");
  lines.forEach((line, index) => {
    if (QUOTED.test(line)) {
      quote ??= nodes[nodes.push(el("blockquote")) - 1];
      if (quote.hasChildNodes()) quote.append("\n");
      quote.append(...inline(line.replace(QUOTED, ""), look));
      return;
    }
    quote = null;
    if (HANGING.test(line)) nodes.push(el("span", { class: "hanging" }, inline(line, look)));
    else nodes.push(...inline(line, look), ...(index < lines.length - 1 && !QUOTED.test(lines[index + 1]) ? ["\n"] : []));
  });
  return nodes;
}

function inline(text, look) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(withEmoji(unescape(plain)));
    plain = "";
  };
  for (let index = 0; index < text.length; ) {
    const found = control(text, index, look) ?? code(text, index) ?? marked(text, index, look) ?? bareLink(text, index);
    if (found) {
      flush();
      nodes.push(found.node);
      index += found.length;
    } else plain += text[index++];
  }
  flush();
  return nodes;
}

function code(text, index) {
  const match = text[index] === "`" && /^`([^`\n]+)`/.exec(text.slice(index));
  return match ? { node: el("code", {}, unescape(match[1])), length: match[0].length } : null;
}

function bareLink(text, index) {
  if (text[index] !== "h" || (index && WORD.test(text[index - 1]))) return null;
  const match = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"*_~]/.exec(text.slice(index));
  return match ? { node: link(unescape(match[0]), unescape(match[0])), length: match[0].length } : null;
}

function marked(text, index, look) {
  const mark = text[index];
  const tag = MARKS[mark];
  if (!tag || (index && (WORD.test(text[index - 1]) || text[index - 1] === mark))) return null;
  if (/\s/.test(text[index + 1] ?? " ") || text[index + 1] === mark) return null;
  for (let end = text.indexOf(mark, index + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    const after = text[end + 1];
    if (/\s/.test(text[end - 1]) || (after && (WORD.test(after) || after === mark))) continue;
    return { node: el(tag, {}, inline(text.slice(index + 1, end), look)), length: end + 1 - index };
  }
  return null;
}

function control(text, index, look) {
  const match = text[index] === "<" && /^<([^<>]+)>/.exec(text.slice(index));
  if (!match) return null;
  const [target, ...rest] = match[1].split("|");
  return { node: controlNode(target, rest.length ? rest.join("|") : null, look), length: match[0].length };
}

function controlNode(target, label, look) {
  if (target.startsWith("@")) return mention(target.slice(1), look, label);
  if (target.startsWith("#")) return channelMention(target.slice(1), look, label);
  if (target.startsWith("!date^")) return dateNode(target, label, look);
  if (target.startsWith("!")) return el("span", { class: "mention broadcast" }, unescape(label ?? `@${target.slice(1).split("^")[0]}`));
  const address = unescape(target);
  return link(address, withEmoji(unescape(label ?? address.replace(/^mailto:/, ""))));
}

/** "@Ann Lee" for a user id; one's own name is marked. */
export function mention(id, look, label = null) {
  const person = look.person(id);
  const name = person?.real_name ?? (label ? unescape(label).replace(/^@/, "") : id);
  return el("span", { class: id === look.me ? "mention mine" : "mention", title: person?.note }, `@${name}`);
}

/** "#abm-weekly" for a channel id, opening it when the member may; else without its name. */
export function channelMention(id, look, label = null) {
  const channel = look.channel(id);
  const name = channel?.name ?? (label ? unescape(label).replace(/^#/, "") : "private channel");
  if (!channel) return el("span", { class: "mention" }, `#${name}`);
  return el("button", { type: "button", class: "mention", on: { click: () => look.open(id) } }, `#${name}`);
}

function dateNode(target, label, look) {
  const [, seconds, template, address] = target.split("^");
  const moment = Number(seconds);
  if (!Number.isFinite(moment) || !template) return el("span", {}, unescape(label ?? target));
  const words = dateText(unescape(template), moment, look);
  return address ? link(unescape(address), words) : el("time", { title: unescape(label ?? "") }, words);
}
