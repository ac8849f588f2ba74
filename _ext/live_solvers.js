/** Roots for live.js: of rates behind a shield, of counts and their chi^2, and of a map of ratios. */
const EPS = Number.EPSILON;

/**
 * The x = ln y at which ln y - s y + ln(1 - exp(-y)), the rate behind a shield (Eqs. 3.4, 3.8), is at `level`, below
 * its peak `top` (side -1) or above it (side 1), from the outer end: each step goes to the root of the parabola that
 * has value, slope and curvature there (displaced._steps).
 */
function step(x, level, s, side, top) {
  for (let k = 0; k < 60; k++) {
    const y = Math.exp(Math.min(x, 690)), lost = Math.expm1(-y), ends = -y * (1 + lost) / lost;
    const excess = x - s * y + Math.log(-lost) - level, bend = s * y - ends * (1 - y - ends);
    const slope = side * Math.min(side * (1 - s * y + ends), 0);
    const gap = slope - side * Math.sqrt(Math.max(slope * slope + 2 * excess * bend, 0));
    let moved = gap === 0 ? x : x - 2 * excess / gap;
    moved = side < 0 ? Math.min(moved, top) : Math.max(moved, top);
    const size = Math.abs(moved - x);
    x = moved;
    if (!(size > 1e-6 * Math.min(Math.abs(moved - top), 1)) || size <= 1e-15 * Math.abs(moved)) break;
  }
  return x;
}

/** The ln y at which a rate without a shield, which only rises, is at `level` (displaced.rise). */
export const rise = level => step(Math.max(level, level / 2), level, 0, -1, Infinity);

/** Both ln y at which a rate is at `level`, nan where it stays below. @returns {[number, number]} */
export function crossings(level, s, top, highest) {
  if (!(level <= highest + 8 * EPS * (1 + Math.abs(highest)))) return [NaN, NaN];
  level = Math.min(level, highest);
  const far = Math.log(2 / s) + Math.log(Math.max(Math.log(2 / s) - 1 - level, 1));
  return [step(Math.min(level / 2, top), level, s, -1, top), step(Math.max(far, top), level, s, 1, top)];
}

/** The real roots of a x^2 + b x + c in rising order (polynomial.quadratic_roots). @returns {[number, number]} */
export function quadraticRoots(a, b, c) {
  if (!(b * b >= 4 * a * c && a > 0)) return [NaN, NaN];
  const q = -(b + (b >= 0 && !Object.is(b, -0) ? 1 : -1) * Math.sqrt(b * b - 4 * a * c)) / 2;
  return [Math.min(q / a, c / q), Math.max(q / a, c / q)];
}

/** Adds factor q r to the polynomial p; coefficients from the constant on. */
function addProduct(p, factor, q, r) {
  for (let i = 0; i < q.length; i++) for (let j = 0; j < r.length; j++) p[i + j] += factor * q[i] * r[j];
}

/** @param {Float64Array} p @param {number} x */
function valueAt(p, x) {
  let sum = 0;
  for (let k = p.length - 1; k >= 0; k--) sum = sum * x + p[k];
  return sum;
}

/** How often the coefficients change sign: positive roots are as many, or fewer by an even number (Descartes). */
function variations(p) {
  let count = 0, last = 0;
  for (let k = 0; k < p.length; k++) if (p[k] !== 0) {
    if (last * p[k] < 0) count++;
    last = p[k];
  }
  return count;
}

/** Where p changes its sign at x > 0, rising: between two roots of its derivative there is at most one. */
export function signChanges(p) {
  const most = variations(p), found = [];
  if (most === 0) return found;
  const slope = Float64Array.from({ length: p.length - 1 }, (_, k) => (k + 1) * p[k + 1]);
  const ends = most === 1 ? [0] : [0, ...signChanges(slope)];
  for (let k = 0; k < ends.length; k++) {
    const low = ends[k], negative = valueAt(p, low) < 0, final = k + 1 === ends.length;
    let high = final ? 2 * low + 1 : ends[k + 1];
    while (final && valueAt(p, high) < 0 === negative && high < 1e100) high *= 2;
    if (valueAt(p, high) < 0 !== negative) found.push(between(p, slope, low, high, negative));
  }
  return found;
}

/** The root of p between low and high, by Newton's steps, halves where one leaves the bracket. */
function between(p, slope, low, high, negative) {
  let x = (low + high) / 2;
  for (let k = 0; k < 200; k++) {
    const value = valueAt(p, x);
    if (value < 0 === negative) low = x; else high = x;
    let moved = x - value / valueAt(slope, x);
    if (!(moved > low && moved < high)) moved = (low + high) / 2;
    if (Math.abs(moved - x) <= 2 * EPS * x) return moved;
    x = moved;
  }
  return x;
}

/**
 * (chi^2 - threshold) det C as a polynomial in x, of counts n0 + n1 x + n2 x^2 in bins with one or two nuisances
 * (methods/chi_squared.py): chi^2 = sum_b (observed_b/error_b)^2 + a^2 - E^T C^-1 E, the nuisances counted from where
 * they cancel the counts.
 */
export function numerator({ n0, observed, error, shifts, start, threshold }, n1, n2) {
  const e = start.map(a => Float64Array.of(a, 0, 0)), count = shifts.length;
  const c = shifts.map((_, k) => shifts.map((_, l) => Float64Array.of(k === l ? 1 : 0, 0, 0, 0, 0)));
  let size = -threshold;
  for (const a of start) size += a * a;
  for (let b = 0; b < n0.length; b++) {
    const [x, y, z] = [n0[b] / error[b], n1[b] / error[b], n2[b] / error[b]], seen = observed[b] / error[b];
    const n = [x, y, z], square = [x * x, 2 * x * y, y * y + 2 * x * z, 2 * y * z, z * z];
    size += seen * seen;
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < 3; i++) e[k][i] += shifts[k][b] * seen * n[i];
      for (let l = 0; l <= k; l++) for (let i = 0; i < 5; i++) c[k][l][i] += shifts[k][b] * shifts[l][b] * square[i];
    }
  }
  const found = new Float64Array(4 * count + 1);
  addProduct(found, size, c[0][0], count === 1 ? [1] : c[1][1]);
  if (count === 2) addProduct(found, -size, c[1][0], c[1][0]);
  const pairs = count === 1 ? [[-1, 0, 0, [1]]] : [[-1, 0, 0, c[1][1]], [2, 0, 1, c[1][0]], [-1, 1, 1, c[0][0]]];
  for (const [factor, k, l, rest] of pairs) {
    const both = new Float64Array(5);
    addProduct(both, 1, e[k], e[l]);
    addProduct(found, factor, both, rest);
  }
  return found;
}

/** Where z, linear in x between its points, is negative: [[lower, upper], ...] (ratio_map.below). */
export function negative(x, z) {
  const found = [];
  let open = z[0] < 0 ? x[0] : NaN;
  for (let k = 1; k < x.length; k++) {
    if (z[k] < 0 === z[k - 1] < 0) continue;
    const root = x[k - 1] + z[k - 1] / (z[k - 1] - z[k]) * (x[k] - x[k - 1]);
    if (z[k] < 0) open = root; else { found.push([open, root]); open = NaN; }
  }
  return Number.isNaN(open) ? found : [...found, [open, x[x.length - 1]]];
}

/** y at the places `at`, linear between the points x, as numpy.interp has it. */
export function interpolated(at, x, y) {
  return Float64Array.from(at, value => {
    const above = x.findIndex(known => known >= value);
    if (above <= 0) return y[above < 0 ? y.length - 1 : 0];
    const [left, low] = [x[above - 1], y[above - 1]];
    return low + (y[above] - low) / (x[above] - left) * (value - left);
  });
}
