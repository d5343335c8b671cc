// The `markdown` block: ordinary Markdown, as a model writes it. Drawn as nodes; raw HTML stays visible text.

import { el, link } from "../app/dom.js";
import { withEmoji } from "./mrkdwn.js";

/** The nodes of a Markdown text: headings, lists, quotes, code, tables, rules, paragraphs. */
export function markdown(text) {
  const lines = text.replace(/\r/g, "").split("\n");
  const nodes = [];
  while (lines.length) nodes.push(...next(lines));
  return nodes;
}

function next(lines) {
  const line = lines[0];
  if (!line.trim()) return lines.splice(0, 1) && [];
  if (/^\s*```/.test(line)) return [fence(lines)];
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return lines.splice(0, 1) && [el(`h${Math.min(heading[1].length + 2, 6)}`, {}, inline(heading[2]))];
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return lines.splice(0, 1) && [el("hr")];
  if (/^\s*>/.test(line)) return [el("blockquote", {}, markdown(take(lines, /^\s*>/).map((row) => row.replace(/^\s*>\s?/, "")).join("\n")))];
  if (LIST.test(line)) return [list(lines)];
  if (line.includes("|") && /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(lines[1] ?? "") && lines[1].includes("|")) return [table(lines)];
  return [el("p", {}, inline(take(lines, /^(?!\s*$|#{1,6}\s|\s*```|\s*>|\s*[-*+]\s|\s*\d+[.)]\s)/, 1).join("\n")))];
}

const LIST = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

function take(lines, shape, atLeast = 0) {
  let count = atLeast;
  while (count < lines.length && shape.test(lines[count])) count += 1;
  return lines.splice(0, count);
}

function fence(lines) {
  lines.shift();
  const end = lines.findIndex((line) => /^\s*```/.test(line));
  const body = lines.splice(0, end < 0 ? lines.length : end);
  lines.shift();
  return el("pre", {}, body.join("\n"));
}

function list(lines) {
  const indent = LIST.exec(lines[0])[1].length;
  const ordered = /\d/.test(LIST.exec(lines[0])[2]);
  const start = ordered ? parseInt(LIST.exec(lines[0])[2], 10) : null;
  const node = el(ordered ? "ol" : "ul", { start: start > 1 ? start : null });
  while (lines.length) {
    const item = LIST.exec(lines[0]);
    if (!item || item[1].length < indent) break;
    if (item[1].length > indent && node.lastChild) node.lastChild.append(list(lines));
    else {
      lines.shift();
      node.append(el("li", {}, inline(item[3])));
    }
  }
  return node;
}

function table(lines) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  const head = cells(lines.shift());
  lines.shift();
  const rows = take(lines, /\|/).map(cells);
  return el("div", { class: "table-wrap" }, el("table", { class: "grid" },
    el("thead", {}, el("tr", {}, head.map((cell) => el("th", {}, inline(cell))))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, inline(cell))))))));
}

const INLINE = [
  [/^`([^`\n]+)`/, (match) => el("code", {}, match[1])],
  [/^\*\*(?=\S)([\s\S]+?\S?)\*\*/, (match) => el("strong", {}, inline(match[1]))],
  [/^__(?=\S)([\s\S]+?\S?)__/, (match) => el("strong", {}, inline(match[1]))],
  [/^~~(?=\S)([\s\S]+?)~~/, (match) => el("s", {}, inline(match[1]))],
  [/^\*(?=[^\s*])([^*]+?)\*/, (match) => el("em", {}, inline(match[1]))],
  [/^_(?=[^\s_])([^_]+?)_(?![\p{L}\p{N}])/u, (match) => el("em", {}, inline(match[1]))],
  [/^!?\[([^\]]*)\]\(([^()\s]+(?:\([^()\s]*\))?)(?:\s+"[^"]*")?\)/, (match) => link(match[2], inline(match[1] || match[2]))],
  [/^<(https?:[^<>\s]+)>/, (match) => link(match[1], match[1])],
  [/^https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"*_~]/, (match) => link(match[0], match[0])],
  [/^\\([\\`*_{}[\]()#+\-.!|~>])/, (match) => document.createTextNode(match[1])],
];

function inline(text) {
  const nodes = [];
  let plain = "";
  for (let index = 0; index < text.length; ) {
    const found = /[`*_~![<h\\]/.test(text[index]) && firstMatch(text, index);
    if (found) {
      if (plain) nodes.push(withEmoji(plain));
      plain = "";
      nodes.push(found.make(found.match));
      index += found.match[0].length;
    } else plain += text[index++];
  }
  if (plain) nodes.push(withEmoji(plain));
  return nodes;
}

function firstMatch(text, index) {
  const inWord = index > 0 && /[\p{L}\p{N}]/u.test(text[index - 1]);
  for (const [shape, make] of INLINE) {
    if (inWord && (text[index] === "_" || text[index] === "h")) return null;
    const match = shape.exec(text.slice(index));
    if (match) return { match, make };
  }
  return null;
}
