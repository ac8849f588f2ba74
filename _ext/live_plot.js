/** Draws what live.js finds: bounds by class, with their names on them, the band of g-2, and the point. */
const RANGE = { m: [1e-3, 10], g: [1e-9, 1] }, PAD = { left: 52, right: 10, top: 10, bottom: 44 };
export const COLOURS = { muons: "#c2410c", neutrinos: "#0e7490", "early universe": "#6b21a8", "beam dumps": "#15803d",
  "electron targets": "#1d4ed8", "e+e- colliders": "#a16207", hadrons: "#9d174d", moments: "#475569" };
const FAR = 40;  // pixels between two names that are far enough
const SMALL = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const PEN = document.createElement("canvas").getContext("2d");  // tells how long words are
PEN.font = "11px sans-serif";

/** A power of ten as it is written. @param {number} k */
const power = k => `10${k < 0 ? "⁻" : ""}${[...String(Math.abs(k))].map(digit => SMALL[digit]).join("")}`;

/** An SVG element. @param {string} name @param {Record<string, any>} attributes */
function drawn(name, attributes, text = "") {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.textContent = text;
  return node;
}

/** From masses and couplings to places in a plot of this size, and back. */
export function scales(width, height) {
  const span = { m: Math.log(RANGE.m[1] / RANGE.m[0]), g: Math.log(RANGE.g[1] / RANGE.g[0]) };
  const across = width - PAD.left - PAD.right, down = height - PAD.top - PAD.bottom;
  return { width, height, x: m => PAD.left + Math.log(m / RANGE.m[0]) / span.m * across,
    y: g => height - PAD.bottom - Math.log(Math.min(Math.max(g, RANGE.g[0]), RANGE.g[1]) / RANGE.g[0]) / span.g * down,
    m: x => RANGE.m[0] * Math.exp((x - PAD.left) / across * span.m),
    g: y => RANGE.g[0] * Math.exp((height - PAD.bottom - y) / down * span.g) };
}

/** An answer as pieces that are connected in mass, closed ones apart from endless ones (Region.pieces). */
export function pieces({ m, intervals }) {
  const found = [];
  for (const { lower, upper } of intervals) for (let i = 0; i < m.length; i++) {
    if (Number.isNaN(lower[i])) continue;
    const endless = upper[i] === Infinity;
    const joins = i > 0 && !Number.isNaN(lower[i - 1]) && endless === (upper[i - 1] === Infinity);
    if (!joins) found.push({ m: [], lower: [], upper: [] });
    const piece = found[found.length - 1];
    piece.m.push(m[i]);
    piece.lower.push(lower[i]);
    piece.upper.push(upper[i]);
  }
  return found;
}

/** The paths of an answer: what it fills, and its edges without the sides of what has no end. */
function paths(answer, { x, y }) {
  const fills = [], edges = [];
  for (const { m, lower, upper } of pieces(answer)) {
    const [low, high] = [lower, upper].map(side => side.map((g, i) => `${x(m[i]).toFixed(1)},${y(g).toFixed(1)}`));
    const around = `M${low.join("L")}L${high.reverse().join("L")}Z`, last = m.length - 1;
    fills.push(around);
    if (upper[0] < Infinity) edges.push(around);
    else edges.push(lower[0] === 0 ? `M${low[last]}L${high[0]}` : `M${low.join("L")}`);
  }
  return { fill: fills.join(""), edge: edges.join("") };
}

function axes(svg, { x, y, width, height }) {
  const line = (x1, x2, y1, y2, stroke) => svg.append(drawn("line", { x1, x2, y1, y2, stroke }));
  const [left, right, top, bottom] = [PAD.left, width - PAD.right, PAD.top, height - PAD.bottom];
  for (let k = -3; k <= 1; k++) {
    line(x(10 ** k), x(10 ** k), top, bottom, "#e2e2e2");
    svg.append(drawn("text", { x: x(10 ** k), y: bottom + 16, "text-anchor": k === 1 ? "end" : "middle" }, power(k)));
  }
  for (let k = -9; k <= 0; k++) {
    line(left, right, y(10 ** k), y(10 ** k), "#e2e2e2");
    svg.append(drawn("text", { x: left - 6, y: y(10 ** k) + 4, "text-anchor": "end" }, power(k)));
  }
  svg.append(drawn("text", { x: (left + right) / 2, y: height - 8, "text-anchor": "middle" }, "mass of the Z′ [GeV]"),
    drawn("text", { x: -(top + bottom) / 2, y: 13, "text-anchor": "middle", transform: "rotate(-90)" }, "coupling g"));
}

/**
 * A name below its curve, where the others are far, or at the lowest of such places; nowhere when there is none.
 * taken: [left, base line, width] of those that stand.
 */
function name(svg, taken, words, fill, answer, { x, y, width, height }) {
  const size = PEN.measureText(words).width, places = [];
  for (const { lower } of answer.intervals) for (let i = 0; i < answer.m.length; i++) {
    const at = x(answer.m[i]);
    if (lower[i] < RANGE.g[1] && at >= PAD.left && at <= width - PAD.right) places.push([at, y(lower[i])]);
  }
  places.sort((a, b) => b[1] - a[1]);
  const every = Math.max(1, Math.floor(places.length / 40));
  let best = { room: 0, left: 0, base: 0 };
  for (let k = 0; k < places.length; k += every) {
    const left = Math.min(Math.max(places[k][0] - size / 2, PAD.left + 2), width - PAD.right - size);
    const base = Math.min(places[k][1] + 12, height - PAD.bottom - 4);
    const gaps = taken.map(([a, b, n]) =>
      Math.max(left - a - n, a - left - size, 2 * (Math.abs(b - base) - 12)));
    const room = Math.min(FAR, ...gaps);
    if (room > best.room) best = { room, left, base };
  }
  if (!(best.room > 0)) return;
  taken.push([best.left, best.base, size]);
  svg.append(drawn("text", { x: best.left.toFixed(1), y: best.base.toFixed(1), fill, stroke: "white", "stroke-width": 3,
    "paint-order": "stroke", "pointer-events": "none", class: "name" }, words));
}

/**
 * All of it into an svg element. shown: the bounds to draw; found: answers by name; strip: of the band of g-2, null
 * for none; at: {m, g}, the point.
 */
export function plot(svg, size, shown, found, strip, at) {
  const { width, height, x, y } = size, taken = [];
  const inner = { x: PAD.left, y: PAD.top, width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
  const own = { viewBox: `0 0 ${width} ${height}`, "font-family": "sans-serif", "font-size": 11 };  // for a file of it
  for (const key in own) svg.setAttribute(key, own[key]);
  svg.replaceChildren();
  axes(svg, size);
  const area = drawn("svg", { ...inner, viewBox: Object.values(inner).join(" "), overflow: "hidden" });
  svg.append(area);
  if (strip) area.append(drawn("path", { d: paths({ m: strip.m, intervals: [{ lower: strip.low, upper: strip.high }] },
    size).fill, fill: "#ffb000", "fill-opacity": 0.55 }));
  for (const bound of shown) {
    const { fill, edge } = paths(found[bound.name], size), colour = COLOURS[bound.group];
    if (fill) area.append(
      drawn("path", { d: fill, fill: colour, "fill-opacity": bound.future ? 0 : 0.1, "data-name": bound.name }),
      drawn("path", { d: edge, fill: "none", stroke: colour, "stroke-width": 1.2, "data-edge": bound.name,
        "stroke-dasharray": bound.future ? "5 3" : "none", "pointer-events": "none" }));
  }
  if (strip) {
    const lower = strip.low.map((g, i) => strip.m[i] > 0.02 ? g : NaN);
    name(svg, taken, "muon g−2", "#8a5a00", { m: strip.m, intervals: [{ lower }] }, size);
  }
  for (const bound of shown) name(svg, taken, bound.name, COLOURS[bound.group], found[bound.name], size);
  if (!at) return;
  const centre = { cx: x(at.m), cy: y(at.g) };
  area.append(drawn("circle", { ...centre, r: 22, fill: "white", "fill-opacity": 0, class: "handle" }),
    drawn("circle", { ...centre, r: 6, stroke: "white", "stroke-width": 2, "pointer-events": "none" }));
}
