"""What the command `zputils` takes: its commands, their arguments, and the examples of its help."""

import argparse
from collections.abc import Callable
from pathlib import Path

DESCRIPTION = "The command `zputils`: bounds, points, plots, figures, data and scans without a line of Python."

MODELS = """MODEL is a preset with its parameters (muonic:g_nu=0.1, l_mu-l_tau, b-l, dark-photon, universal-leptons,
all-fermions), or couplings per unit of the one that limits are on (e=-1,mu=-1,u=1/3; l, nu and q are all charged
leptons, neutrinos and quarks)."""

EXAMPLES = """examples:
  zputils bounds muonic:g_nu=0.1                          everything on one model
  zputils bounds q=1/3,l=-1,nu=-1 --csv > table.csv
  zputils point b-l --mass 0.05 --coupling 1e-5           what excludes a point, and by what margin
  zputils plot l_mu-l_tau -o x.pdf --curves x.csv         the bounds that lead, and their numbers
  zputils figure 4.1 --g-nu 0.05 -o x.pdf                 a figure of the paper, redrawn
  zputils data                                            what is in the catalogue
  zputils data Borexino_LmuLtau --csv                     one curve
  zputils data add mine.csv what="..." model="..."        a curve of your own into it
  zputils scan scan.toml                                  many models; run it again to go on
"""


SCAN = """a plan, in TOML:
  store = "scan.zarr"
  bounds = ["SHiP", "CCFR"]
  model = "b-l"                           # a MODEL; without it muons, with axes g_nu, g_e and epsilon
  m = {from = 0.01, to = 1, points = 50}  # GeV; or numbers, m = [0.01, 0.1]
  [axes]                                  # parameters of a preset, or couplings: mu, nu_mu, l, nu, q ...
  mu = {from = 1e-3, to = 1, points = 20, signs = "both"}
  nu = {from = 0, to = 1, points = 5, spacing = "linear"}
also: outputs = ["lower", "upper"], workers = 4, scheduler = "tcp://host:8786"
"""


def parser(commands: dict[str, Callable]) -> argparse.ArgumentParser:
    """What the commands take.

    :param commands: {name: what runs it, and says in its docstring what it does}; names of TAKES.

    >>> from zputils import command
    >>> parser(command.COMMANDS).parse_args(["plot", "b-l", "-o", "x.pdf"]).output
    PosixPath('x.pdf')
    """
    whole = argparse.ArgumentParser(prog="zputils", description=DESCRIPTION, epilog=f"{MODELS}\n\n{EXAMPLES}",
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
    subparsers = whole.add_subparsers(required=True, metavar="COMMAND")
    for name, run in commands.items():
        one = subparsers.add_parser(name, help=run.__doc__, description=run.__doc__, epilog=_examples(name),
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
        one.set_defaults(run=run)
        for add in TAKES[name]:
            add(one)
    return whole


def _examples(name):
    lines = [line for line in EXAMPLES.splitlines() if line.startswith(f"  zputils {name} ")]
    head = {"bounds": MODELS, "point": MODELS, "plot": MODELS, "scan": f"{SCAN}\n{MODELS}"}.get(name)
    return "\n".join([*([f"{head}\n"] if head else []), "examples:", *lines])


def _model(one):
    one.add_argument("model", metavar="MODEL", help="a preset or couplings")


def _names(one):
    one.add_argument("--names", nargs="+", metavar="BOUND", help="these bounds, not all (plot: not those that lead)")


def _masses(one):
    one.add_argument("--masses", nargs=2, type=float, metavar=("FROM", "TO"), default=(1e-3, 10.0), help="in GeV")
    one.add_argument("--why-not", action="store_true", help="also those that say nothing, and why")


def _mg(one):
    one.add_argument("--mass", type=float, required=True, help="in GeV")
    one.add_argument("--coupling", type=float, required=True, help="the model's reference coupling")


def _format(one):
    form = one.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="JSON instead of a table")
    form.add_argument("--csv", dest="form", action="store_const", const="csv", help="CSV instead of a table")


def _output(one):
    one.add_argument("-o", "--output", type=Path, required=True, metavar="FILE",
                     help="pdf, svg or png (figure: also csv)")


def _curves(one):
    one.add_argument("--curves", type=Path, metavar="FILE", help="also write the numbers of every bound as CSV")


def _figure_name(one):
    one.add_argument("name", metavar="FIGURE", help="2.2, 3.1, 3.2, 3.3 or 4.1")
    one.add_argument("--g-nu", nargs="+", type=float, metavar="RATIO", help="g_nu/g_mu of each panel of 4.1")


def _what(one):
    one.add_argument("what", nargs="*", metavar="NAME", help="of a curve or table; or: add FILE key=value ...")


def _file(one):
    one.add_argument("file", type=Path, metavar="FILE", help="a plan in TOML, below")
    one.add_argument("--overwrite", action="store_true", help="put the scan in the place of another one")


TAKES = {"bounds": (_model, _names, _masses, _format), "point": (_model, _names, _mg, _format),
         "plot": (_model, _names, _output, _curves), "figure": (_figure_name, _output), "data": (_what, _format),
         "scan": (_file,)}
