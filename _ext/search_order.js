// The pages of the book before the modules of the package.
const MODULES = /(^|\/)api/;
var Scorer = {
  score: ([page, , , , score]) => (MODULES.test(page) ? score - 100 : score),
  objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 }, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
