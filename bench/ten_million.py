"""A scan of ten million points, measured: `make ten-million` writes bench/ten_million.csv, which the book shows.

    python -m bench.ten_million                         every way of running it, then the file
    python -m bench.ten_million SCHEDULER WORKERS       one way; prints its row

20000 models with 500 masses each, against eleven bounds. Each way runs in a process of its own, so that its peak of
memory is its own. How much of the machine others had during the run is part of the record: `cpu_s` depends on it
little, `wall_s` much.
"""

import os
import platform
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from zputils import scan
from zputils.paths import ROOT, replacing

RECORD = ROOT / "bench" / "ten_million.csv"
NAMES = ["BaBar 4mu", "CMS 4mu", "Borexino", "COHERENT", "CCFR", "BBN+CMB", "SHiP", "SeaQuest", "FASER", "DUNE",
         "COHERENT future"]
WAYS = [("threads", 1), ("threads", 2), ("processes", 1), ("processes", 2)]
COLUMNS = "scheduler,workers,points,wall_s,cpu_s,peak_MB,bytes,load"


def grid():
    """Ten million points: two couplings and the mass."""
    return scan.Grid(np.geomspace(2e-3, 9, 500), g_nu=np.geomspace(1e-4, 3, 200), epsilon=np.geomspace(1e-4, 1, 100))


def used():
    """(CPU seconds, peak of memory in MB) of this process and those that it started."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return (sum(each.ru_utime + each.ru_stime for each in usage),
            max(each.ru_maxrss for each in usage) / (1024 if sys.platform == "linux" else 1024**2))


def measured(scheduler, workers):
    """The row of one way: a whole scan into a store, the start of its workers included."""
    points, load = grid(), os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        start, before = perf_counter(), used()[0]
        data = scan.run(points, NAMES, f"{folder}/scan", ["coverage"], scheduler=scheduler, workers=workers,
                        progress=False)
        assert bool(data.done.all())
        wall, (cpu, peak) = perf_counter() - start, used()
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    return f"{scheduler},{workers},{points.size},{wall:.1f},{cpu - before:.1f},{peak:.0f},{size},{load:.1f}"


def processor():
    """What the system calls its processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def main():
    """Measure every way and write the record, whole or not at all."""
    head = (f"# {date.today()}: {processor()}, {os.cpu_count()} cores, {platform.system()}, Python "
            f"{platform.python_version()}, numpy {np.__version__}; load: others' use when it began, in cores")
    rows = [subprocess.run([sys.executable, "-m", "bench.ten_million", scheduler, str(workers)], check=True,
                           cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout.strip()
            for scheduler, workers in WAYS]
    with replacing(RECORD) as temporary:
        temporary.write_text("\n".join([head, COLUMNS, *rows, ""]), encoding="utf-8")
    print(RECORD.read_text(encoding="utf-8"))


if __name__ == "__main__":
    if sys.argv[1:]:
        print(measured(sys.argv[1], int(sys.argv[2])))
    else:
        main()
