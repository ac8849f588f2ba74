"""The command `zputils`: bounds, points, plots, figures, data and scans without a line of Python.

Each command loads what it needs, so that the first answer comes about as fast as numpy, scipy and pandas load. It ends
with 0, with 1 and one line on what is wrong in what was asked, or with 2 and the usage for what cannot be read.
"""

import argparse
import os
import sys
import warnings
from pathlib import Path

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


def main(arguments: list[str] | None = None) -> int:
    """Run a command; its exit code.

    >>> words = ["point", "muonic", "--mass", "0.1", "--coupling", "1e-5", "--names", "SHiP", "CCFR"]
    >>> main(words)  # doctest: +ELLIPSIS
    excluded by 0, will be probed by 1
           future  margin   lower   upper confidence      references
    bound...
    SHiP     True    3.58 2.8e-06 0.00172       90 %  Ahdida:2020new
    0
    """
    given = parser().parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default", UserWarning)
            warnings.showwarning = lambda message, *_, **__: print(f"zputils: {message}", file=sys.stderr)
            given.run(given)
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, KeyError, TypeError, OSError, ImportError) as error:
        print(f"zputils: {error.args[0] if isinstance(error, KeyError) else error}", file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """What the commands take.

    >>> parser().parse_args(["plot", "b-l", "-o", "x.pdf"]).output
    PosixPath('x.pdf')
    """
    whole = argparse.ArgumentParser(prog="zputils", description=str(__doc__).split("\n\n")[0],
                                    epilog=f"{MODELS}\n\n{EXAMPLES}",
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for name, run, arguments in (
            ("bounds", _bounds, (_model, _names, _masses, _format)), ("point", _point, (_model, _names, _mg, _format)),
            ("plot", _plot, (_model, _names, _output, _curves)), ("figure", _figure, (_figure_name, _output)),
            ("data", _data, (_what, _format)), ("scan", _scan, (_file,))):
        one = commands.add_parser(name, help=run.__doc__, description=run.__doc__, epilog=_examples(name),
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
        one.set_defaults(run=run)
        for add in arguments:
            add(one)
    return whole


def _examples(name):
    lines = [line for line in EXAMPLES.splitlines() if line.startswith(f"  zputils {name} ")]
    return "\n".join([*([f"{MODELS}\n"] if name in ("bounds", "point", "plot") else []), "examples:", *lines])


# -- what a command takes ------------------------------------------------------------------------------------------


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
    one.add_argument("file", type=Path, metavar="FILE", help="TOML: store, bounds, m and [axes]; see the page on scans")
    one.add_argument("--overwrite", action="store_true", help="put the scan in the place of another one")


# -- commands ------------------------------------------------------------------------------------------------------


def _bounds(given):
    """every bound on a model: the smallest coupling, where it is, and what leads"""
    import numpy as np

    from . import bounds, checks
    from .physics import written

    low, high = checks.mass(given.masses, name="masses")
    model = written.read(given.model)
    table = bounds.summary(model, np.geomspace(low, high, 400), given.names)
    if not given.why_not:
        table = table[table.coupling.notna()].drop(columns="why_not")
    _print(table.rename_axis("bound"), given.form)


def _point(given):
    """which bounds exclude a point, or will probe it, and by what factor"""
    from . import bounds
    from .physics import written

    table = bounds.excluded_by(written.read(given.model), given.mass, given.coupling, given.names).rename_axis("bound")
    if not given.form:
        future = int(table.future.sum())
        print(f"excluded by {len(table) - future}, will be probed by {future}")
    _print(table, given.form)


def _plot(given):
    """a plot of the bounds on a model, with the band of the muon's magnetic moment"""
    from . import bounds, figures, paths
    from .physics import written

    model = written.read(given.model)
    with figures.looks.style():
        ax = figures.log_axes(y=model.reference)
        bounds.draw(ax, model, given.names)
        m, low, _, high = bounds.band(model)
        ax.fill_between(m, low, high, color=figures.style("g-2")["color"], alpha=0.4, label=r"$(g-2)_\mu$")
        ax.set(title=model.name, xlim=(bounds.MASSES[0], bounds.MASSES[-1]))
        ax.figure.set_size_inches(7.5, 4.2)
        ax.legend(fontsize=6, loc="center left", bbox_to_anchor=(1.0, 0.5))
        with paths.replacing(given.output) as temporary:
            ax.figure.savefig(temporary, format=_kind(given.output))
    if given.curves:
        bounds.to_csv(model, given.curves, given.names)


def _figure(given):
    """a figure of the paper, redrawn from data and formulas"""
    from . import figures, paths

    name = given.name if given.name.startswith("fig-") else f"fig-{given.name}"
    if given.g_nu and name != "fig-4.1":
        raise ValueError(f"--g-nu is of figure 4.1, not of {given.name}")
    kind = _kind(given.output, "csv")
    figure = figures.draw(name, **({"ratios": tuple(given.g_nu)} if given.g_nu else {}))
    with paths.replacing(given.output) as temporary:
        if kind == "csv":
            temporary.write_text(figure.text(figure.name), encoding="utf-8", newline="\n")
        else:
            figure.render(temporary, kind)


def _kind(path, *more):
    """What a file is by its ending; ValueError for another one."""
    kinds, kind = ("pdf", "svg", "png", *more), path.suffix[1:].lower()
    if kind not in kinds:
        raise ValueError(f"{path}: the name ends in {', '.join('.' + each for each in kinds)}")
    return kind


def _data(given):
    """the catalogue of curves and tables, one of them, or one more"""
    from . import curves

    if not given.what:
        _print(curves.catalogue()[["kind", "experiment", "what"]], given.form)
    elif given.what[0] == "add":
        _add(given.what[1:])
    elif len(given.what) > 1:
        raise ValueError(f"{' '.join(given.what)}: one name at a time")
    else:
        row = curves.entry(given.what[0])
        if not given.form:
            print("\n".join(f"{fact}: {text}" for fact, text in row.items() if text), end="\n\n")
        _print(curves.table(given.what[0]), given.form, index=False)


def _add(words):
    from . import curves

    path, *facts = words or [""]
    told = dict(fact.split("=", 1) for fact in facts if "=" in fact)
    if not path or "=" in path or len(told) < len(facts):
        raise ValueError("data add takes a FILE and facts, key=value, each once")
    print(f"{curves.add(path, **told).file} is in the catalogue")


def _scan(given):
    """a scan of many models, described in a file; a run that was stopped goes on"""
    import tomllib

    from . import checks, scan

    plan = tomllib.loads(given.file.read_text(encoding="utf-8"))
    for key in plan:
        checks.choice(f"{given.file}: key", key, ("store", "bounds", "m", "axes", "outputs", "scheduler", "workers"))
    if missing := [key for key in ("store", "bounds", "m") if key not in plan]:
        raise ValueError(f"{given.file}: say {', '.join(missing)}")
    axes = {name: _axis(name, values) for name, values in plan.get("axes", {}).items()}
    grid = scan.Grid(_axis("m", plan["m"]), **axes)
    settings = {key: plan[key] for key in ("outputs", "scheduler", "workers") if key in plan}
    data = scan.run(grid, plan["bounds"], plan["store"], overwrite=given.overwrite, **settings)
    print(f"{plan['store']}: {grid.size} points of {', '.join(set(data.data_vars) - {'done'})}")


def _axis(name, values):
    """Numbers, or those between two ends, even in the logarithm: {from, to, points}."""
    import numpy as np

    if not isinstance(values, dict):
        return values
    if set(values) != {"from", "to", "points"}:
        raise ValueError(f"{name}: numbers, or from, to and points, not {', '.join(values)}")
    return np.geomspace(values["from"], values["to"], values["points"])


def _print(table, form, index=True):
    """A table as text, CSV or JSON; None where there is nothing."""
    if form == "csv":
        table.to_csv(sys.stdout, index=index, lineterminator="\n")
    elif form == "json":
        print((table.reset_index() if index else table).to_json(orient="records", indent=1))
    else:
        print(table.to_string(index=index, float_format=lambda value: f"{value:.3g}", na_rep="", max_colwidth=70))
