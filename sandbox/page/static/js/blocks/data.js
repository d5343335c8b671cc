// data_visualization blocks as SVG: bar and line. Figures are in the drawing, in tooltips, and in the label for screen readers.

import { el, svg } from "../app/dom.js";

const COLOURS = ["#2f6f8f", "#d08c3a", "#5b8c5a", "#a65a6a", "#7a6aa8", "#4aa3a3", "#b5a33c", "#6b7785", "#c26d4f", "#3f5f9f", "#8b9f4a", "#9a6f9f"];
const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [560, 240, 48, 12, 44];

/** A `data_visualization` block as a figure. */
export function chart(block) {
  const keys = block.chart.series.map((line) => line.name);
  return el("figure", { class: "chart" }, el("figcaption", {}, block.title), axes(block.chart),
    keys.length > 1 && el("div", { class: "legend" }, keys.map((name, index) =>
      el("span", {}, el("i", { style: `background:${COLOURS[index % 12]}` }), name))));
}

function axes(kind) {
  const { categories, x_label: across, y_label: up } = kind.axis_config;
  const values = kind.series.flatMap((line) => line.data.map((point) => point.value));
  const scale = scaleOf(values);
  const step = (WIDTH - LEFT) / categories.length;
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - scale.low) / (scale.high - scale.low || 1));
  const grid = scale.ticks.map((tick) => [
    svg("line", { x1: LEFT, x2: WIDTH, y1: y(tick), y2: y(tick), class: tick === 0 ? "zero" : "rule" }),
    svg("text", { x: LEFT - 6, y: y(tick) + 4, "text-anchor": "end" }, short(tick)),
  ]);
  const every = Math.ceil(categories.length / 10);
  const names = categories.map((name, index) => index % every === 0 &&
    svg("text", { x: LEFT + step * (index + 0.5), y: HEIGHT - BOTTOM + 16, "text-anchor": "middle" }, name));
  const draw = { bar: bars, line: lines }[kind.type];
  const description = kind.series.map((line) => `${line.name}: ${line.data.map((point) => `${point.label} ${point.value}`).join(", ")}`).join("; ");
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": description }, grid, names,
    draw(kind, { step, y, scale, categories }),
    across && svg("text", { x: LEFT + (WIDTH - LEFT) / 2, y: HEIGHT - 6, "text-anchor": "middle", class: "axis" }, across),
    up && svg("text", { x: -(HEIGHT - BOTTOM) / 2, y: 12, transform: "rotate(-90)", "text-anchor": "middle", class: "axis" }, up));
}

function bars(kind, { step, y, categories }) {
  const wide = Math.min(28, (step * 0.8) / kind.series.length);
  return kind.series.map((line, series) => line.data.map((point) => {
    const middle = LEFT + step * (categories.indexOf(point.label) + 0.5);
    const x = middle + (series - kind.series.length / 2) * wide;
    const [top, foot] = [Math.min(y(point.value), y(0)), Math.max(y(point.value), y(0))];
    return svg("rect", { x: x + 1, y: top, width: wide - 2, height: Math.max(foot - top, 1), rx: 2, fill: COLOURS[series % 12] },
      tip(`${line.name}, ${point.label}: ${point.value}`));
  }));
}

function lines(kind, { step, y, categories }) {
  return kind.series.map((line, series) => {
    const colour = COLOURS[series % 12];
    const spots = line.data.map((point) => ({ ...point, x: LEFT + step * (categories.indexOf(point.label) + 0.5), y: y(point.value) }));
    const path = spots.map((spot) => `${spot.x},${spot.y}`).join(" ");
    return [svg("polyline", { points: path, fill: "none", stroke: colour, "stroke-width": 2 }),
      spots.map((spot) => svg("circle", { cx: spot.x, cy: spot.y, r: 3.5, fill: colour }, tip(`${line.name}, ${spot.label}: ${spot.value}`)))];
  });
}

const tip = (text) => svg("title", {}, text);
const short = (value) => new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);

function scaleOf(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
  return { low: ticks[0], high: ticks.at(-1), ticks };
}

// The two table blocks: `table` is static, `data_table` can be sorted and has pages.

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
