/**
 * What zputils/pages/live.py exports, as numbers for live.js: each column where its bound has it.
 */
import { interpolated } from "./live_solvers.js";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/** Bytes from digits to the base of 85, five for four bytes (base64.b85decode). @param {string} text */
function bytesOf(text) {
  const value = Object.fromEntries([...DIGITS].map((digit, k) => [digit, k])), missing = (5 - text.length % 5) % 5;
  const whole = text + "~".repeat(missing), found = new DataView(new ArrayBuffer(whole.length / 5 * 4));
  for (let k = 0; k < whole.length; k += 5) {
    let number = 0;
    for (let digit = 0; digit < 5; digit++) number = 85 * number + value[whole[k + digit]];
    found.setUint32(k / 5 * 4, number);
  }
  return new Uint8Array(found.buffer, 0, found.byteLength - missing);
}

/** What was compressed and written so. @param {string} text */
async function unpacked(text) {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The numbers of all columns: first the first bytes of all of them, then the second. @param {Uint8Array} bytes */
function numbersOf(bytes) {
  const n = bytes.length / 8, whole = new Uint8Array(bytes.length);
  for (let k = 0; k < 8; k++) for (let i = 0; i < n; i++) whole[8 * i + k] = bytes[n * k + i];
  return new Float64Array(whole.buffer);
}

/** A column of n from where it stands (zputils/pages/live_columns.py). */
function column(said, n, numbers) {
  if (typeof said === "number") return new Float64Array(n).fill(said);
  if (said.written) return Float64Array.from(said.written);
  const found = new Float64Array(n);
  for (let k = 0, to = 0; k < said.length; to += said[k + 1], k += 2)
    if (said[k] >= 0) found.set(numbers.subarray(said[k], said[k] + said[k + 1]), to);
  return found;
}

/** What `globalThis.zputilsLive` holds, with its columns. @param {{header: string, columns: string}} live */
export async function load(live) {
  const numbers = numbersOf(await unpacked(live.columns));
  const data = JSON.parse(new TextDecoder().decode(await unpacked(live.header)));
  const known = new Map();
  const filled = (said, n) => {
    const key = JSON.stringify(said) + n;
    if (!known.has(key)) known.set(key, column(said, n, numbers));
    return known.get(key);
  };
  fill(data.grid, data, filled);
  for (const bound of data.bounds) {
    fill(bound, data, filled);
    if (bound.kind === "map") bound.table = table(bound);
    if (bound.grid) fill(bound.grid = { ...bound, ...bound.grid }, data, filled);
  }
  return data;
}

/** Columns in the place of what says where they stand, at the masses of a bound or of the grid. */
function fill(part, data, filled) {
  const all = (parts, n = part.n) => parts?.forEach((said, k) => parts[k] = filled(said, n));
  for (const key of ["m", "unit", "log_events", "log_time", "photon_rate", "photon_width"])
    if (key in part) part[key] = filled(part[key], part.n);
  for (const key of ["linear", "quadratic"]) part[key]?.forEach(bins => all(bins));
  for (const form of Object.values(part.forms ?? {})) for (const entry of form) entry[2] = filled(entry[2], part.n);
  for (const term of part.production ?? []) {
    term.weight = filled(term.weight, part.n);
    term.parts = Object.entries(term.form).map(([fermion, said]) => {
      const [real, imaginary] = said.map(one => one === 0 ? null : filled(one, part.n));
      return { fermion, real: real ?? filled(0, part.n), imaginary };
    });
  }
  if (part.recoils) fromRecoils(part, filled);
  if (part.forms) part.leptons = Object.fromEntries(Object.entries(data.lepton_mass).map(
    ([name, mass]) => [name, part.m.map(m => leptonWidth(m, mass))]));
}

/** The width to a pair of leptons for a coupling of 1, GeV (Eq. 3.10). */
function leptonWidth(m, mass) {
  const ratio = (mass / m) ** 2;
  return m / (12 * Math.PI) * Math.sqrt(Math.max(1 - 4 * ratio, 0)) * (1 + 2 * ratio);
}

/** N1 and N2 of counts in many bins from the recoils they are sums over (methods/stopped_pions.py). */
function fromRecoils(bound, filled) {
  const empty = () => bound.recoils.map(() => bound.n0.map(() => new Float64Array(bound.n)));
  [bound.linear, bound.quadratic] = [empty(), empty()];
  bound.recoils.forEach((part, j) => {
    const [q2, events] = [part.q2, part.events].map(said => filled(said, part.bins.length));
    part.bins.forEach((b, k) => {
      for (let i = 0; i < bound.n; i++) {
        const propagator = 1 / (bound.fermi * (bound.m[i] ** 2 + q2[k]));
        bound.linear[j][b][i] += part.weak * events[k] * propagator;
        bound.quadratic[j][b][i] += events[k] * propagator ** 2;
      }
    });
  });
}

/** The map of ratios: ln epsilon of all its points, and ln ratio there at each of its masses (ratio_map.load). */
function table(bound) {
  const epsilons = Float64Array.from(new Set(bound.epsilon)).sort().map(Math.log);
  let first = 0;
  const rows = bound.rows.map(size => {
    const [x, y] = [bound.epsilon, bound.ratio].map(all => all.slice(first, first + size).map(Math.log));
    first += size;
    return interpolated(epsilons, x, y);
  });
  return { m: bound.m, epsilons, rows };
}
