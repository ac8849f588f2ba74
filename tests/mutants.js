/**
 * Whether changed modules, or one changed number, say what the original ones say of the models in asked.json. For
 * tests/mutants.py: `node mutants.js modules 0 10` with the changed ones in ./0/ to ./9/, or `node mutants.js numbers
 * 1e-4`, the part by which each is larger.
 */
import { readFileSync } from "node:fs";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { band, evaluate, load, scaled, solved } from "./original/live.js";
import { nearest, point } from "./original/live_point.js";
import * as solvers from "./original/live_solvers.js";
import { said } from "./said.js";

const loaded = file => load(((0, eval)(readFileSync(file, "utf8")), globalThis.zputilsLive));
const ISLANDS = await loaded("./islands.js"), OPPOSED = JSON.parse(readFileSync("./opposed.json", "utf8"));
const ISLAND = evaluate(ISLANDS, OPPOSED).alone, DATA = await loaded("./data.js");
const E = 0.30282212, PHOTON = { e: -E, mu: -E, tau: -E, u: 2 * E / 3, c: 2 * E / 3, d: -E / 3, s: -E / 3, b: -E / 3 };
const ASKED = JSON.parse(readFileSync("./asked.json", "utf8")), PART = Number(process.argv[3]), LONGEST = 60e3;

/** Whether two numbers are the same to 1e-9, or to what a rounding of 1e-14 in the events moves close edges by. */
function alike(one, other, gap = Infinity) {
  if (Object.is(one, other) || one === other) return true;
  return Math.abs(one - other) <= (1e-9 + Math.min(1e-14 / Math.max(gap, 1e-20), 1e-7)) * Math.abs(other);
}

const columns = (one, other, gaps) => one.length === other.length && one.every((x, i) => alike(x, other[i], gaps?.[i]));

const intervals = (one, other) => one.length === other.length && one.every(({ lower, upper }, k) => {
  const its = other[k], gaps = its.lower.map((low, i) => Math.log(its.upper[i] / low));
  return columns(lower, its.lower, gaps) && columns(upper, its.upper, gaps);
});

const answers = (one, other) => one.why_not === other.why_not && columns(one.m, other.m)
  && intervals(one.intervals, other.intervals);

/** An answer on a point as text, to nine digits. */
const text = said => JSON.stringify(said, (_, x) => typeof x === "number" ? x.toPrecision(9) : x);

const CASES = JSON.parse(readFileSync("./solvers.json", "utf8")), SOLVED = text(said(solvers, CASES));

/** What there is to be said of each model and its point, once it is asked for. */
const expected = (data, each) => each.expected ??= { found: evaluate(data, each.model), strip: band(data, each.model),
  point: text(point(data, each.model, each.place, each.g)), near: nearest(data, each.mass) };

function agree(mutant, mutated, { model, place, g, mass, expected: { found, strip, point: said, near } }) {
  const [other, its] = [mutant.evaluate(mutated, model), mutant.band(mutated, model)];
  return Object.keys(found).every(name => answers(other[name], found[name]))
    && Object.keys(strip).every(key => columns(its[key], strip[key]))
    && said === text(mutant.point(mutated, model, place, g)) && near === mutant.nearest(mutated, mass);
}

/** By which model the modules in a folder are found out, or "survives". */
async function fate(folder, data) {
  try {
    if (text(said(await import(`./${folder}/live_solvers.js`), CASES)) !== SOLVED) return "dies by a solver";
    const mutant = { ...await import(`./${folder}/live.js`), ...await import(`./${folder}/live_point.js`) };
    if (!answers(mutant.evaluate(ISLANDS, OPPOSED).alone, ISLAND)) return "dies by an island";
    const same = name => readFileSync(`./${folder}/${name}`, "utf8") === readFileSync(`./original/${name}`, "utf8");
    const mutated = same("live_data.js") && same("live_solvers.js") ? data : await mutant.load(globalThis.zputilsLive);
    const at = ASKED.findIndex(each => expected(data, each) && !agree(mutant, mutated, each));
    return at < 0 ? "survives" : `dies by model ${at}`;
  } catch (error) {
    return `dies by ${error.name}`;
  }
}

/** The fates of the modules in folders first to last, one in a line; one that takes too long hangs. */
function ofModules(first, last) {
  if (first >= last) return;
  const worker = new Worker(new URL(import.meta.url), { workerData: [first, last] });
  let at = first, timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      worker.terminate();
      console.log(`${at} hangs`);
      ofModules(at + 1, last);
    }, LONGEST);
  };
  wait();
  worker.on("message", said => {
    console.log(`${at++} ${said}`);
    at < last ? wait() : clearTimeout(timer);
  });
}

// What is no number, is not read any more once all is loaded, or is the mass itself, which the answers repeat.
const LEFT_OUT = ["n", "fermi", "rows", "epsilon", "ratio", "form", "references", "recoils", "why", "intervals", "m"];

/** Paths to the numbers of a kernel: of a column three places where the bound speaks, of a map each row as a whole. */
function* leaves(part, speaks, path = []) {
  if (typeof part === "number") yield path;
  else if (ArrayBuffer.isView(part) && path.includes("table")) yield path;
  else if (ArrayBuffer.isView(part)) {
    const places = [...part.keys()].filter(i => part[i] !== 0 && Number.isFinite(part[i]) && speaks(i));
    yield* new Set([0.1, 0.5, 0.9].map(share => places[Math.floor(share * places.length)]).filter(i => i !== undefined)
      .map(i => [...path, i]));
  } else if (part && typeof part === "object") {
    const counts = part.weight ? i => speaks(i) && part.weight[i] !== 0 : speaks;
    for (const key of Object.keys(part))
      if (!LEFT_OUT.includes(key)) yield* leaves(part[key], counts, [...path, key]);
  }
}

/** The same with what is at a path larger by PART, or a floor by far. */
function changed(part, [key, ...rest], name) {
  const larger = x => name === "floor" ? 300 * x : x === 0 ? PART : x * (1 + PART);
  if (key === undefined) return typeof part === "number" ? larger(part) : part.map(larger);
  const copy = ArrayBuffer.isView(part) ? part.slice() : Array.isArray(part) ? [...part] : { ...part };
  copy[key] = changed(part[key], rest, key);
  return copy;
}

/** Whether a changed kernel says something else: at one place, where a column is changed, or of a model altogether. */
function found(data, bound, kernel, path) {
  const other = changed(kernel, path), place = path[path.length - 1];
  if (typeof place === "number" && ArrayBuffer.isView(path.slice(0, -1).reduce((part, key) => part[key], kernel)))
    return ASKED.some(({ scaled: model }) =>
      !intervals(solved(other, model, place, 1).intervals, solved(kernel, model, place, 1).intervals));
  return kernel === bound && ASKED.some(({ model }, k) => {
    bound.said ??= [];
    bound.said[k] ??= evaluate({ ...data, bounds: [bound] }, model)[bound.name];
    return !answers(evaluate({ ...data, bounds: [other] }, model)[bound.name], bound.said[k]);
  });
}

/** The numbers of all kernels, and those that nothing finds out. */
async function ofNumbers() {
  const data = DATA, survivors = [];
  for (const each of ASKED) each.scaled = scaled(data, each.model);
  let count = 0;
  for (const bound of data.bounds) for (const kernel of bound.grid ? [bound, bound.grid] : [bound]) {
    const photon = solved(kernel, scaled(data, PHOTON), 0, kernel.n).intervals[0].lower;
    const speaks = i => kernel.log_events ? Number.isFinite(kernel.log_events[i]) : !kernel.table || photon[i] > 0;
    const { grid, said, table, ...own } = kernel;
    if (kernel === bound && table) own.table = table;
    for (const path of [...leaves(own, speaks)]) {
      if (kernel !== bound && !Number.isInteger(path[path.length - 1])) continue;  // shared with the bound's own
      count++;
      const what = path.filter(key => Number.isNaN(Number(key))).join(" ");
      if (!found(data, bound, kernel, path)) survivors.push([what, bound.name]);
    }
  }
  const kinds = {};
  for (const [key, name] of survivors) ((kinds[key] ??= {})[name] ??= []).push(1);
  return [`${survivors.length} of ${count} numbers survive`, ...Object.entries(kinds).map(([key, names]) =>
    `${key}: ${Object.entries(names).map(([name, each]) => `${name} ${each.length}`).join(", ")}`)].join("\n");
}

if (!isMainThread) {
  for (let k = workerData[0]; k < workerData[1]; k++) parentPort.postMessage(await fate(k, DATA));
} else if (process.argv[2] === "numbers") console.log(await ofNumbers());
else ofModules(...process.argv.slice(3).map(Number));
