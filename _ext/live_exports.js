/** What is drawn, as files: a table, its references, and the lines of Python that give the same. */
import { pieces } from "./live_plot.js";

/** Those of the bounds that exclude something. */
export const speaking = (shown, found) => shown.filter(({ name }) => found[name].why_not === null &&
  found[name].intervals.some(({ lower }) => lower.some(x => !Number.isNaN(x))));

const written = x => x === Infinity ? "inf" : String(Number(x.toPrecision(8)));
const quoted = text => /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The couplings that do not vanish, as arguments. */
export const couplingsOf = model => Object.entries(model).filter(([, g]) => g).map(([f, g]) => `${f}=${g}`).join(", ");

/** A table with units and sources, as bounds.to_csv writes it. */
export function csv(model, shown, found) {
  const speak = speaking(shown, found), lines = [
    "# Couplings that are excluded, or will be probed (future), of a Z'",
    `# couplings per unit of g: ${couplingsOf(model)}`,
    "# m_GeV: mass in GeV; lower, upper: edges of the reference coupling, without unit; upper = inf has no end",
    "# piece: connected in mass; a new number after every gap",
    ...speak.map(({ name, confidence, references }) => `# ${name}: ${confidence || "no level stated"}; ` +
      (references.join(" ") || "no reference")), "bound,future,piece,m_GeV,lower,upper"];
  for (const { name, future } of speak) pieces(found[name]).forEach(({ m, lower, upper }, piece) => {
    const start = [quoted(name), future ? "True" : "False", piece];
    m.forEach((mass, i) => lines.push([...start, ...[mass, lower[i], upper[i]].map(written)].join(",")));
  });
  return lines.join("\n") + "\n";
}

/** The references of what is drawn, each once. */
export function bibtex(data, shown, found) {
  const keys = speaking(shown, found).flatMap(({ references }) => references);
  return [...new Set(keys)].map(key => data.bibtex[key]).join("\n");
}

/** The five lines of Python that give the same table, references and answer on the point. groups: null for all. */
export function python(model, groups, future, at) {
  const among = groups ? `bound.group in ${JSON.stringify(groups)} and ` : "";
  const which = `${among}${future ? "" : "not bound.future and "}not bound.region(model).empty`;
  return ["from zputils import ZPrime, bounds", `model = ZPrime(${couplingsOf(model)})`,
    `names = [name for name, bound in bounds.register().items() if ${which}]`,
    'path, cite = bounds.to_csv(model, "bounds.csv", names), bounds.bibtex(model, names)',
    `print(bounds.excluded_by(model, m=${at.m}, g=${at.g}, names=names))`].join("\n");
}
