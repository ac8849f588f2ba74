"""The command `zputils`: what each of its commands (`zputils.arguments`) answers.

Each command loads what it needs, so that the first answer comes about as fast as numpy, scipy and pandas load. It ends
with 0, with 1 and one line on what is wrong in what was asked, or with 2 and the usage for what cannot be read.
"""

import os
import sys
import warnings

from . import arguments


def main(words: list[str] | None = None) -> int:
    """Run a command; its exit code.

    :param words: of the command line; those that Python was called with when None.
    :returns: 0, or 1 with a message.

    >>> words = ["point", "muonic", "--mass", "0.1", "--coupling", "1e-5", "--names", "SHiP", "CCFR"]
    >>> main(words)
    excluded by 0, will be probed by 1
    bound  future  margin  lower    upper    confidence  references
    SHiP   True    3.58    2.8e-06  0.00172  90 %        Ahdida:2020new
    0
    """
    given = arguments.parser(COMMANDS).parse_args(words)
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


def _bounds(given):
    """every bound on a model: the smallest coupling, where it is, and what leads"""
    import numpy as np

    from . import bounds, checks
    from .methods import summarised
    from .physics import written

    low, high = checks.mass(given.masses, name="masses")
    model = written.read(given.model)
    found = summarised.rows(bounds.chosen(given.names), model, np.geomspace(low, high, 400))
    rows = [{"bound": name, **row} for name, row in found.items() if given.why_not or not np.isnan(row["coupling"])]
    left_out = () if given.why_not else ("why_not",)
    _print([{key: value for key, value in row.items() if key not in left_out} for row in rows], given.form)


def _point(given):
    """which bounds exclude a point, or will probe it, and by what factor"""
    from . import bounds
    from .methods.points import COLUMNS, Points
    from .physics import written

    model, asked = written.read(given.model), bounds.chosen(given.names)
    found = Points.of(model, given.mass, given.coupling, asked).rows()
    rows = [{"bound": name, **dict(zip(COLUMNS, row, strict=True))} for name, row in found.items()]
    if not given.form:
        future = sum(row["future"] for row in rows)
        print(f"excluded by {len(rows) - future}, will be probed by {future}")
    _print(rows, given.form)


def _plot(given):
    """a plot of the bounds on a model, with the band of the muon's magnetic moment"""
    from . import bounds, figures, paths
    from .physics import written

    model = written.read(given.model)
    with figures.looks.project_style():
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
        rows = curves.catalogue()[["kind", "experiment", "what"]]
        _print(rows.reset_index().to_dict("records"), given.form)
    elif given.what[0] == "add":
        _add(given.what[1:])
    elif len(given.what) > 1:
        raise ValueError(f"{' '.join(given.what)}: one name at a time")
    else:
        row = curves.entry(given.what[0])
        if not given.form:
            print("\n".join(f"{fact}: {text}" for fact, text in row.items() if text), end="\n\n")
        _print(curves.table(given.what[0]).to_dict("records"), given.form)


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
        checks.choice(f"{given.file}: key", key, ("store", "bounds", "model", "m", "axes", "outputs", "scheduler",
                                                     "workers"))
    if missing := [key for key in ("store", "bounds", "m") if key not in plan]:
        raise ValueError(f"{given.file}: say {', '.join(missing)}")
    axes = {name: scan.axis(name, values) for name, values in plan.get("axes", {}).items()}
    family = scan.Family(plan["model"], tuple(axes)) if "model" in plan else scan.muonic
    grid = scan.Grid(scan.axis("m", plan["m"]), family, **axes)
    settings = {key: plan[key] for key in ("outputs", "scheduler", "workers") if key in plan}
    data = scan.run(grid, plan["bounds"], plan["store"], overwrite=given.overwrite, progress=sys.stderr.isatty(),
                    **settings)
    print(f"{plan['store']}: {grid.size} points of {', '.join({*map(str, data.data_vars)} - {'done'})}")


def _print(rows, form):
    """The rows of a table as text, CSV or JSON."""
    from . import printed

    write = {"csv": printed.as_csv, "json": printed.as_json}.get(form, printed.text)
    print(write(rows), end="" if form == "csv" else "\n")


COMMANDS = {"bounds": _bounds, "point": _point, "plot": _plot, "figure": _figure, "data": _data, "scan": _scan}
