/**
 * Every bound of zputils on any Z', in the browser: `load` the exported kernels (zputils/pages/live.py), then
 * `evaluate(data, couplings)`. Equations: arXiv:2108.05147, and the docstrings of zputils.methods.
 *
 * @typedef {Record<string, number>} Couplings  by fermion, per unit of the reference coupling
 * @typedef {number | Float64Array} Column  a number where it is the same at all masses
 * @typedef {{m: ArrayLike<number>, intervals: {lower: Float64Array, upper: Float64Array}[], why_not: string | null}} Answer
 * @typedef {{fermions: string[], charge: Record<string, number>, e: number, lepton_mass: Record<string, number>,
 *   bounds: any[], band: any}} Header
 */
const LIGHT = ["u", "d", "s"], CHANNELS = ["e", "mu", "tau", "nu", "hadrons"], EPS = Number.EPSILON;

/** The value of a column at place i. @param {Column} column @param {number} i */
const at = (column, i) => typeof column === "number" ? column : column[i];

/** From the base64 of the script to numbers. @param {string} text @returns {Promise<Float64Array>} */
async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const n = bytes.length / 8, whole = new Uint8Array(bytes.length);
  for (let k = 0; k < 8; k++) for (let i = 0; i < n; i++) whole[8 * i + k] = bytes[n * k + i];
  return new Float64Array(whole.buffer);
}

/** A column from its pieces [first, size, ...]. @param {number | number[]} said @param {Float64Array} numbers */
function column(said, numbers) {
  if (typeof said === "number") return said;
  let size = 0;
  for (let k = 1; k < said.length; k += 2) size += said[k];
  const found = new Float64Array(size);
  for (let k = 0, to = 0; k < said.length; to += said[k + 1], k += 2)
    if (said[k] >= 0) found.set(numbers.subarray(said[k], said[k] + said[k + 1]), to);
  return found;
}

/** What `globalThis.zputilsLive` holds, with its columns. @returns {Promise<Header>} */
export async function load(live) {
  const numbers = await unpacked(live.columns), header = structuredClone(live.header);
  const filled = column_ => column(column_, numbers);
  for (const bound of [...header.bounds, header.band]) {
    for (const key of ["m", "unit", "log_events", "log_time"]) if (key in bound) bound[key] = filled(bound[key]);
    if (typeof bound.m === "number") bound.m = new Float64Array(bound.n).fill(bound.m);
    for (const key of ["linear", "quadratic"]) if (key in bound) bound[key] = bound[key].map(filled);
    for (const form of Object.values(bound.forms ?? {})) for (const entry of form) entry[2] = filled(entry[2]);
    for (const term of bound.production ?? []) {
      term.weight = filled(term.weight);
      for (const fermion in term.form) term.form[fermion] = term.form[fermion].map(filled);
    }
  }
  return header;
}

/** The couplings and what is made of them: nu, charges of mesons, quarks like a photon's or not (physics/forms.py). */
function values(data, g) {
  const [u, d, s] = LIGHT.map(q => g[q] / data.charge[q]);
  const like = Math.abs(d - u) <= data.alike * Math.abs(u) && Math.abs(s - u) <= data.alike * Math.abs(u);
  const found = { ...g, nu: Math.hypot(Math.hypot(g.nu_e, g.nu_mu), g.nu_tau) };
  for (const q of LIGHT) [found[q + " like"], found[q]] = like ? [g[q], 0] : [0, g[q]];
  return { ...found, rho: (g.u - g.d) / data.e, omega: 3 * (g.u + g.d) / data.e, phi: -3 * g.s / data.e };
}

/** The bound with the couplings multiplied in, without what vanishes for all masses. */
function ofModel(bound, g, v) {
  const forms = Object.fromEntries(Object.entries(bound.forms ?? {}).map(([channel, form]) => [channel,
    form.filter(([a, b]) => v[a] && v[b]).map(([a, b, entry]) => [v[a] * v[b], entry])]));
  const production = bound.production.map(({ weight, floor, form }) => ({ weight, floor, parts:
    Object.entries(form).filter(([f]) => g[f]).map(([f, [re, im]]) => [g[f], re, im]) }));
  return { ...bound, forms, production: production.filter(({ parts }) => parts.length) };
}

/** Production per coupling squared at place i: squares of amplitudes, zero where they cancel (physics/mechanisms.py). */
function produced(bound, i) {
  let sum = 0;
  for (const { weight, floor, parts } of bound.production) {
    let re = 0, im = 0, size = 0;
    for (const part of parts) {
      const g = part[0], a = at(part[1], i), b = at(part[2], i);
      re += a * g; im += b * g; size += (b === 0 ? Math.abs(a) : Math.sqrt(a * a + b * b)) * Math.abs(g);
    }
    const square = re * re + im * im;
    if (square > (floor * size) ** 2) sum += at(weight, i) * square;
  }
  return sum;
}

/** Width to a channel at mass m, per coupling squared, GeV: Eqs. 3.6, 3.10, and the exported forms (Eq. 3.12). */
function width(data, bound, v, channel, m, i) {
  if (channel === "nu") return v.nu ** 2 * m / (24 * Math.PI);
  if (channel in data.lepton_mass) {
    const ratio = (data.lepton_mass[channel] / m) ** 2;
    return v[channel] ** 2 * m / (12 * Math.PI) * Math.sqrt(Math.max(1 - 4 * ratio, 0)) * (1 + 2 * ratio);
  }
  let sum = 0;
  for (const part of bound.forms[channel]) sum += part[0] * at(part[1], i);
  return sum;
}

/** ln y - s y + ln(1 - exp(-y)): the rate behind a shield (Eqs. 3.4, 3.8). @param {number} x ln y */
export function logShape(x, s) {
  const y = Math.exp(Math.max(-690, Math.min(690, x)));
  return 2 * x - s * y + Math.log(-Math.expm1(-y) / y);
}

/** The root of logShape = level below the peak (side -1) or above it (side 1), from the outer end (displaced._steps). */
function root(x, level, s, side, top) {
  for (let k = 0; k < 60; k++) {
    const y = Math.exp(Math.min(x, 690)), lost = Math.expm1(-y), ends = -y * (1 + lost) / lost;
    const excess = x - s * y + Math.log(-lost) - level, slope = 1 - s * y + ends, bend = s * y - ends * (1 - y - ends);
    const gap = slope - side * Math.sqrt(Math.max(slope * slope + 2 * excess * bend, 0));
    let moved = gap === 0 ? x : x - 2 * excess / gap;
    moved = side < 0 ? Math.min(moved, top) : Math.max(moved, top);
    const step = Math.abs(moved - x);
    x = moved;
    if (!(step > 1e-6 * Math.min(Math.abs(moved - top), 1)) || step <= 1e-15 * Math.abs(moved)) break;
  }
  return x;
}

/** Both ln y at which the rate is at `level`, nan where it stays below. @returns {[number, number]} */
function crossings(level, s, top, highest) {
  if (!(level <= highest + 8 * EPS * (1 + Math.abs(highest)))) return [NaN, NaN];
  level = Math.min(level, highest);
  const far = Math.log(2 / s) + Math.log(Math.max(Math.log(2 / s) - 1 - level, 1));
  return [root(Math.min(level / 2, top), level, s, -1, top), root(Math.max(far, top), level, s, 1, top)];
}

/** ln(R BR) and ln of (t1 - t0) Gamma at place i. */
function terms(data, bound, v, m, i) {
  const made = produced(bound, i) * (bound.needs_nu && v.nu === 0 ? 0 : 1);
  if (bound.virtual) return [Math.log(made), 0];
  if (!made) return [-Infinity, 0];
  let whole = 0, seen = 0;
  for (const channel of CHANNELS) {
    const part = width(data, bound, v, channel, m, i);
    whole += part;
    if (bound.states.includes(channel)) seen += part;
  }
  if (bound.states.includes("pi+_pi-")) seen += width(data, bound, v, "pi+_pi-", m, i);
  return [Math.log(made * seen) - Math.log(whole), Math.log(whole)];
}

/** g^2 R BR P(g^2 Gamma) = N at each mass (methods/events.py). @returns {Answer} */
function events(data, whole, g, v) {
  const bound = ofModel(whole, g, v);
  const n = bound.n, lower = new Float64Array(n).fill(NaN), upper = lower.slice(), points = [];
  for (let i = 0; i < n; i++) {
    const known = Number.isFinite(at(bound.log_events, i));
    const [strength, logWidth] = known ? terms(data, bound, v, bound.m[i], i) : [NaN, NaN];
    const logY = "log_time" in bound ? logWidth + at(bound.log_time, i) : 0;
    const need = at(bound.log_events, i) - strength + logY;
    if (!Number.isFinite(need)) { points.push([NaN, NaN]); continue; }
    if (!("log_time" in bound)) [lower[i], upper[i]] = [Math.exp(need / 2), Infinity];
    else if (!bound.shield) [lower[i], upper[i]] = [Math.exp((root(Math.max(need, need / 2), need, 0, -1, Infinity) - logY) / 2), Infinity];
    else {
      const edges = crossings(need, bound.shield, bound.top, bound.highest);
      [lower[i], upper[i]] = edges.map(x => Math.exp((x - logY) / 2));
      points.push([bound.highest - need, bound.top - logY]);
    }
  }
  const region = { m: bound.m, intervals: [{ lower, upper }], why_not: null };
  return bound.tips && bound.shield ? withTips(region, points) : region;
}

/** A row wherever the two edges meet between neighbouring masses (events.tips). @param {Answer} region */
function withTips({ m, intervals: [{ lower, upper }] }, points) {
  const rows = [[], [], []];
  const push = (...row) => row.forEach((value, k) => rows[k].push(value));
  for (let i = 0; i < m.length; i++) {
    push(m[i], lower[i], upper[i]);
    const [[a, x], [b, y]] = [points[i], points[i + 1] ?? [NaN, NaN]];
    if (i + 1 === m.length || Number.isNaN(lower[i]) === Number.isNaN(lower[i + 1]) || !Number.isFinite(a + b)) continue;
    const share = Math.min(Math.max(a / (a - b), 0), 1), tip = Math.exp((x + share * (y - x)) / 2);
    push(Math.exp(Math.log(m[i]) + share * (Math.log(m[i + 1]) - Math.log(m[i]))), tip, tip);
  }
  const [all, low, high] = rows.map(row => Float64Array.from(row));
  return { m: all, intervals: [{ lower: low, upper: high }], why_not: null };
}

/** The real roots of a x^2 + b x + c in rising order (counting.quadratic_roots). */
function roots(a, b, c) {
  if (!(b * b >= 4 * a * c && a > 0)) return [NaN, NaN];
  const q = -(b + (b >= 0 && !Object.is(b, -0) ? 1 : -1) * Math.sqrt(b * b - 4 * a * c)) / 2;
  return [Math.min(q / a, c / q), Math.max(q / a, c / q)];
}

/** One count N0 + N1 x + N2 x^2, x = g^2, below `low` or above `high` (methods/counting.py). @returns {Answer} */
function count(data, bound, g) {
  let p = bound.products.map(terms => terms.reduce((sum, [a, b, weight]) => sum + weight * g[a] * g[b], 0));
  const strength = Math.max(...p.map(Math.abs));
  p = p.map(value => Math.round(value / (strength || 1) * 1e12) / 1e12);
  const [first, second, above] = [0, 1, 2].map(() => new Float64Array(bound.n).fill(NaN));
  for (let i = 0; i < bound.n && strength > 0; i++) {
    let n1 = 0, n2 = 0;
    p.forEach((value, j) => { n1 += value * at(bound.linear[j], i); n2 += value * value * at(bound.quadratic[j], i); });
    const window = roots(n2, n1, bound.n0 - bound.low);
    if (window[0] > 0) [first[i], second[i]] = window.map(x => Math.sqrt(x / strength));
    above[i] = Math.sqrt(roots(n2, n1, bound.n0 - bound.high)[1] / strength);
  }
  return { m: bound.m, why_not: null, intervals: [{ lower: first, upper: second },
    { lower: above, upper: above.map(x => Number.isNaN(x) ? NaN : Infinity) }] };
}

/** The mass below which BBN and the CMB exclude every coupling (Eq. 2.15, methods/thermal.py). @returns {Answer} */
function below(data, bound, g, v) {
  const e = Math.abs(v.e), ratio = e < 1e100 * v.nu ? e / v.nu : Infinity, r = 2 * Math.min(ratio, 1e100) ** 2;
  const x = Math.min(r / bound.first, 1) + Math.log(Math.min(Math.max(r, bound.first), bound.last))
    - bound.last / Math.max(r, bound.last);
  const rows = bound.position, k = Math.min(Math.max(rows.findIndex(row => row >= x), 1), rows.length - 1);
  const slope = (bound.mass[k] - bound.mass[k - 1]) / (rows[k] - rows[k - 1]);
  const mass = e > 0 || v.nu > 0 ? slope * (x - rows[k - 1]) + bound.mass[k - 1] : NaN;
  const m = Float64Array.of(1e-3 * mass, mass), none = Number.isNaN(mass);
  return { m, why_not: null, intervals: [{ lower: m.map(() => none ? NaN : 0), upper: m.map(() => none ? NaN : Infinity) }] };
}

/** The coupling at -1, 0 and +1 standard deviations from the anomaly (Eqs. 2.13, 2.14). */
export function band(data, couplings) {
  const { m, unit, value, error } = data.band, mu = Math.abs(couplings.mu ?? 0);
  const [low, central, high] = [-1, 0, 1].map(k => Float64Array.from(unit, a => mu ? Math.sqrt(Math.max(value + k * error, 0) / a) / mu : NaN));
  return { m, low, central, high };
}

/** {name: answer} of every bound; `why_not` where one is not on the page. @param {Header} data @param {Couplings} couplings */
export function evaluate(data, couplings) {
  const g = Object.fromEntries(data.fermions.map(f => [f, couplings[f] ?? 0]));
  const largest = Math.max(...Object.values(g).map(Math.abs));
  const unit = largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 1;  // a power of two, so that nothing is rounded
  for (const f in g) g[f] /= unit;
  const v = values(data, g), kinds = { events, count, below };
  const found = {};
  for (const bound of data.bounds) {
    const answer = bound.kind === "none" ? { m: [], intervals: [], why_not: bound.why_not } : kinds[bound.kind](data, bound, g, v);
    for (const side of answer.intervals) for (const edge of [side.lower, side.upper]) for (let i = 0; i < edge.length; i++) edge[i] /= unit;
    found[bound.name] = answer;
  }
  return found;
}
