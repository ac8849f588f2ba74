"""`make bench`: one table of what, ours, a plain implementation of the same, and the ratio of the two.

Each pair is measured in turns in one process, so that a busy machine slows both: the ratio is what to look at. The
shortest of the rounds counts, on the clock of the processor where both are on one thread. What both give must agree.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

from bench import points, rate, reach, recast, scans, spectrum, summary

LIMIT = 5.0  # seconds, after which no further round begins
ONE_REACH = "from zputils import SHIP, ZPrime; SHIP.reach(ZPrime.muonic(g_nu=0.1), 0.1)"


@dataclass(frozen=True)
class Pair:
    """Two ways to the same: what is done, ours, what the plain way is, it, and the check that both agree."""

    what: str
    ours: Callable
    plainly: str
    plain: Callable
    agree: Callable = lambda ours, plain: None
    clock: Callable = process_time


def asking(*words):
    """A fresh process of the command `zputils`."""
    return lambda: subprocess.run([sys.executable, "-m", "zputils", *words], check=True, stdout=subprocess.DEVNULL)


def importing(statement):
    """A fresh process that runs a statement."""
    return lambda: subprocess.run([sys.executable, "-c", statement], check=True)


LIBRARIES = importing("import numpy, scipy, pandas")
PAIRS = [
    Pair("SHiP's reach at 1000 masses, both edges", reach.vectorised, "brentq, mass by mass", reach.one_by_one,
         reach.the_same),
    Pair("the same", reach.vectorised, "contours of a 400 x 400 grid", reach.contours,
         lambda ours, plain: reach.on_the_contours(plain, ours)),
    Pair("FASER 2's, with 37 momenta and 3 channels", spectrum.vectorised, "brentq, mass by mass", spectrum.one_by_one,
         spectrum.the_same),
    Pair(f"recast of {len(recast.LIMITS)} limits at {recast.POINTS} masses", recast.together,
         "brentq, mass by mass", recast.scalar, recast.the_same),
    Pair("the same", recast.together, "limit by limit", recast.limit_by_limit, recast.the_same_regions),
    Pair(f"summary of {len(summary.BOUNDS)} bounds, {summary.bounds.MASSES.size} masses", summary.together,
         "bound by bound", summary.one_by_one, summary.the_same),
    Pair(f"{points.N} points of as many masses, {len(points.BOUNDS)} bounds", points.by_tables, "every mass solved for",
         points.one_by_one, points.the_same),
    Pair(f"coverage by 11 bounds, {scans.GRID.size} points", scans.together, "model by model", scans.one_by_one,
         scans.the_same),
    Pair("the same into a store, 2 threads", lambda: scans.stored(2), "1 thread", lambda: scans.stored(1),
         scans.the_same, perf_counter),
    Pair("SHiP's events at a million (m, g)", rate.ship, "exp, expm1, log alone", rate.bare, rate.same_shape),
    Pair("SeaQuest's events at a million (m, g)", rate.seaquest, "exp, expm1, log alone", rate.bare,
         rate.same_shape),
    Pair("import zputils, a fresh process", importing("import zputils"), "import numpy", importing("import numpy"),
         clock=perf_counter),
    Pair("one reach of SHiP's, a fresh process", importing(ONE_REACH), "import numpy, scipy, pandas",
         LIBRARIES, clock=perf_counter),
    Pair("zputils bounds muonic, a fresh process", asking("bounds", "muonic:g_nu=0.1"), "import numpy, scipy, pandas",
         LIBRARIES, clock=perf_counter),
    Pair("zputils point muonic, a fresh process", asking("point", "muonic", "--mass=0.1", "--coupling=1e-3"),
         "import numpy, scipy, pandas", LIBRARIES, clock=perf_counter)]


def seconds(function, clock):
    """(seconds, result) of one call."""
    start = clock()
    result = function()
    return clock() - start, result


def measured(pair, rounds=5):
    """(ours, plain) in seconds; AssertionError where the two do not agree."""
    start, times = perf_counter(), []
    while len(times) < rounds and (not times or perf_counter() - start < LIMIT):
        (ours, found), (plain, expected) = (seconds(way, pair.clock) for way in (pair.ours, pair.plain))
        times.append((ours, plain))
    pair.agree(found, expected)
    return [min(column) for column in zip(*times, strict=True)]


def spelled(time):
    """Seconds with the unit that suits."""
    return f"{time:.2f} s " if time >= 1 else f"{1e3 * time:.1f} ms"


def main():
    """Print the table as it is measured."""
    print(f"{'':43} {'ours':>9} {'plain':>9}   plain/ours")
    for pair in PAIRS:
        ours, plain = measured(pair)
        ratio = plain / ours
        print(f"{pair.what:43} {spelled(ours):>9} {spelled(plain):>9}   {ratio:6.3g}   {pair.plainly}", flush=True)


if __name__ == "__main__":
    main()
