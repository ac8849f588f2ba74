"""Change the live page's modules and numbers, one thing at a time, and see whether tests/test_live.py would notice.

    python tests/mutants.py modules [EVERY [MODULE]]    each operator, comparison and number, or every EVERYth
    python tests/mutants.py numbers [PART]              each number of each kernel larger by PART, 1e-4, of itself

A mutant dies when it fails, hangs, or says anything else than the original of the cases of tests/test_live_solvers.py,
or of the models and points of tests/test_live.py, which hold the original to the package. Who survives is printed.

tests/data/surviving_mutants.csv names who survives in the modules, and why that moves no answer. Of the numbers it is
parts of an amplitude far below a resonance, masses that no coupling reaches, lifetimes that are always short.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))
import test_live
import test_live_solvers
from test_live import MODELS, NODE, modules, script

SWAPS = {" + ": " - ", " - ": " + ", " * ": " / ", " / ": " * ", " ** ": " * ", " < ": " <= ", " <= ": " < ",
         " > ": " >= ", " >= ": " > ", " === ": " !== ", " !== ": " === ", " && ": " || ", " || ": " && ",
         "Math.min(": "Math.max(", "Math.max(": "Math.min(", " += ": " -= ", "Math.abs(": "(", "Infinity": "1e3",
         "NaN": "0", " ?? ": " && ",
         "-Math.expm1(": "Math.expm1(", ".some(": ".every(", ".every(": ".some(", " ? ": " ? !", "(-": "(", "= -": "= "}
NUMBER = r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?\b"
TOKEN = re.compile("|".join([*map(re.escape, sorted(SWAPS, key=len, reverse=True)), NUMBER]))
TEXTS = modules()
SKIPPED = ("import ", "export {", "/**", " *", "const DIGITS")


def mutants():
    """[(module, line, column, what is there, what comes in its place)]."""
    found = []
    for name, text in TEXTS.items():
        for number, line in enumerate(text.splitlines()):
            code = "" if line.startswith(SKIPPED) or line.lstrip().startswith(("*", "/**")) else line.split("  //")[0]
            for match in TOKEN.finditer(code):
                was = match.group()
                found.append((name, number, match.start(), was, SWAPS.get(was) or other(was)))
    return found


def other(number):
    """One more, or twice a number so large that one more is nothing."""
    more = f"{float(number) + 1:g}"
    return more if float(more) != float(number) else f"{2 * float(number):g}"


def changed(text, number, column, was, now):
    lines = text.splitlines(keepends=True)
    line = lines[number]
    lines[number] = line[:column] + now + line[column + len(was):]
    return "".join(lines)


def written(folder, texts):
    """The texts by name, in a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def prepared(folder, chosen):
    """What runs need in a folder: the original modules, the mutants, the numbers and what is asked."""
    written(folder, {"data.js": script(), "asked.json": test_live.asked(MODELS),
                     "solvers.json": test_live_solvers.asked(),
                     "said.js": test_live_solvers.SAID, "islands.js": test_live_solvers.alone(),
                     "opposed.json": json.dumps(test_live_solvers.OPPOSED.couplings),
                     "package.json": '{"type": "module"}'})
    written(folder / "original", TEXTS)
    for k, (name, *where) in enumerate(chosen):
        written(folder / str(k), TEXTS | {name: changed(TEXTS[name], *where)})
    shutil.copy(Path(__file__).with_suffix(".js"), folder)


def main(what="modules", much=None, module=""):
    chosen = [mutant for mutant in mutants() if module in mutant[0]][::int(much or 1)] if what == "modules" else []
    asked = ["0", str(len(chosen))] if chosen else [much or "1e-4"]
    with TemporaryDirectory() as folder:
        prepared(Path(folder), chosen)
        run = subprocess.Popen([NODE, "mutants.js", what, *asked], cwd=folder, stdout=subprocess.PIPE, text=True)
        for line in run.stdout:
            number, fate = line.strip().split(" ", 1)
            if what == "numbers" or fate == "survives":
                print(line.strip() if what == "numbers" else described(*chosen[int(number)]), flush=True)
    if what == "modules":
        print(f"{len(chosen)} changes of the modules; those named survive")


def described(name, number, column, was, now):
    """A change in words."""
    return f"{name}:{number + 1}:{column}: {was!r} -> {now!r}: {TEXTS[name].splitlines()[number].strip()}"


if __name__ == "__main__":
    main(*sys.argv[1:])
