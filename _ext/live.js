/**
 * Every bound of zputils on any Z', in the browser: `load` the exported kernels (zputils/pages/live.py), then
 * `evaluate` them for couplings; live_point.js asks of one point. Equations: arXiv:2108.05147, and zputils.methods.
 *
 * @typedef {Record<string, number>} Couplings  by fermion, per unit of the reference coupling
 * @typedef {{lower: Float64Array, upper: Float64Array}} Interval  nan where there is none, upper inf without end
 * @typedef {{m: Float64Array, intervals: Interval[], why_not: string | null}} Answer
 */
import { crossings, interpolated, negative, numerator, quadraticRoots, rise, signChanges } from "./live_solvers.js";

export { load } from "./live_data.js";

const LIGHT = ["u", "d", "s"];
export const CHANNELS = ["e", "mu", "tau", "nu", "hadrons"];

/** The couplings, and what else products are made of: nu, the rho's charge, light quarks like a photon's or not. */
function values(data, g) {
  const [u, d, s] = LIGHT.map(q => g[q] / data.charge[q]);
  const like = Math.abs(d - u) <= data.alike * Math.abs(u) && Math.abs(s - u) <= data.alike * Math.abs(u);
  const found = { ...g, nu: Math.hypot(Math.hypot(g.nu_e, g.nu_mu), g.nu_tau) };
  for (const q of LIGHT) [found[q + " like"], found[q]] = like ? [g[q], 0] : [0, g[q]];
  return { ...found, rho: (g.u - g.d) / data.e };  // through which all pi+ pi- go
}

function add(sum, factor, column, from) {
  for (let i = 0; i < sum.length; i++) sum[i] += factor * column[from + i];
}

/** Production per coupling squared: squares of amplitudes, zero where they cancel (physics/mechanisms.py). */
function produced(bound, g, from, n) {
  const sum = new Float64Array(n);
  for (const { weight, floor, parts } of bound.production) {
    const some = parts.filter(({ fermion }) => g[fermion]);
    if (!some.length) continue;
    for (let i = from; i < from + n; i++) {
      let re = 0, im = 0, size = 0;
      for (const { fermion, real, imaginary } of some) {
        const a = real[i] * g[fermion], b = imaginary ? imaginary[i] * g[fermion] : 0;
        re += a;
        im += b;
        size += b === 0 ? Math.abs(a) : Math.sqrt(a * a + b * b);
      }
      const square = re * re + im * im;
      if (square > (floor * size) ** 2) sum[i - from] += weight[i] * square;
    }
  }
  return sum;
}

/** Adds the width to a channel per coupling squared, GeV: Eqs. 3.6, 3.10, and the exported forms (Eq. 3.12). */
function addWidth(sum, bound, v, channel, from) {
  if (channel === "nu") add(sum, v.nu ** 2 / (24 * Math.PI), bound.m, from);
  else if (channel in bound.leptons) add(sum, v[channel] ** 2, bound.leptons[channel], from);
  else for (const [a, b, entry] of bound.forms[channel]) if (v[a] && v[b]) add(sum, v[a] * v[b], entry, from);
}

/** Width per coupling squared to some channels at n masses. */
export function width(bound, v, channels, from, n) {
  const sum = new Float64Array(n);
  for (const channel of channels) addWidth(sum, bound, v, channel, from);
  return sum;
}

/** Production and, unless the Z' is virtual, the widths to what is seen and to everything. */
function terms(bound, g, v, from, n) {
  const made = produced(bound, g, from, n);
  if (bound.needs_nu && v.nu === 0) made.fill(0);
  if (bound.virtual || !made.some(x => x > 0)) return { made, seen: null, whole: null };
  return { made, seen: width(bound, v, bound.states, from, n), whole: width(bound, v, CHANNELS, from, n) };
}

const nothing = n => new Float64Array(n).fill(NaN);

/** g^2 R BR P(g^2 Gamma) = N at each mass (methods/events.py). */
function events(bound, g, v, from, n) {
  const { made, seen, whole } = terms(bound, g, v, from, n), lower = nothing(n), upper = nothing(n);
  const timed = "log_time" in bound, surplus = nothing(n), best = nothing(n);
  for (let i = 0; i < n && (bound.virtual || seen); i++) {
    const log = Math.log(bound.virtual ? made[i] : made[i] * seen[i] / whole[i]);
    const logY = timed ? Math.log(whole[i]) + bound.log_time[from + i] : 0;
    const need = bound.log_events[from + i] - log + logY;
    if (!Number.isFinite(need)) continue;
    const [low, high] = bound.shield ? crossings(need, bound.shield, bound.top, bound.highest)
      : [timed ? rise(need) : need, Infinity];
    lower[i] = Math.exp((low - logY) / 2);
    upper[i] = Math.exp((high - logY) / 2);
    if (bound.shield) [surplus[i], best[i]] = [bound.highest - need, bound.top - logY];
  }
  return { intervals: [{ lower, upper }], surplus, best };
}

/** A row wherever the two edges meet between neighbouring masses (events.tips). @returns {Omit<Answer, 'why_not'>} */
function withTips(m, { intervals: [{ lower, upper }], surplus, best }, unit) {
  const rows = [[], [], []];
  const push = (...row) => row.forEach((value, k) => rows[k].push(value));
  for (let i = 0; i < m.length; i++) {
    push(m[i], lower[i], upper[i]);
    const gap = surplus[i] - surplus[i + 1];
    if (Number.isNaN(lower[i]) === Number.isNaN(lower[i + 1]) || !Number.isFinite(gap)) continue;
    const share = Math.min(Math.max(surplus[i] / gap, 0), 1);
    const tip = Math.exp((best[i] + share * (best[i + 1] - best[i])) / 2) / unit;
    push(Math.exp(Math.log(m[i]) + share * (Math.log(m[i + 1]) - Math.log(m[i]))), tip, tip);
  }
  const [all, low, high] = rows.map(row => Float64Array.from(row));
  return { m: all, intervals: [{ lower: low, upper: high }] };
}

/** A map of ratios, recast: excluded is where the ratio is below 1 (methods/ratio_map.py). */
function map(bound, g, v, from, n) {
  const { made, seen, whole } = terms(bound, g, v, from, n), found = [];
  for (let i = 0; i < n; i++) {
    const row = seen && made[i] * seen[i] > 0 ? rowOf(bound.table, bound.m[from + i]) : null;
    if (!row) { found.push([]); continue; }
    const wider = Math.log(whole[i] / bound.photon_width[from + i]);
    const factor = wider + Math.log(bound.photon_rate[from + i] / (made[i] * seen[i] / whole[i]));
    const edges = negative(bound.table.epsilons, row.map(ratio => ratio + factor));
    found.push(edges.map(pair => pair.map(x => Math.exp(x - wider / 2))));
  }
  const side = (k, edge) => Float64Array.from(found, row => row[k]?.[edge] ?? NaN);
  const most = Math.max(1, ...found.map(row => row.length));
  return { intervals: Array.from({ length: most }, (_, k) => ({ lower: side(k, 0), upper: side(k, 1) })) };
}

/** ln ratio of a map at a mass, linear between its masses, null outside them. */
function rowOf({ m, rows }, mass) {
  if (!(mass >= m[0] && mass <= m[m.length - 1])) return null;
  const right = Math.max(m.findIndex(known => known >= mass), 1);
  const share = (mass - m[right - 1]) / (m[right] - m[right - 1]), next = rows[right];
  return rows[right - 1].map((ratio, k) => (1 - share) * ratio + share * next[k]);
}

/** The products of couplings of counts, in units of the largest, which is `strength`. */
function products(bound, g) {
  const found = bound.products.map(terms => terms.reduce((sum, [a, b, weight]) => sum + weight * g[a] * g[b], 0));
  const strength = Math.max(...found.map(Math.abs));
  return { strength, direction: found.map(value => Math.round(value / (strength || 1) * 1e12) / 1e12) };
}

/** N1 and N2 of bin b at place i. */
function polynomial(bound, direction, b, i) {
  let n1 = 0, n2 = 0;
  for (let j = 0; j < direction.length; j++) {
    n1 += direction[j] * bound.linear[j][b][i];
    n2 += direction[j] ** 2 * bound.quadratic[j][b][i];
  }
  return [n1, n2];
}

/** One count N0 + N1 x + N2 x^2, x = g^2, below `low` or above `high` (methods/counting.py). */
function count(bound, g, v, from, n) {
  const { strength, direction } = products(bound, g), few = { lower: nothing(n), upper: nothing(n) };
  const many = { lower: nothing(n), upper: nothing(n) }, [n0] = bound.n0;
  for (let i = 0; i < n && strength > 0; i++) {
    const [n1, n2] = polynomial(bound, direction, 0, from + i), less = quadraticRoots(n2, n1, n0 - bound.low);
    if (less[0] > 0) [few.lower[i], few.upper[i]] = less.map(x => Math.sqrt(x / strength));
    many.lower[i] = Math.sqrt(quadraticRoots(n2, n1, n0 - bound.high)[1] / strength);
    many.upper[i] = many.lower[i] >= 0 ? Infinity : NaN;
  }
  return { intervals: [few, many] };
}

/** Counts together: outside the x at which chi^2 is at its threshold (methods/chi_squared.py). */
function chiSquared(bound, g, v, from, n) {
  const { strength, direction } = products(bound, g);
  const intervals = Array.from({ length: bound.intervals }, () => ({ lower: nothing(n), upper: nothing(n) }));
  const whole = bound.n0.reduce((sum, x) => sum + x, 0);
  for (let i = 0; i < n && strength > 0; i++) {
    const parts = bound.n0.map((_, b) => polynomial(bound, direction, b, from + i));
    const scale = Math.sqrt(whole / parts.reduce((sum, [, n2]) => sum + n2, 0));
    if (!Number.isFinite(scale)) continue;
    const [n1, n2] = [parts.map(part => part[0] * scale), parts.map(part => part[1] * scale ** 2)];
    const edges = signChanges(numerator(bound, n1, n2)).map(x => Math.sqrt(x * scale / strength));
    for (let k = 0; k < edges.length; k += 2) {
      const { lower, upper } = intervals[k + 1 < edges.length ? k / 2 : bound.intervals - 1];
      [lower[i], upper[i]] = [edges[k], edges[k + 1] ?? Infinity];
    }
  }
  return { intervals };
}

/** The mass below which BBN and the CMB exclude every coupling (Eq. 2.15, methods/thermal.py). */
function lightest({ first, last, position, mass }, v) {
  const e = Math.abs(v.e), ratio = 2 * Math.min(e < 1e100 * v.nu ? e / v.nu : Infinity, 1e100) ** 2;
  if (!(e > 0 || v.nu > 0)) return NaN;
  const logarithm = Math.log(Math.min(Math.max(ratio, first), last));
  return interpolated([Math.min(ratio / first, 1) + logarithm - last / Math.max(ratio, last)], position, mass)[0];
}

/** Every coupling below that mass: at the places of the grid, or at a thousandth of it and at it. */
function below(bound, g, v, from, n) {
  const mass = lightest(bound, v), m = bound.m?.subarray(from, from + n) ?? Float64Array.of(1e-3 * mass, mass);
  const lower = m.map(x => x <= mass ? 0 : NaN);
  return { m, intervals: [{ lower, upper: lower.map(x => x === 0 ? Infinity : NaN) }] };
}

/** What is said of a bound that excludes nothing: what it lacks, in the words of its `why_not`. */
function whyNot(bound, g, v) {
  if (Array.isArray(bound.why)) {
    const there = what => typeof what === "string" ? g[what] : what[0] * (2 * g.u + g.d) + what[1] * (g.u + 2 * g.d);
    const lacks = bound.why.map(needs => needs.find(({ any }) => !any.some(there))?.text ?? null);
    return lacks.includes(null) ? null : [...new Set(lacks)].join(" and ");
  }
  const made = produced(bound, g, 0, bound.n);
  if (!made.some(x => x > 0)) return bound.why.made;
  const seen = bound.virtual ? made : width(bound, v, bound.states, 0, bound.n);
  const none = bound.needs_nu && v.nu === 0 || !made.some((x, i) => x * seen[i] > 0);
  return none ? bound.why.seen : bound.why.few ?? null;
}

const KINDS = { events, map, count, chi_squared: chiSquared, below };

/** The couplings in units of a power of two near the largest, so that nothing is rounded; and `values` of them. */
export function scaled(data, couplings) {
  const g = Object.fromEntries(data.fermions.map(f => [f, couplings[f] ?? 0]));
  const largest = Math.max(...Object.values(g).map(Math.abs));
  const unit = largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 1;
  for (const f in g) g[f] /= unit;
  return { g, v: values(data, g), unit };
}

/** The intervals of a bound at n of its masses, from the place `from` on; with what `withTips` needs. */
export function solved(bound, { g, v, unit }, from, n) {
  const found = KINDS[bound.kind](bound, g, v, from, n);
  for (const { lower, upper } of found.intervals) for (let i = 0; i < n; i++) {
    lower[i] /= unit;
    upper[i] /= unit;
  }
  return found;
}

/** {name: answer} of every bound. @param {Couplings} couplings @returns {Record<string, Answer>} */
export function evaluate(data, couplings) {
  const model = scaled(data, couplings), found = /** @type {Record<string, Answer>} */ ({});
  for (const bound of data.bounds) {
    const inside = solved(bound, model, 0, bound.n);
    const answer = bound.tips && bound.shield ? withTips(bound.m, inside, model.unit) : { m: bound.m, ...inside };
    const silent = answer.intervals.every(({ lower }) => lower.every(Number.isNaN));
    found[bound.name] = { m: answer.m, intervals: answer.intervals,
      why_not: silent ? whyNot(bound, model.g, model.v) : null };
  }
  return found;
}

/** The coupling at -1, 0 and +1 standard deviations from the anomaly (Eqs. 2.13, 2.14). */
export function band(data, couplings) {
  const { m, unit } = data.grid, [value, error] = data.anomaly, mu = Math.abs(couplings.mu ?? 0);
  const at = k => unit.map(a => mu ? Math.sqrt(Math.max(value + k * error, 0) / a) / mu : NaN);
  return { m, low: at(-1), central: at(0), high: at(1) };
}
