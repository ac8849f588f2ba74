// The page of live.js: a form holds the model, every change of it evaluates all bounds and draws them anew.
const root_ = document.getElementById("live"), said_ = JSON.parse(root_.querySelector("script[type='application/json']").textContent);
const data_ = await load(globalThis.zputilsLive), SVG = "http://www.w3.org/2000/svg";
let W = 720, H = 480;
const X = [1e-3, 10], Y = [1e-9, 1], PAD = { l: 58, r: 8, t: 8, b: 42 };
const COLOURS = { muons: "#c2410c", neutrinos: "#0e7490", "early universe": "#6b21a8", "beam dumps": "#15803d",
  "electron targets": "#1d4ed8", "e+e- colliders": "#a16207", hadrons: "#9d174d", moments: "#475569" };
const sx = m => PAD.l + Math.log(m / X[0]) / Math.log(X[1] / X[0]) * (W - PAD.l - PAD.r);
const sy = g => H - PAD.b - Math.log(g / Y[0]) / Math.log(Y[1] / Y[0]) * (H - PAD.t - PAD.b);
const get = name => root_.querySelector(`[name="${name}"]`);
const make = (name, attributes, text = "") => {
  const node = document.createElementNS(SVG, name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.textContent = text;
  return node;
};
const short = x => Number(x).toPrecision(3);
const model = () => Object.fromEntries(data_.fermions.map(f => [f, Number(get(f).value) || 0]));

/** The polygons of an interval: what is excluded between its edges, cut where there is none. */
function polygons(m, { lower, upper }) {
  const found = [], y = g => sy(Math.min(Math.max(g, Y[0]), Y[1]));
  for (let start = 0; start < m.length; start++) {
    if (Number.isNaN(lower[start])) continue;
    let end = start;
    while (end + 1 < m.length && !Number.isNaN(lower[end + 1])) end++;
    const low = [], high = [];
    for (let i = start; i <= end; i++) {
      low.push(`${sx(m[i]).toFixed(2)},${y(lower[i]).toFixed(2)}`);
      high.push(`${sx(m[i]).toFixed(2)},${y(upper[i]).toFixed(2)}`);
    }
    found.push(`M${low.join("L")}L${high.reverse().join("L")}Z`);
    start = end;
  }
  return found.join("");
}

/** Whether a coupling is excluded at a mass, and the edge below it: log-log between neighbouring masses. */
function edgeAt({ m, intervals }, mass, g) {
  for (const { lower, upper } of intervals) for (let i = 0; i + 1 < m.length; i++) {
    if (!(m[i] <= mass && mass <= m[i + 1]) || Number.isNaN(lower[i] + lower[i + 1])) continue;
    const share = m[i + 1] > m[i] ? Math.log(mass / m[i]) / Math.log(m[i + 1] / m[i]) : 0;
    const between = edge => edge[i] === edge[i + 1] ? edge[i] : Math.exp((1 - share) * Math.log(edge[i]) + share * Math.log(edge[i + 1]));
    if (between(lower) <= g && g <= between(upper)) return between(lower);
  }
  return null;
}

function axes(svg) {
  for (let k = -3; k <= 1; k++) {
    svg.append(make("line", { x1: sx(10 ** k), x2: sx(10 ** k), y1: PAD.t, y2: H - PAD.b, stroke: "#ddd" }));
    svg.append(make("text", { x: sx(10 ** k), y: H - PAD.b + 16, "text-anchor": "middle" }, `${10 ** k}`));
  }
  for (let k = -9; k <= 0; k++) {
    svg.append(make("line", { y1: sy(10 ** k), y2: sy(10 ** k), x1: PAD.l, x2: W - PAD.r, stroke: "#ddd" }));
    svg.append(make("text", { y: sy(10 ** k) + 4, x: PAD.l - 6, "text-anchor": "end" }, `1e${k}`));
  }
  svg.append(make("text", { x: W / 2, y: H - 6, "text-anchor": "middle" }, "mass of the Z′ [GeV]"));
  svg.append(make("text", { x: -H / 2, y: 13, "text-anchor": "middle", transform: "rotate(-90)" }, "reference coupling g"));
}

/** A bound's name at its lowest point on the plot, unless another one stands there. */
function label(svg, taken, bound, { m, intervals }) {
  let best = null;
  for (const { lower } of intervals) for (let i = 0; i < m.length; i++)
    if (m[i] >= X[0] && m[i] <= X[1] && lower[i] < Y[1] && (best === null || lower[i] < best[1])) best = [m[i], lower[i]];
  if (best === null) return;
  const x = Math.min(sx(best[0]), W - PAD.r - 6 * bound.name.length), y = Math.min(sy(Math.max(best[1], Y[0])) + 11, H - PAD.b - 4);
  if (taken.some(([a, b, n]) => Math.abs(b - y) < 11 && x < a + 6 * n && a < x + 6 * bound.name.length)) return;
  taken.push([x, y, bound.name.length]);
  svg.append(make("text", { x, y, fill: COLOURS[bound.group] }, bound.name));
}

function draw() {
  const couplings = model(), found = evaluate(data_, couplings), svg = root_.querySelector("svg");
  W = Math.max(300, svg.clientWidth || 720);
  H = W > 600 ? 480 : 420;
  svg.setAttribute("viewBox", `0 0 ${W} ${H}`);
  svg.replaceChildren();
  axes(svg);
  const area = make("svg", { x: PAD.l, y: PAD.t, width: W - PAD.l - PAD.r, height: H - PAD.t - PAD.b,
    viewBox: `${PAD.l} ${PAD.t} ${W - PAD.l - PAD.r} ${H - PAD.t - PAD.b}`, overflow: "hidden" });
  svg.append(area);
  const shown = data_.bounds.filter(b => get("group " + b.group).checked && (!b.future || get("future").checked)), taken = [];
  for (const bound of shown) {
    const d = found[bound.name].intervals.map(interval => polygons(found[bound.name].m, interval)).join("");
    const path = make("path", { d, fill: bound.future ? "none" : COLOURS[bound.group], "fill-opacity": 0.13,
      stroke: COLOURS[bound.group], "stroke-dasharray": bound.future ? "4 3" : "none" });
    path.append(make("title", {}, `${bound.name} (${bound.confidence}): ${said_.references[bound.name]}`));
    if (d) area.append(path);
  }
  const b = band(data_, couplings);
  if (couplings.mu) area.append(make("path", { d: polygons(b.m, { lower: b.low, upper: b.high }), fill: "#ffb000", "fill-opacity": 0.6 }));
  for (const bound of shown) label(svg, taken, bound, found[bound.name]);
  const mass = Number(get("mass").value), g = Number(get("coupling").value);
  if (mass > 0 && g > 0) area.append(make("circle", { cx: sx(mass), cy: sy(g), r: 5, fill: "black", stroke: "white" }));
  reached(shown, found, mass, g);
  silent(shown, found);
  root_.querySelector("pre").textContent = python(couplings);
  history.replaceState(null, "", "#" + new URLSearchParams(state()));
  return found;
}

function reached(shown, found, mass, g) {
  const hits = shown.map(b => [b.name, edgeAt(found[b.name], mass, g)]).filter(([, edge]) => edge !== null);
  root_.querySelector("output").textContent = hits.length === 0 ? "Nothing that is drawn reaches this point." :
    "Reached by " + hits.map(([name, edge]) => `${name} (${edge ? short(g / edge) + " times its edge" : "every coupling"})`).join(", ") + ".";
}

function silent(shown, found) {
  const none = shown.filter(({ name }) => !found[name].intervals.some(({ lower }) => lower.some(x => !Number.isNaN(x))));
  root_.querySelector(".silent").textContent = none.map(({ name }) => found[name].why_not ? `${name} (${found[name].why_not})` : name).join("; ") || "none";
}

const python = g => ["from zputils import ZPrime, bounds", "",
  `model = ZPrime(${Object.entries(g).filter(([, x]) => x).map(([f, x]) => `${f}=${x}`).join(", ")})`,
  "print(bounds.summary(model))", 'print(bounds.get("BaBar").region(model).table())'].join("\n");

const state = () => [...root_.querySelectorAll("input")].filter(i => i.type !== "checkbox" ? i.value !== "0" : i.checked !== i.defaultChecked)
  .map(i => [i.name, i.type === "checkbox" ? Number(i.checked) : i.value]);

/** The links: one charged lepton or quark moves the others. */
function linked(name) {
  if (get("universal").checked && ["e", "mu", "tau"].includes(name)) for (const f of ["e", "mu", "tau"]) get(f).value = get(name).value;
  if (get("photon").checked && name in said_.quarks)
    for (const q in said_.quarks) get(q).value = get(name).value * said_.quarks[q] / said_.quarks[name];
}

function preset(name) {
  for (const f of data_.fermions) get(f).value = said_.presets[name][f];
  for (const link of ["universal", "photon"]) get(link).checked = false;
}

function csv(found) {
  const rows = ["bound,interval,m_GeV,lower,upper"];
  for (const [name, { m, intervals }] of Object.entries(found)) intervals.forEach(({ lower, upper }, k) => m.forEach((mass, i) => {
    if (!Number.isNaN(lower[i])) rows.push([JSON.stringify(name), k, mass, lower[i], upper[i]].join(","));
  }));
  return rows.join("\n") + "\n";
}

function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
}

for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  const input = root_.querySelector(`input[name="${CSS.escape(name)}"]`);
  if (input) input.type === "checkbox" ? input.checked = value === "1" : input.value = value;
}
root_.addEventListener("input", ({ target }) => {
  target.name === "preset" ? preset(target.value) : linked(target.name);
  draw();
});
root_.querySelector("svg").addEventListener("keydown", event => {
  const moved = { ArrowLeft: ["mass", 1 / 1.05], ArrowRight: ["mass", 1.05], ArrowDown: ["coupling", 1 / 1.1], ArrowUp: ["coupling", 1.1] }[event.key];
  if (!moved) return;
  event.preventDefault();
  get(moved[0]).value = short(get(moved[0]).value * moved[1]);
  draw();
});
addEventListener("resize", draw);
root_.querySelector("svg").addEventListener("click", event => {
  const box = event.currentTarget.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * W, y = (event.clientY - box.top) / box.height * H;
  get("mass").value = short(X[0] * (X[1] / X[0]) ** ((x - PAD.l) / (W - PAD.l - PAD.r)));
  get("coupling").value = short(Y[0] * (Y[1] / Y[0]) ** ((H - PAD.b - y) / (H - PAD.t - PAD.b)));
  draw();
});
get("csv").addEventListener("click", () => save("bounds.csv", csv(evaluate(data_, model())), "text/csv"));
get("svg").addEventListener("click", () => save("bounds.svg", new XMLSerializer().serializeToString(root_.querySelector("svg")), "image/svg+xml"));
draw();
root_.dataset.ready = "yes";
