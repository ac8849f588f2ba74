// The interactive Fig. 4.1. The page holds the numbers (zputils.pages.explore); the form holds the state:
// every change of the form makes the traces anew and hands them to plotly.
"use strict";

const GREY = "#ededed";
const KNOWN = { existing: "excluded today", future: "planned" };

// -- numbers -> traces --------------------------------------------------------------------------------------

/** Closed outlines between two edges over m, one for each stretch where both are numbers; null separates them. */
function outline(m, lower, upper) {
  const x = [], y = [];
  for (let start = 0; start < m.length; start++) {
    if (lower[start] === null) continue;
    let end = start;
    while (end + 1 < m.length && lower[end + 1] !== null) end++;
    const mass = m.slice(start, end + 1);
    x.push(...mass, ...[...mass].reverse(), mass[0], null);
    y.push(...lower.slice(start, end + 1), ...upper.slice(start, end + 1).reverse(), lower[start], null);
    start = end;
  }
  return { x, y };
}

function hover(curve) {
  const name = curve.year ? `${curve.label}, ${curve.year}` : curve.label;
  return `<b>${name}</b><br>m<sub>Z′</sub> = %{x:.3g} GeV, g<sub>μ</sub> = %{y:.2e}` +
    `<br>${curve.references.join("<br>")}<extra></extra>`;
}

/** What every trace of a curve shares; `name` is the curve's, so that line and filling go together. */
function trace(curve, points, look) {
  return { type: "scatter", mode: "lines", name: curve.name, hoveron: "points", hovertemplate: hover(curve),
    ...points, ...look };
}

function filling(curve, points, fillcolor) {
  return trace(curve, points, { fill: "toself", fillcolor, line: { width: 0 }, hoverinfo: "skip", hovertemplate: null });
}

function line(curve, points, look = {}) {
  return trace(curve, points, { line: { color: curve.color, dash: curve.dash, width: 2 }, ...look });
}

/** The band between -1 and +1 standard deviations, down to the axis where it has no lower edge, and its centre. */
function bandTraces(data, band) {
  const [low, central, high] = band.edges;
  const edges = outline(data.masses, low.map(g => Math.max(g, data.y[0])), high);
  return [trace(band, edges, { fill: "toself", fillcolor: band.color + "59", line: { color: band.color, width: 0.5 } }),
    line(band, { x: data.masses, y: central })];
}

/** A bound at the slider's step, part by part: grey where it excludes today, its own colour where it is planned. */
function boundTraces(data, bound, step) {
  return bound.parts.flatMap(part => partTraces(data, bound, part.role, part.edges.map(edge => edge[step])));
}

function partTraces(data, bound, role, edges) {
  const [bottom, top] = data.y;
  if (role === "reach") {
    const fillcolor = bound.future ? bound.color + "1f" : GREY;
    return [line(bound, outline(data.masses, ...edges), { fill: "toself", fillcolor })];
  }
  const traces = [];
  if (role === "left") {
    const g = Array.from({ length: 101 }, (_, i) => bottom * (top / bottom) ** (i / 100));
    const edge = { x: g.map(() => edges[0]), y: g };
    traces.push(filling(bound, outline([data.x[0], edges[0]], [bottom, bottom], [top, top]), GREY), line(bound, edge));
  } else {
    const above = edges[0].map(g => Math.max(g, top));
    if (!bound.future) traces.push(filling(bound, outline(data.masses, edges[0], above), GREY));
    traces.push(line(bound, { x: data.masses, y: edges[0] }));
  }
  return traces;
}

/** All traces, grey under coloured. state: {step, year, shown: names}. */
function traces(data, state) {
  const shown = data.bounds.filter(bound => state.shown.has(bound.name));
  const all = shown.flatMap(bound => boundTraces(data, bound, state.step));
  const isGrey = one => one.fillcolor === GREY;
  return [...all.filter(isGrey), ...bandTraces(data, data.bands.find(band => band.year === state.year)),
    ...all.filter(one => !isGrey(one))];
}

function layout(data, narrow) {
  const axis = (title, range) => ({ title: { text: title, standoff: 8 }, type: "log", range: range.map(Math.log10),
    minallowed: Math.log10(range[0]), maxallowed: Math.log10(range[1]), dtick: 1, exponentformat: "power",
    ticks: "inside", minor: { ticks: "inside" }, mirror: "allticks", linecolor: "#222", showgrid: false,
    fixedrange: narrow });
  return { xaxis: axis("m<sub>Z′</sub> [GeV]", data.x), yaxis: axis("g<sub>μ</sub>", data.y), showlegend: false,
    margin: { l: 62, r: 22, t: 14, b: 52 }, font: { color: "#222", size: narrow ? 12 : 14 }, hovermode: "closest",
    hoverlabel: { align: "left" }, dragmode: narrow ? false : "zoom", uirevision: "keep" };
}

// -- the form -----------------------------------------------------------------------------------------------

function swatch(curve) {
  const dash = { solid: "", dash: "5 4", dot: "1 4", dashdot: "6 3 1 3" }[curve.dash];
  return `<svg width="26" height="8" aria-hidden="true"><line x1="2" x2="24" y1="4" y2="4" stroke="${curve.color}"` +
    ` stroke-width="3" stroke-dasharray="${dash}"/></svg>`;
}

function boxes(data, future) {
  const inputs = data.bounds.filter(bound => bound.future === future).map(bound =>
    `<label><input type="checkbox" name="bound" value="${bound.name}"${bound.shown ? " checked" : ""}>` +
    `${swatch(bound)}<span>${bound.label}</span></label>`);
  return `<fieldset><legend>${future ? KNOWN.future : KNOWN.existing}</legend>${inputs.join("")}</fieldset>`;
}

function controls(data) {
  const years = data.bands.map((band, i) =>
    `<label><input type="radio" name="band" value="${band.year}"${i ? "" : " checked"}>${swatch(band)}${band.year}</label>`);
  return `<form aria-label="What the plot shows">
    <p><label for="explore-ratio"><span>g<sub>ν</sub>/g<sub>μ</sub> = <output for="explore-ratio"></output></span></label>
    <input id="explore-ratio" name="step" type="range" min="0" max="${data.ratios.length - 1}" step="1"></p>
    <div class="explore-plot" role="img"></div>
    <fieldset><legend>${data.bands[0].label} band</legend>${years.join("")}</fieldset>
    ${boxes(data, false)}${boxes(data, true)}
    <p><a class="explore-link">Link to this view</a></p></form>`;
}

/** The step whose ratio is nearest in the logarithm. */
function nearest(ratios, ratio) {
  const distance = ratios.map(r => Math.abs(Math.log(r / ratio)));
  return distance.indexOf(Math.min(...distance));
}

/** Put what the address's fragment says into the form: #ratio=0.01&band=2025&bound=SHiP&bound=DUNE. */
function readFragment(form, data) {
  const asked = new URLSearchParams(location.hash.slice(1));
  const ratio = Number(asked.get("ratio"));
  form.step.value = nearest(data.ratios, ratio > 0 ? ratio : 0.1);
  if (data.bands.some(band => band.year === asked.get("band"))) form.band.value = asked.get("band");
  if (asked.has("bound")) for (const box of form.bound) box.checked = asked.getAll("bound").includes(box.value);
}

function readForm(form) {
  const asked = new FormData(form);
  return { step: Number(asked.get("step")), year: asked.get("band"), shown: new Set(asked.getAll("bound")) };
}

function describe(form, data, state) {
  const ratio = data.ratios[state.step].toPrecision(2);
  form.querySelector("output").textContent = ratio;
  form.step.setAttribute("aria-valuetext", `${ratio}, neutrino coupling over muon coupling`);
  form.querySelector(".explore-plot").setAttribute("aria-label", "Muon coupling against the mass of the Z′ at " +
    `neutrino over muon coupling ${ratio}: the g−2 band of ${state.year} and ${[...state.shown].join(", ")}.`);
  const bounds = [...state.shown].map(name => ["bound", name]);
  form.querySelector("a").href = "#" + new URLSearchParams([["ratio", ratio], ["band", state.year], ...bounds]);
}

function start(root) {
  const data = JSON.parse(root.querySelector("script").textContent);
  root.innerHTML = controls(data);
  const form = root.querySelector("form"), plot = root.querySelector(".explore-plot");
  const narrow = matchMedia("(max-width: 600px), (pointer: coarse)").matches;
  const look = layout(data, narrow);
  const options = { displaylogo: false, displayModeBar: narrow ? false : "hover",
    modeBarButtons: [["toImage", "zoomIn2d", "zoomOut2d", "resetScale2d"]] };
  const draw = () => {
    const state = readForm(form);
    describe(form, data, state);
    return Plotly.react(plot, traces(data, state), look, options);
  };
  form.addEventListener("input", draw);
  addEventListener("hashchange", () => { readFragment(form, data); draw(); });
  readFragment(form, data);
  draw().then(() => new ResizeObserver(() => Plotly.Plots.resize(plot)).observe(plot));
}

start(document.getElementById("explore"));
