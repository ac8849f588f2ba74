// The interactive Fig. 4.1. The page holds the numbers (zputils.pages.explore); the form holds the state:
// every change of the form makes the traces anew and hands them to the plot (explore_plot.js).
"use strict";

const GREY = "#ededed";
const PANELS = [1, 0.1, 0.01, 0.001];  // those of Figure 4.1
const KNOWN = { existing: "excluded today", future: "planned" };
const TITLES = { x: "m<sub>Z′</sub> [GeV]", y: "g<sub>μ</sub>" };

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

/** m × 10 to the k, with k raised. */
function scientific(value, digits) {
  const [factor, power] = value.toExponential(digits).split("e");
  return `${factor} × 10<sup>${power.replace("-", "−").replace("+", "")}</sup>`;
}

/** What a point of a curve says, as a function of mass and coupling. */
function hint(curve) {
  const name = curve.year ? `${curve.label}, ${curve.year}` : curve.label;
  return (m, g) => `<b>${name}</b><br>${TITLES.x.replace("[GeV]", "")} = ${m.toPrecision(3)} GeV, ${TITLES.y} = ` +
    `${scientific(g, 2)}<br>${curve.references.join("<br>")}`;
}

function filling(curve, points, fillcolor) {
  return { name: curve.name, ...points, fillcolor, line: { width: 0 } };
}

function line(curve, points, look = {}) {
  return { name: curve.name, ...points, hint: hint(curve), line: { color: curve.color, dash: curve.dash, width: 2 }, ...look };
}

/** The band between -1 and +1 standard deviations, down to the axis where it has no lower edge, and its centre. */
function bandTraces(data, band) {
  const [low, central, high] = band.edges;
  const edges = outline(data.masses, low.map(g => Math.max(g, data.y[0])), high);
  return [line(band, edges, { fillcolor: band.color + "59", line: { color: band.color, width: 0.5 } }),
    line(band, { x: data.masses, y: central })];
}

/** A bound at the slider's step, part by part: grey where it excludes today, its own colour where it is planned. */
function boundTraces(data, bound, step) {
  return bound.parts.flatMap(part => partTraces(data, bound, part.role, part.edges.map(edge => edge[step])));
}

function partTraces(data, bound, role, edges) {
  const [bottom, top] = data.y, masses = bound.masses ?? data.masses;
  if (role === "reach") {
    const fillcolor = bound.future ? bound.color + "1f" : GREY;
    return [line(bound, outline(masses, ...edges), { fillcolor })];
  }
  const traces = [];
  if (role === "left") {
    const g = Array.from({ length: 101 }, (_, i) => bottom * (top / bottom) ** (i / 100));
    const edge = { x: g.map(() => edges[0]), y: g };
    traces.push(filling(bound, outline([data.x[0], edges[0]], [bottom, bottom], [top, top]), GREY), line(bound, edge));
  } else {
    const above = edges[0].map(g => Math.max(g, top));
    if (!bound.future) traces.push(filling(bound, outline(masses, edges[0], above), GREY));
    traces.push(line(bound, { x: masses, y: edges[0] }));
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

/** Every candidate for the label of a bound: points of its edges inside the axes, as parts of the axes' lengths. */
function spots(data, bound, step) {
  const along = (value, [low, high]) => Math.log(value / low) / Math.log(high / low);
  const inside = ([x, y]) => x > 0.06 && x < 0.9 && y > 0.05 && y < 0.95;
  const masses = bound.masses ?? data.masses;
  const points = edge => edge.flatMap((g, i) => g > 0 ? [[along(masses[i], data.x), along(g, data.y)]] : []);
  const aboveTeeth = all => all.filter((_, i) => i % Math.ceil(all.length / 40) === 0)  // published limits have them
    .map(([x]) => [x, Math.max(...all.filter(([other]) => Math.abs(other - x) < 0.07).map(([, y]) => y))]);
  const ofEdge = edge => bound.masses ? aboveTeeth(points(edge)) : points(edge);
  return bound.parts.flatMap(part => part.role === "left"
    ? [0.12, 0.3, 0.5, 0.7].map(y => [along(part.edges[0][step], data.x), y])
    : part.edges.flatMap(edge => ofEdge(edge[step]))).filter(inside);
}

/** Names on the curves, each where it is farthest from those before it. */
function labels(data, state) {
  const placed = [];
  for (const bound of data.bounds.filter(one => state.shown.has(one.name))) {
    const room = ([x, y]) => Math.min(1, ...placed.map(one => Math.hypot((x - one.x) / 1.5, 1.5 * (y - one.y))));
    const best = spots(data, bound, state.step).reduce((a, b) => (!a || room(b) > room(a) + 1e-9 ? b : a), null);
    if (best) placed.push({ bound, x: best[0], y: best[1] });
  }
  const value = (part, [low, high]) => low * (high / low) ** part;
  return placed.map(({ bound, x, y }) => ({ m: value(x, data.x), g: value(y, data.y), text: bound.label, color: bound.color }));
}

/** Whether a bound holds for a mass and a coupling, at the masses' own resolution. */
function holds(data, bound, step, m, g) {
  const masses = bound.masses ?? data.masses, i = nearest(masses, m);
  if (bound.masses && (m < masses[0] || m > masses.at(-1))) return false;
  return bound.parts.some(({ role, edges }) => {
    if (role === "left") return m <= edges[0][step];
    const [lower, upper] = edges.map(edge => edge[step][i]);
    return lower !== null && g >= lower && (role === "limit" || g <= upper);
  });
}

function readOut(data, state, m, g) {
  const found = future => data.bounds.filter(bound => bound.future === future && state.shown.has(bound.name) &&
    holds(data, bound, state.step, m, g)).map(bound => bound.label).join(", ") || "none of those shown";
  return `m<sub>Z′</sub> = ${m.toPrecision(3)} GeV, g<sub>μ</sub> = ${scientific(g, 1)}. ` +
    `Excluded by: ${found(false)}. Will be probed by: ${found(true)}.`;
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
    <input id="explore-ratio" name="step" type="range" min="0" max="${data.ratios.length - 1}" step="1" list="explore-panels">
    <datalist id="explore-panels">${PANELS.map(ratio => `<option value="${nearest(data.ratios, ratio)}" label="${ratio}">`)
    .join("")}</datalist></p>
    <p class="explore-panels">Panels of the paper: ${PANELS.map(ratio =>
    `<button type="button" value="${ratio}">${ratio}</button>`).join("")}
    <label>or type one: <input name="typed" type="number" min="0.0001" max="3" step="any"></label></p>
    <div class="explore-plot" role="img"></div>
    <p class="explore-readout">Point at the plot to read off what excludes or will probe a coupling.</p>
    <fieldset><legend>${data.bands[0].label} band</legend>${years.join("")}</fieldset>
    ${boxes(data, false)}${boxes(data, true)}
    <p class="explore-actions"><button type="button" value="reset">Whole range</button>
    <button type="button" value="png">Save PNG</button><button type="button" value="svg">Save SVG</button>
    <a class="explore-link">Link to this view</a></p></form>`;
}

/** The step whose ratio is nearest in the logarithm. */
function nearest(ratios, ratio) {
  const distance = ratios.map(r => Math.abs(Math.log(r / ratio)));
  return distance.indexOf(Math.min(...distance));
}

/** Put what the address's fragment says into the form: #ratio=0.01&band=2025&bound=SHiP&bound=DUNE. */
function readFragment(form, data, range) {
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const [axis, whole] of [["x", data.x], ["y", data.y]]) {
    const ends = (asked.get(axis) ?? "").split(",").map(Number);
    const sensible = ends.length === 2 && ends[0] >= whole[0] && ends[0] < ends[1] && ends[1] <= whole[1];
    range[axis] = sensible ? ends : whole;
  }
  const ratio = Number(asked.get("ratio"));
  form.step.value = nearest(data.ratios, ratio > 0 ? ratio : 0.1);
  if (data.bands.some(band => band.year === asked.get("band"))) form.band.value = asked.get("band");
  if (asked.has("bound")) for (const box of form.bound) box.checked = asked.getAll("bound").includes(box.value);
}

function readForm(form) {
  const asked = new FormData(form);
  return { step: Number(asked.get("step")), year: asked.get("band"), shown: new Set(asked.getAll("bound")) };
}

/** [["x", "0.01,0.1"], ...] of the axes that do not show their whole range. */
function zoomed(data, range) {
  return ["x", "y"].filter(axis => range[axis].some((end, i) => end !== data[axis][i]))
    .map(axis => [axis, range[axis].map(end => end.toPrecision(4)).join(",")]);
}

/** The picture as a file, with a title that says what it is. */
function save(drawn, state, data, format) {
  const ratio = data.ratios[state.step].toPrecision(2);
  const title = `Bounds on a muonic Z′, g<sub>ν</sub>/g<sub>μ</sub> = ${ratio}, band of ${state.year} (arXiv:2108.05147, computed)`;
  return savePlot(drawn, title, `muonic-z-prime-ratio-${ratio}-band-${state.year}.${format}`, format);
}

function describe(form, data, state, range) {
  const ratio = data.ratios[state.step].toPrecision(2);
  form.querySelector("output").textContent = ratio;
  form.step.setAttribute("aria-valuetext", `${ratio}, neutrino coupling over muon coupling`);
  form.querySelector(".explore-plot").setAttribute("aria-label", "Muon coupling against the mass of the Z′ at " +
    `neutrino over muon coupling ${ratio}: the g−2 band of ${state.year} and ${[...state.shown].join(", ")}.`);
  const bounds = state.shown.size ? [...state.shown].map(name => ["bound", name]) : [["bound", ""]];
  form.querySelector("a").href = "#" + new URLSearchParams([["ratio", ratio], ["band", state.year], ...bounds, ...zoomed(data, range)]);
}

/** The numbers of the page, which holds them packed. */
async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

async function start(root) {
  const data = await unpack(root.querySelector("script").textContent), range = {};
  root.innerHTML = controls(data);
  const form = root.querySelector("form"), plot = root.querySelector(".explore-plot");
  const zoom = chosen => { Object.assign(range, chosen ?? { x: data.x, y: data.y }); draw(); };
  const drawInto = plotInto(plot, { zoom, point: (m, g) => {
    if (m >= data.x[0] && m <= data.x[1] && g >= data.y[0] && g <= data.y[1])
      form.querySelector(".explore-readout").innerHTML = readOut(data, readForm(form), m, g);
  } });
  const draw = () => {
    const state = readForm(form);
    describe(form, data, state, range);
    drawInto({ traces: traces(data, state), names: labels(data, state), range: { ...range }, titles: TITLES });
  };
  const show = ratio => { form.step.value = nearest(data.ratios, ratio); draw(); };
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", event => event.target.name !== "typed" && draw());
  form.addEventListener("change", event => event.target.name === "typed" && Number(event.target.value) > 0 &&
    show(Number(event.target.value)));
  form.addEventListener("click", event => {
    const asked = event.target.closest("button")?.value;
    if (asked === "reset") zoom(null);
    else if (asked === "png" || asked === "svg") save(plot.drawn, readForm(form), data, asked);
    else if (Number(asked) > 0) show(Number(asked));
  });
  addEventListener("hashchange", () => {
    if (!/[#&](ratio|band|bound|x|y)=/.test(location.hash)) return;  // a link of the contents
    readFragment(form, data, range);
    draw();
  });
  readFragment(form, data, range);
  draw();
}

start(document.getElementById("explore"));
