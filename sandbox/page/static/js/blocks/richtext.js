// rich_text blocks, as the composer and the app send them.

import { el, link } from "../app/dom.js";
import { channelMention, mention, withEmoji } from "./mrkdwn.js";
import { dateText } from "../app/time.js";

/** The nodes of a rich_text block (or of a rich_text cell of a table). */
export function richText(block, look) {
  return (block.elements ?? []).map((part) => partNode(part, look));
}

function partNode(part, look) {
  const children = () => (part.elements ?? []).map((leaf) => leafNode(leaf, look));
  if (part.type === "rich_text_preformatted") return el("pre", {}, children());
  if (part.type === "rich_text_quote") return el("blockquote", {}, children());
  if (part.type === "rich_text_list") {
    const tag = part.style === "ordered" ? "ol" : "ul";
    const start = part.style === "ordered" && part.offset ? part.offset + 1 : null;
    return el(tag, { start, style: `margin-left:${(part.indent ?? 0) * 1.5}em` },
      part.elements.map((item) => el("li", {}, partNode(item, look))));
  }
  return el("span", { class: "mrkdwn" }, children());
}

function leafNode(leaf, look) {
  const style = leaf.style ?? {};
  let node = plainLeaf(leaf, look);
  if (style.code) node = el("code", {}, node);
  if (style.bold) node = el("strong", {}, node);
  if (style.italic) node = el("em", {}, node);
  if (style.strike) node = el("s", {}, node);
  return node;
}

function plainLeaf(leaf, look) {
  switch (leaf.type) {
    case "text": return document.createTextNode(leaf.text);
    case "link": return link(leaf.url, leaf.text || leaf.url);
    case "user": return mention(leaf.user_id, look);
    case "channel": return channelMention(leaf.channel_id, look);
    case "broadcast": return el("span", { class: "mention broadcast" }, `@${leaf.range}`);
    case "emoji": return document.createTextNode(withEmoji(`:${leaf.name}:`));
    case "date": return el("time", {}, dateText(leaf.format, leaf.timestamp, look));
    case "color": return el("code", {}, leaf.value);
    default: return document.createTextNode(leaf.fallback ?? leaf.text ?? "");
  }
}
