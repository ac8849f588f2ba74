/** The page of live.js: a form holds the model, every change of it solves all bounds and draws them anew. */
import { band, evaluate, load } from "./live.js";
import { bibtex, csv, python, speaking } from "./live_exports.js";
import { COLOURS, plot, scales } from "./live_plot.js";
import { nearest, point } from "./live_point.js";

const page = document.getElementById("live"), svg = page.querySelector("svg");
/** @typedef {HTMLInputElement} Input  of the form; the list of presets too */
const said = JSON.parse(page.querySelector("script[type='application/json']").textContent);
const data = await load(globalThis.zputilsLive);
const LEPTONS = ["e", "mu", "tau"], SHARES = { e: "e⁺e⁻", mu: "μ⁺μ⁻", tau: "τ⁺τ⁻", nu: "νν̄", hadrons: "hadrons" };
/** @param {string} name @returns {Input} */
const get = name => page.querySelector(`[name="${CSS.escape(name)}"]`);
/** @param {string} selector @returns {Input[]} */
const every = selector => [...page.querySelectorAll(selector)].map(each => /** @type {Input} */ (each));
const put = selector => page.querySelector(selector);
const number = name => Number(get(name).value) || 0;
const model = () => Object.fromEntries(data.fermions.map(f => [f, number(f)]));
const digits = (x, n = 3) => Math.abs(x) >= 1e4 || Math.abs(x) < 1e-2 ?
  x.toExponential(n - 1).replace(/\.?0*e\+?/, "e") : String(Number(x.toPrecision(n)));
const shown = () => data.bounds.filter(b => get(`group ${b.group}`).checked && (!b.future || get("future").checked));
let size = scales(720, 480), found = {}, turned = "e", waiting = false;

/** The point: the mass of the grid that is nearest, and the coupling. */
function at() {
  const place = nearest(data, number("mass"));
  return { place, m: data.grid.m[place], g: number("coupling") };
}

/** Everything anew, at most once for each picture of the screen. */
function update() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; redraw(); });
}

function redraw() {
  const start = performance.now(), couplings = model(), bounds = shown();
  found = evaluate(data, couplings);
  page.dataset.milliseconds = String(performance.now() - start);
  const width = Math.max(300, svg.clientWidth || 720);
  size = scales(width, width > 600 ? 500 : 430);
  plot(svg, size, bounds, found, couplings.mu ? band(data, couplings) : null, at().g > 0 ? at() : null);
  tell(couplings, bounds);
  silent(bounds);
  const groups = every("[name^='group ']"), on = groups.filter(box => box.checked);
  const names = on.length < groups.length ? on.map(box => box.name.slice(6)) : null;
  put("pre").textContent = python(couplings, names, get("future").checked, at());
  get("preset").value = Object.keys(said.presets).find(name => alike(said.presets[name], couplings)) ?? "";
  history.replaceState(null, "", "#" + new URLSearchParams(state()));
}

const alike = (one, other) => data.fermions.every(f => one[f] === other[f]);

const byWhat = ({ margin }) => Number.isFinite(margin) ? `by a factor of ${digits(margin)}` : "whatever the coupling";

/** What is to be said of the point. */
function tell(couplings, bounds) {
  const { place, m, g } = at(), names = new Set(bounds.map(({ name }) => name)), p = number("momentum");
  if (!(g > 0)) return;
  const { by, deviation, length, branching } = point(data, couplings, place, g);
  const hits = by.filter(({ name }) => names.has(name)), excluded = hits.filter(({ future }) => !future);
  const [most, ...more] = excluded, others = more.length ? `, and by ${more.length} more` : "";
  put("output").textContent = `At ${digits(m)} GeV and g = ${digits(g)}: ` +
    (most ? `excluded by ${most.name}, ${byWhat(most)}${others}.` : "nothing that is drawn excludes it.");
  put(".by").replaceChildren(...hits.map(hit => row([
    hit.name, hit.future ? "will probe it" : "excludes it", Number.isFinite(hit.margin) ? digits(hit.margin) : "∞",
    `${digits(hit.lower)} to ${Number.isFinite(hit.upper) ? digits(hit.upper) : "∞"}`])));
  put(".moment").textContent = `${Math.abs(deviation).toFixed(2)} standard deviations ` +
    `${deviation < 0 ? "too many" : "missing"}${couplings.mu ? "" : ", as without a Z′"}`;
  put(".length").textContent = !Number.isFinite(length) ? "it does not decay" :
    `cτ = ${digits(length)} m, τ = ${digits(length / data.hbar_c * data.hbar)} s, ` +
    `flight at ${digits(p)} GeV: ${digits(length * p / m)} m`;
  const shares = Object.entries(branching).filter(([, share]) => share >= 5e-4);
  put(".bar").replaceChildren(...shares.map(([channel, share]) => part(channel, share)));
}

function row(cells) {
  const line = document.createElement("tr");
  for (const text of cells) line.append(Object.assign(document.createElement("td"), { textContent: text }));
  return line;
}

function part(channel, share) {
  const span = document.createElement("span"), words = `${SHARES[channel]} ${(100 * share).toPrecision(3)} %`;
  span.className = `share ${channel}`;
  span.style.flexGrow = String(share);
  span.title = words;
  span.append(Object.assign(document.createElement("span"), { textContent: words }));
  return span;
}

/** Bounds without a word on the model, by what they say of that. */
function silent(bounds) {
  const speak = new Set(speaking(bounds, found)), why = {};
  for (const bound of bounds) if (!speak.has(bound)) (why[found[bound.name].why_not] ??= []).push(bound.name);
  put(".silent").replaceChildren(...Object.entries(why).map(([reason, names]) =>
    Object.assign(document.createElement("li"), { textContent: `${reason}: ${names.join(", ")}` })));
  put(".silent-count").textContent = `${bounds.length - speak.size} of ${bounds.length} bounds say nothing`;
}

/** @param {Input} input */
const value = input => input.type === "checkbox" ? String(Number(input.checked)) : input.value;
/** @param {Input} input */
const first = input => input.type === "checkbox" ? String(Number(input.defaultChecked)) : input.defaultValue;
const state = () => every("input[name]:not([name=size])")
  .filter(input => value(input) !== first(input)).map(input => [input.name, value(input)]);

/** One charged lepton or quark moves the others; g_nu and Lambda make the muonic model (Eq. 2.11). */
function linked(name) {
  if (get("universal").checked && LEPTONS.includes(name)) for (const f of LEPTONS) get(f).value = get(name).value;
  if (get("photon").checked && name in said.quarks)
    for (const q in said.quarks) get(q).value = String(number(name) * said.quarks[q] / said.quarks[name]);
  if (["g_nu", "Lambda"].includes(name)) muonic(number("g_nu"), number("Lambda"));
  if (data.fermions.includes(name)) turn(name);
}

function muonic(g_nu, scale) {
  if (!(scale > 0)) return;
  const loop = -said.loop.factor * Math.log(said.loop.mass ** 2 / scale ** 2);
  for (const f of data.fermions) get(f).value = String(f in said.loop.charge ? loop * said.loop.charge[f] : 0);
  [get("mu").value, get("nu_mu").value] = ["1", String(g_nu)];
}

/** The slider belongs to the coupling that was touched last: its size, the sign stays. */
function turn(name) {
  turned = name;
  put(".turned").innerHTML = said.names[name];
  if (number(name)) get("size").value = String(Math.log10(Math.abs(number(name))));
}

function preset(name) {
  for (const f of data.fermions) get(f).value = said.presets[name][f];
  for (const link of ["universal", "photon"]) get(link).checked = false;
}

function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** @type {Record<string, [string, () => string, string]>} */
const FILES = { csv: ["bounds.csv", () => csv(model(), shown(), found), "text/csv"],
  bib: ["bounds.bib", () => bibtex(data, shown(), found), "text/plain"],
  svg: ["bounds.svg", () => new XMLSerializer().serializeToString(svg), "image/svg+xml"] };
for (const [name, [file, text, type]] of Object.entries(FILES))
  get(name).addEventListener("click", () => save(file, text(), type));

page.addEventListener("input", event => {
  const target = /** @type {Input} */ (event.target);
  if (target.name === "preset") { if (target.value) preset(target.value); }
  else if (target.name === "size") {
    get(turned).value = digits(Math.sign(number(turned) || 1) * 10 ** number("size"));
    linked(turned);
  } else linked(target.name);
  update();
});
page.addEventListener("focusin", ({ target }) => {
  const { name } = /** @type {Input} */ (target);
  if (data.fermions.includes(name)) turn(name);
});

/** To a place in the plot: the nearest mass that is known, any coupling. */
function move(x, y) {
  const box = svg.getBoundingClientRect();
  get("mass").value = digits(data.grid.m[nearest(data, size.m((x - box.left) / box.width * size.width))], 4);
  get("coupling").value = digits(size.g((y - box.top) / box.height * size.height));
  update();
}

let dragged = false;
svg.addEventListener("pointerdown", event => {
  dragged = /** @type {Element} */ (event.target).classList.contains("handle");
  if (dragged) svg.setPointerCapture(event.pointerId);
});
svg.addEventListener("pointermove", event => dragged ? move(event.clientX, event.clientY) : under(event));
svg.addEventListener("pointerup", () => { dragged = false; });
svg.addEventListener("click", event => move(event.clientX, event.clientY));
svg.addEventListener("keydown", event => {
  const step = event.shiftKey ? 10 : 1, places = { ArrowLeft: -step, ArrowRight: step }[event.key];
  const factor = { ArrowDown: 1.1 ** -step, ArrowUp: 1.1 ** step }[event.key], { place, g } = at();
  if (!places && !factor) return;
  event.preventDefault();
  if (places) get("mass").value = digits(data.grid.m[Math.min(Math.max(place + places, 0), data.grid.n - 1)], 4);
  else get("coupling").value = digits(g * factor);
  update();
});

/** The bounds under the pointer, with their sources, and their curves in bold. */
function under({ clientX, clientY }) {
  const nodes = document.elementsFromPoint(clientX, clientY);
  const names = nodes.map(node => node.getAttribute("data-name")).filter(Boolean);
  const bounds = names.map(name => data.bounds.find(bound => bound.name === name));
  for (const edge of svg.querySelectorAll("[data-edge]"))
    edge.setAttribute("stroke-width", names[0] === edge.getAttribute("data-edge") ? "2.6" : "1.2");
  const words = bounds.slice(0, 3).map(({ name, confidence, citation }) => `${name} (${confidence}): ${citation}`);
  put(".under").textContent = [...words, ...names.length > 3 ? [`and ${names.length - 3} more`] : []].join(" · ");
}

for (const [name, text] of new URLSearchParams(location.hash.slice(1))) {
  const [input] = every(`input[name="${CSS.escape(name)}"]`);
  if (input) input.type === "checkbox" ? input.checked = text === "1" : input.value = text;
}
for (const [group, colour] of Object.entries(COLOURS))
  get(`group ${group}`)?.parentElement.style.setProperty("--swatch", colour);
turn("mu");
addEventListener("resize", update);
redraw();
Object.assign(globalThis.zputilsLive, { evaluate: couplings => evaluate(data, couplings) });  // for a console
page.dataset.ready = "yes";
