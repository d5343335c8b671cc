// The two table blocks: `table` is static, `data_table` can be sorted and has pages.

import { el } from "../app/dom.js";

/** A `table` block; its first row is the heading. */
export function plainTable(block) {
  const [head, ...rows] = block.rows;
  return el("div", { class: "table-wrap" }, el("table", { class: "grid" },
    el("thead", {}, el("tr", {}, head.map((cell) => el("th", {}, cell.text)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, cell.text)))))));
}

/** A `data_table` block with its caption; a click on a heading sorts, a second one turns the order. */
export function dataTable(block) {
  const view = { page: 0, column: null, down: false };
  const pageSize = block.page_size ?? 5;
  const node = el("div", { class: "table-wrap" });
  const draw = () => {
    const focused = [...node.querySelectorAll("button")].indexOf(document.activeElement);
    const rows = sorted(block.rows.slice(1), view);
    const pages = Math.max(1, Math.ceil(rows.length / pageSize));
    view.page = Math.min(view.page, pages - 1);
    const shown = rows.slice(view.page * pageSize, (view.page + 1) * pageSize);
    node.replaceChildren(
      el("table", { class: "grid data" }, el("caption", {}, block.caption),
        el("thead", {}, el("tr", {}, block.rows[0].map((cell, column) => heading(cell, column, { view, block, draw })))),
        el("tbody", {}, shown.map(bodyRow))),
      ...(pages > 1 ? [pager(view, { pages, total: rows.length, draw })] : []));
    if (focused >= 0) focusNear(node, focused);
  };
  draw();
  return node;
}

/** Gives the focus back to the button at this place, or to the other one when that has nothing left to do. */
function focusNear(node, place) {
  const buttons = [...node.querySelectorAll("button")];
  const wanted = buttons[place]?.disabled ? buttons.findLast((button) => !button.disabled) : buttons[place];
  wanted?.focus({ preventScroll: true });
}

const isNumber = (cell) => cell?.type === "raw_number";

function bodyRow(row) {
  return el("tr", {}, row.map((cell, column) => el(column === 0 ? "th" : "td", { class: isNumber(cell) ? "align-right" : "" }, cell.text)));
}

function heading(cell, column, { view, block, draw }) {
  const numeric = isNumber(block.rows[1]?.[column]);
  const order = view.column === column ? (view.down ? "descending" : "ascending") : "none";
  const turn = () => {
    view.down = view.column === column ? !view.down : false;
    view.column = column;
    draw();
  };
  return el("th", { "aria-sort": order, class: numeric ? "align-right" : "" },
    el("button", { type: "button", on: { click: turn } }, cell.text ?? "", { ascending: " ↑", descending: " ↓" }[order] ?? ""));
}

function pager(view, { pages, total, draw }) {
  const step = (by) => () => {
    view.page += by;
    draw();
  };
  const turner = (label, by, off) => el("button", { type: "button", class: "button quiet", disabled: off, on: { click: step(by) } }, label);
  return el("div", { class: "pager" },
    turner("Previous", -1, view.page === 0), el("span", {}, `Page ${view.page + 1} of ${pages}, ${total} rows`), turner("Next", 1, view.page === pages - 1));
}

function sorted(rows, { column, down }) {
  if (column === null) return rows;
  const key = (row) => (isNumber(row[column]) ? Number(row[column].value) : row[column].text);
  const compare = (one, two) => (typeof one === "number" && typeof two === "number" ? one - two : String(one).localeCompare(String(two)));
  return [...rows].sort((one, two) => compare(key(one), key(two)) * (down ? -1 : 1));
}
