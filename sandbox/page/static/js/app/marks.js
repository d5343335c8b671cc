// The six marks of Cadence, each in a shape of its own, for computers whose fonts have no emoji in colour.

const DISC = "M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14z";
const MARKS = {
  "🔴": { name: "red circle", colour: "#c62f35", shape: DISC, sign: "M8 4v5M8 11.4v.4" },
  "🟡": { name: "yellow circle", colour: "#a87a14", shape: "M8 1l7.5 13.5h-15z", sign: "M8 6v4M8 12v.3" },
  "⭐": { name: "star", colour: "#8a5fb0", shape: "M8 .8l2.2 4.7 5.2.6-3.9 3.5 1.1 5.1L8 12.1l-4.6 2.6 1.1-5.1L.6 6.1l5.2-.6z", sign: "" },
  "🟢": { name: "green circle", colour: "#3f7a47", shape: DISC, sign: "M8 12V4.4M4.8 7.4L8 4.2l3.2 3.2" },
  "🆕": { name: "new", colour: "#2f6f8f", shape: "M2.5 1h11a1.5 1.5 0 0 1 1.5 1.5v11a1.5 1.5 0 0 1-1.5 1.5h-11a1.5 1.5 0 0 1-1.5-1.5v-11a1.5 1.5 0 0 1 1.5-1.5z", sign: "M8 4.5v7M4.5 8h7" },
  "⚪": { name: "white circle", colour: "#57626d", shape: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12zm0 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8z", sign: "" },
};
const ANY = new RegExp(`(${Object.keys(MARKS).join("|")})`, "u");

/** True where an emoji is drawn in colour: some pixel of a red circle drawn in black is red. */
export const hasColourEmoji = (() => {
  const pen = Object.assign(document.createElement("canvas"), { width: 16, height: 16 }).getContext("2d", { willReadFrequently: true });
  if (!pen) return false;
  pen.font = "12px sans-serif";
  pen.textBaseline = "top";
  pen.fillText("🔴", 0, 0);
  const { data } = pen.getImageData(0, 0, 16, 16);
  return data.some((value, index) => index % 4 === 0 && value > 120 && data[index + 3] > 120);
})();

/** The pieces of a text, its marks as drawings made by `svg` of dom.js, which needs this file. */
export function withMarks(text, svg) {
  return text.split(ANY).filter(Boolean).map((piece) => (piece in MARKS ? drawing(svg, MARKS[piece]) : piece));
}

function drawing(svg, { name, colour, shape, sign }) {
  return svg("svg", { class: "mark", viewBox: "0 0 16 16", role: "img", "aria-label": name },
    svg("path", { d: shape, fill: colour, "fill-rule": "evenodd" }), sign && svg("path", { d: sign, fill: "none", stroke: "#fff", "stroke-width": "1.8", "stroke-linecap": "round" }));
}
