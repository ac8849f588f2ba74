// A plot on two logarithmic axes as SVG: filled and stroked lines, names on them, a hint at the nearest point, zoom by dragging.
"use strict";

const PLOT_PAD = { left: 62, right: 14, top: 14, bottom: 52 };
const PLOT_DASH = { solid: "", dash: "9 5", dot: "2 5", dashdot: "9 4 2 4" };
const INK = "#222222", NEAR = 24;  // pixels within which a point answers the pointer

function svgElement(name, attributes = {}, children = []) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.append(...children);
  return node;
}

/** Text with <sub> and <sup>, which become shifted spans. */
function svgText(html, attributes) {
  let shifted = 0;
  return svgElement("text", attributes, html.split(/<(su[bp])>(.*?)<\/su[bp]>/).flatMap((part, i, parts) => {
    if (i % 3 === 1) return [];
    const wanted = i % 3 === 0 ? 0 : parts[i - 1] === "sub" ? 4 : -5;
    const dy = part ? wanted - shifted : 0;
    if (part) shifted = wanted;
    return [svgElement("tspan", { dy, ...(i % 3 ? { "font-size": "75%" } : {}) }, [part])];
  }));
}

/** {x, y}: functions from a value to a pixel; {m, g}: back. range: {x: [low, high], y: [low, high]}. */
function scales({ x, y }, width, height) {
  const { left, right, top, bottom } = PLOT_PAD, along = (value, [low, high]) => Math.log(value / low) / Math.log(high / low);
  const inner = { width: width - left - right, height: height - top - bottom };
  return { inner, x: m => left + inner.width * along(m, x), y: g => top + inner.height * (1 - along(g, y)),
    m: px => x[0] * (x[1] / x[0]) ** ((px - left) / inner.width),
    g: px => y[0] * (y[1] / y[0]) ** (1 - (px - top) / inner.height) };
}

/** [[value, label or ""], ...] between two ends: decades are named, on a short axis what lies between them too. */
function ticks([low, high]) {
  const decades = Math.log10(high / low), named = decades < 1 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : decades < 2 ? [1, 2, 5] : [1];
  const all = [];
  for (let k = Math.floor(Math.log10(low)); k <= Math.log10(high); k++)
    for (let j = 1; j < 10; j++) {
      const power = `10<sup>${String(k).replace("-", "−")}</sup>`;
      all.push([j * 10 ** k, !named.includes(j) ? "" : j === 1 ? power : `${j}·${power}`, j === 1]);
    }
  return all.filter(([value]) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
}

function axesElement(range, at, titles) {
  const { left, top } = PLOT_PAD, { width, height } = at.inner, group = svgElement("g", { fill: INK, stroke: "none" });
  const mark = (x1, y1, x2, y2) => group.append(svgElement("line", { x1, y1, x2, y2, stroke: INK }));
  for (const [value, label, long] of ticks(range.x)) {
    const x = at.x(value), size = long ? 6 : 3;
    mark(x, top, x, top + size);
    mark(x, top + height, x, top + height - size);
    if (label) group.append(svgText(label, { x, y: top + height + 20, "text-anchor": "middle" }));
  }
  for (const [value, label, long] of ticks(range.y)) {
    const y = at.y(value), size = long ? 6 : 3;
    mark(left, y, left + size, y);
    mark(left + width, y, left + width - size, y);
    if (label) group.append(svgText(label, { x: left - 6, y: y + 5, "text-anchor": "end" }));
  }
  group.append(svgElement("rect", { x: left, y: top, width, height, fill: "none", stroke: INK }),
    svgText(titles.x, { x: left + width / 2, y: top + height + 42, "text-anchor": "middle" }),
    svgText(titles.y, { x: -(top + height / 2), y: 15, transform: "rotate(-90)", "text-anchor": "middle" }));
  return group;
}

/** The line of a trace; null begins a new piece. What lies far outside the axes is kept near them. */
function pathOf({ x, y }, at) {
  let pen = "M";
  const inside = pixel => Math.min(Math.max(pixel, -1e4), 1e4).toFixed(1);
  return x.map((m, i) => {
    if (m === null || y[i] === null) { pen = "M"; return ""; }
    const step = `${pen}${inside(at.x(m))},${inside(at.y(y[i]))}`;
    pen = "L";
    return step;
  }).join("");
}

function curveElement(trace, at) {
  const { color = "none", dash = "solid", width = 0 } = trace.line;
  return svgElement("path", { class: "curve", d: pathOf(trace, at), fill: trace.fillcolor ?? "none", "stroke-width": width,
    stroke: width ? color : "none", "stroke-dasharray": PLOT_DASH[dash] || "none", "stroke-linejoin": "round" });
}

/** A name with a pale ground, kept inside the axes. */
function nameElement({ m, g, text, color }, at, size) {
  const long = text.replace(/<[^>]*>/g, "").length * size * 0.3, { left } = PLOT_PAD;
  const x = Math.min(Math.max(at.x(m), left + long + 4), left + at.inner.width - long - 4);
  return svgText(text, { class: "name", x, y: at.y(g) - 6, fill: color, "font-size": size, "text-anchor": "middle",
    stroke: "white", "stroke-width": 4, "stroke-opacity": 0.85, "paint-order": "stroke" });
}

/** The whole picture. drawn: {traces, names, range, titles}; a title makes room for itself. */
function plotElement(drawn, width, height, title = "") {
  const at = scales(drawn.range, width, height), { left, top } = PLOT_PAD, above = title ? 30 : 0, small = width < 500;
  const area = { x: left, y: top, width: at.inner.width, height: at.inner.height };
  const names = drawn.names.filter(({ m, g }) => m >= drawn.range.x[0] && m <= drawn.range.x[1] && g >= drawn.range.y[0] && g <= drawn.range.y[1]);
  const curves = svgElement("svg", { ...area, viewBox: Object.values(area).join(" "), overflow: "hidden" },
    drawn.traces.map(trace => curveElement(trace, at)));
  return svgElement("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: height + above, "aria-hidden": "true",
    viewBox: `0 ${-above} ${width} ${height + above}`, "font-family": "sans-serif", "font-size": small ? 12 : 14 },
  [svgElement("rect", { y: -above, width, height: height + above, fill: "white" }),
    ...(title ? [svgText(title, { x: width / 2, y: -8, "text-anchor": "middle", fill: INK })] : []),
    curves, axesElement(drawn.range, at, drawn.titles), ...names.map(name => nameElement(name, at, small ? 10 : 12))]);
}

/** {trace, m, g, distance} of the point of a line that is nearest to a pixel, or null. */
function nearestPoint({ traces, range }, at, px, py) {
  let best = null;
  for (const trace of traces) if (trace.hint) trace.x.forEach((m, i) => {
    const g = trace.y[i];
    if (m === null || g === null || m < range.x[0] || m > range.x[1] || g < range.y[0] || g > range.y[1]) return;
    const distance = Math.hypot(at.x(m) - px, at.y(g) - py);
    if (distance < (best?.distance ?? NEAR)) best = { trace, m, g, distance };
  });
  return best;
}

/** What a drag chose: an axis along which it is short keeps its range. */
function chosenRange(range, at, from, to) {
  const [[x0, y0], [x1, y1]] = [from, to], sorted = values => values.sort((a, b) => a - b);
  return { x: Math.abs(x1 - x0) < 12 ? range.x : sorted([at.m(x0), at.m(x1)]),
    y: Math.abs(y1 - y0) < 12 ? range.y : sorted([at.g(y0), at.g(y1)]) };
}

/** A plot in an element. told: {zoom(range), point(m, g)}. Returns draw(drawn); the element tells its `scale` and `drawn`. */
function plotInto(element, told) {
  const hint = document.createElement("div"), box = svgElement("rect", { fill: INK, "fill-opacity": 0.12 });
  hint.className = "explore-hint";
  let from = null;
  const place = event => { const { x, y } = element.getBoundingClientRect(); return [event.clientX - x, event.clientY - y]; };
  const inside = ([px, py]) => [Math.min(Math.max(px, PLOT_PAD.left), PLOT_PAD.left + element.scale.inner.width),
    Math.min(Math.max(py, PLOT_PAD.top), PLOT_PAD.top + element.scale.inner.height)];
  const draw = drawn => {
    const width = Math.max(element.clientWidth, 200), height = Math.max(element.clientHeight, 200);  // none yet while the page is laid out
    element.drawn = drawn;
    element.scale = scales(drawn.range, width, height);
    element.replaceChildren(plotElement(drawn, width, height), hint);
    hint.hidden = true;
  };
  const show = ([px, py]) => {
    const near = nearestPoint(element.drawn, element.scale, px, py);
    hint.hidden = !near;
    if (!near) return;
    hint.innerHTML = near.trace.hint(near.m, near.g);
    hint.style.borderColor = near.trace.line.color;
    hint.style.left = `${Math.min(Math.max(element.scale.x(near.m) + 10, 4), Math.max(4, element.clientWidth - hint.offsetWidth - 4))}px`;
    hint.style.top = `${Math.max(4, element.scale.y(near.g) - hint.offsetHeight - 8)}px`;
  };
  const drag = to => {
    const [x0, y0] = from, [x1, y1] = to;
    for (const [key, value] of Object.entries({ x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) }))
      box.setAttribute(key, value);
    element.firstChild.append(box);
  };
  element.addEventListener("pointerdown", event => {
    show(place(event));
    if (event.pointerType === "mouse" && event.button === 0) { from = inside(place(event)); element.setPointerCapture(event.pointerId); }
  });
  element.addEventListener("pointermove", event => {
    const at = place(event), { scale } = element;
    from ? drag(inside(at)) : show(at);
    told.point(scale.m(at[0]), scale.g(at[1]));
  });
  element.addEventListener("pointerup", event => {
    const start = from, end = inside(place(event));
    from = null;
    box.remove();
    if (start && Math.hypot(end[0] - start[0], end[1] - start[1]) > 12) told.zoom(chosenRange(element.drawn.range, element.scale, start, end));
  });
  element.addEventListener("pointerleave", event => { if (event.pointerType === "mouse") hint.hidden = true; });  // a finger that lifts leaves too
  element.addEventListener("dblclick", () => told.zoom(null));
  new ResizeObserver(() => element.drawn && draw(element.drawn)).observe(element);
  return draw;
}

/** Hand a file to the reader. */
function saveAs(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** The picture as a file, at three pixels a point as PNG. format: "svg" or "png". */
async function savePlot(drawn, title, name, format) {
  const [width, height] = [900, 650], svg = plotElement(drawn, width, height, title);
  const blob = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  if (format === "svg") return saveAs(name, blob);
  const image = new Image(), canvas = document.createElement("canvas");
  image.src = URL.createObjectURL(blob);
  await image.decode();
  [canvas.width, canvas.height] = [3 * width, 3 * Number(svg.getAttribute("height"))];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob(png => saveAs(name, png), "image/png");
}
