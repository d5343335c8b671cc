"""The style of a printable page, on a screen and on paper: all of it stands in the file."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem; background: #fff; color: #1d1c1d;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .4rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
ul.rows { list-style: none; margin: .5rem 0; padding: 0; }
ul.rows li { padding: .1rem 0; overflow-wrap: anywhere; break-inside: avoid; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .5rem 1.5rem; margin: .75rem 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
hr { border: 0; border-top: 1px solid #ddd; margin: 1rem 0; }
a { color: #0b4c8c; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; background: #f4f4f4; padding: 0 .2em; }
.note, footer { color: #5a5a5c; font-size: .85rem; }
footer { border-top: 1px solid #ddd; margin-top: 2rem; padding-top: .5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .85rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #888; }
tbody th { font-weight: 600; }
.long { min-width: 14rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1rem 0; break-inside: avoid; }
figcaption { font-weight: 600; }
figure table { width: auto; }
figure th, figure td { padding-right: 1.5rem; }
figure > svg { width: 100%; max-width: 40rem; height: auto; display: block; }
svg text { font-size: 11px; fill: #444; }
svg .rule { stroke: #e2e2e2; }
svg .zero { stroke: #777; }
svg.key { width: 24px; height: 8px; margin: 0 .3rem 0 0; vertical-align: middle; }
.keys { font-size: .85rem; display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .25rem 0; }
.mark { font-size: .9em; }
.intervene { color: #c0262d; }
.stalled { color: #a87400; }
.advanced { color: #1f7a3f; }
.expanded { color: #8a6d00; }
.new { color: #0b4c8c; }
.steady { color: #555; }
section.fold { margin: .5rem 0; padding-left: .75rem; border-left: 3px solid #ddd; }
@page { margin: 15mm; }
@media print {
  html, body { font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.35; }
  p, ul.rows { margin: .35rem 0; }
  footer { margin-top: .75rem; }
  a { color: inherit; }
  h2, caption, figcaption { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .wide { overflow: visible; }
  table.many { font-size: 7.5pt; }
  table.many .long { min-width: 9rem; }
  table.many th, table.many td { padding: .15rem .3rem .15rem 0; white-space: normal; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
""".strip()

BROAD = """
body { max-width: 100rem; }
@media screen { table.many { min-width: 72rem; } }
@page { size: landscape; margin: 10mm; }
""".strip()
"""Added where a table has many columns."""
