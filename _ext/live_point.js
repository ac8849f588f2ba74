/** One point, a mass and a coupling: what excludes it and by how much, how the Z' decays, and the muon's moment. */
import { CHANNELS, scaled, solved, width } from "./live.js";

/** The place of the mass of the grid that is nearest in ln m. */
export function nearest({ grid: { m } }, mass) {
  const right = m.findIndex(known => known >= mass);
  if (right < 1) return right < 0 ? m.length - 1 : 0;
  return m[right] / mass < mass / m[right - 1] ? right : right - 1;
}

/** By what factor a coupling is inside a region, below 1 outside (methods/points.py). */
export function margin(intervals, g) {
  const factors = intervals.map(({ lower, upper }) => Math.min(g / lower[0], upper[0] / g));
  return Math.max(...factors.filter(x => !Number.isNaN(x)));
}

/**
 * What bounds say of a coupling at a place of the grid, what is measured first, the largest margin first
 * (bounds.excluded_by); what is left of the deviation of the muon's moment, in standard deviations (Eqs. 2.13, 2.14);
 * c tau in metres (Eq. 3.14), and branching ratios.
 */
export function point(data, couplings, place, g) {
  const model = scaled(data, couplings), { grid } = data, [value, error] = data.anomaly, by = [];
  for (const bound of data.bounds) {
    const { intervals } = solved(bound.grid ?? bound, model, place, 1);
    const around = intervals.find(({ lower, upper }) => lower[0] <= g && g <= upper[0]);
    if (around) by.push({ name: bound.name, future: bound.future, margin: margin(intervals, g),
      lower: around.lower[0], upper: around.upper[0] });
  }
  const widths = CHANNELS.map(channel => width(grid, model.v, [channel], place, 1)[0]);
  const whole = widths.reduce((sum, x) => sum + x, 0);
  return { m: grid.m[place], by: by.sort((a, b) => a.future - b.future || b.margin - a.margin),
    deviation: (value - (g * (couplings.mu ?? 0)) ** 2 * grid.unit[place]) / error,
    length: data.hbar_c / (whole * model.unit ** 2 * g ** 2),
    branching: Object.fromEntries(CHANNELS.map((channel, k) => [channel, widths[k] / whole])) };
}
