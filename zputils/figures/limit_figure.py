"""The limit plot, drawn and recorded at once, and a figure saved with its numbers.

Panels, axes and the look of each curve are in `zputils.figures.looks`.
"""

from collections import defaultdict
from dataclasses import dataclass
from io import StringIO

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from .. import checks, paths
from . import label_spots
from .looks import CURVES, FIGURES, GREY, LATER_FIGURES, MASS

ROLES = ("low", "central", "high", "lower", "upper", "limit", "left", "outline")
METADATA = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}  # no dates: two runs write the same bytes
MARGINS = {0: {"left": 0.07, "right": 0.985, "bottom": 0.06, "top": 0.965},  # one large panel
           1: {"left": 0.1, "right": 0.97, "bottom": 0.15, "top": 0.92, "wspace": 0.3},
           2: {"left": 0.1, "right": 0.97, "bottom": 0.075, "top": 0.96, "wspace": 0.14, "hspace": 0.13}}  # by rows
LARGE = (9.0, 8.0)  # inches, of a figure with one panel
EXCLUDED = {"color": "0.93", "linewidth": 0, "zorder": 0}  # opaque, so that overlaps do not darken
HALO = [withStroke(linewidth=2.5, foreground="white")]


@dataclass(frozen=True)
class Look:
    """How one curve is drawn: the keywords that every drawing method of `LimitFigure` takes.

    grey: a bound that an earlier panel introduced; dashed, thin: of the line; linestyle: matplotlib's, instead of the
    curve's own; filled: shade the region; label: True names the curve at a free spot beside it, (x, y) there, False
    not at all; text: the name, when it is not the curve's own; legend: name it in the panel's legend instead.

    >>> Look("CCFR", grey=True, text="CCFR today").name
    'CCFR today'
    """

    curve: str
    grey: bool = False
    dashed: bool = False
    thin: bool = False
    linestyle: str | None = None
    filled: bool = True
    label: bool | tuple = True
    text: str | None = None
    legend: bool = False

    def __post_init__(self):
        checks.choice("curve", self.curve, CURVES)

    @property
    def name(self):
        """What the curve is called in the figure.

        >>> Look("BBN+CMB").name
        'BBN+CMB'
        """
        return self.text or CURVES[self.curve].text

    @property
    def color(self):
        """The curve's colour, or the grey of what is known already.

        >>> Look("CCFR").color == Look("DUNE").color
        True
        """
        return GREY if self.grey else CURVES[self.curve].color

    @property
    def line(self):
        """Keywords of `ax.plot`.

        >>> Look("CCFR", dashed=True).line["linestyle"]
        '--'
        """
        own = self.linestyle or CURVES[self.curve].linestyle
        return {"color": self.color, "linestyle": "--" if self.dashed else own,
                "linewidth": 0.8 if self.thin or self.grey else 1.3}


def style(curve, **look):
    """Keywords of `ax.plot` that give a curve the look it has on every page; `look` as for `LimitFigure`.

    >>> style("DUNE")["linestyle"]
    '--'
    """
    return Look(curve, **look).line


def log_axes(n=1, *, x=MASS, y=""):
    """n logarithmic axes side by side, for a plot that is not a figure of the paper: one axes, or an array of n.

    >>> left, right = log_axes(2, y="coupling")
    >>> left.get_xscale(), right.get_ylabel()
    ('log', 'coupling')
    >>> plt.close()
    """
    _, axes = plt.subplots(1, n, figsize=(6.6 if n > 1 else 4.6, 3.3), layout="constrained")
    for ax in np.atleast_1d(axes):
        ax.set(xscale="log", yscale="log", xlabel=x, ylabel=y)
    return axes


class LimitFigure:
    """A figure of the paper. Each method draws a curve and records its numbers, so that `save` writes what is drawn.

    name: one of `looks.FIGURES` or `looks.LATER_FIGURES`; `axes[panel]` is a matplotlib axes, for annotations. A curve
    has its points (n,) in x (mass in GeV unless the panel says otherwise) and y, nan where there is none, kept to
    eight digits.
    variant: what the name of its files adds, for a figure redrawn with other inputs; inputs: catalogue names of
    the data that went in, given along with what is drawn.
    Raises KeyError for an unknown figure, panel, curve or role, ValueError for a number that is not positive.

    >>> figure = LimitFigure("fig-3.3")
    >>> list(figure.axes)
    ['seaquest', 'faser']
    """

    def __init__(self, name, variant=""):
        self._panels = (FIGURES | LATER_FIGURES)[checks.choice("figure", name, FIGURES | LATER_FIGURES)]
        self.name, rows, columns = name + variant, max(len(self._panels) // 2, 1), min(len(self._panels), 2)
        self.models = {}  # panel -> the model of the bounds drawn there
        self._inputs = {panel: {} for panel in self._panels}  # ordered sets
        self.figure = Figure(figsize=(6.6, 0.5 + 2.7 * rows) if columns > 1 else LARGE)
        grid = self.figure.subplots(rows, columns, sharex=rows > 1, sharey=rows > 1,
                                    gridspec_kw=MARGINS[rows if columns > 1 else 0])
        self.axes = dict(zip(self._panels, np.atleast_1d(grid).flat, strict=True))
        for key, panel in self._panels.items():
            self.axes[key].set(title=panel.title, xlabel=panel.x, ylabel=panel.y, xscale="log", yscale="log",
                               xlim=panel.xlim, ylim=panel.ylim)
        for ax in self.axes.values() if rows > 1 else ():
            ax.label_outer()
        self._rows = []
        self._shown = None  # the SVG of what is drawn, once it has been asked for or saved
        self._paths = defaultdict(list)  # panel -> curves as drawn
        self._waiting = defaultdict(list)  # panel -> (look, curve) still to be named

    def band(self, panel, m, low, central, high, curve="g-2", **look):
        """The region between `low` and `high`, with a line at `central`. Where `low` is 0 it starts at the axis.

        One that reaches down to zero everywhere has its line at `high`.

        >>> figure = LimitFigure("fig-3.3")
        >>> figure.band("faser", [0.01, 0.1], [3e-4, 7e-4], [4e-4, 8e-4], [5e-4, 9e-4])
        >>> figure.table.role.unique().tolist()
        ['central', 'low', 'high']
        """
        look = Look(curve, **look)
        m, central = self._record(panel, curve, "central", m, central)
        low, high = (self._record(panel, curve, role, m, np.where(y == 0, np.nan, y))[1]
                     for role, y in (("low", low), ("high", high)))
        whole = np.isnan(low).all()  # down to zero: the edge is what matters
        bottom, alpha = np.nan_to_num(low, nan=self._panels[panel].ylim[0]), 0.15 if whole else 0.35
        self.axes[panel].fill_between(m, bottom, high, color=look.color, alpha=alpha, linewidth=0)
        self._draw(panel, look, [(m, high if whole else central)])

    def limit(self, panel, curve, m, g, inputs=(), **look):
        """A limit: couplings above g are excluded.

        >>> figure = LimitFigure("fig-4.1")
        >>> figure.limit("gnu_1", "CCFR", [0.01, 0.1], [1e-3, 2e-3])
        >>> figure.table.y.tolist()
        [0.001, 0.002]
        """
        look = self._look(panel, curve, inputs, look)
        m, g = self._record(panel, curve, "limit", m, g)
        if look.filled:
            self.axes[panel].fill_between(m, g, self._panels[panel].ylim[1], **EXCLUDED)
        self._draw(panel, look, [(m, g)])

    def reach(self, panel, curve, m, lower, upper, inputs=(), **look):
        """A reach: couplings between `lower` and `upper`, in as many closed pieces as nan makes of it.

        >>> figure = LimitFigure("fig-4.1")
        >>> figure.reach("gnu_1", "SHiP", [0.01, 0.02, 0.1], [1e-5, np.nan, 2e-5], [1e-3, np.nan, 3e-5])
        >>> len(figure.table)  # an edge on each side of two masses
        4
        """
        look = self._look(panel, curve, inputs, look)
        gap = np.isnan(lower) | np.isnan(upper)
        m, low = self._record(panel, curve, "lower", m, np.where(gap, np.nan, lower))
        m, up = self._record(panel, curve, "upper", m, np.where(gap, np.nan, upper))
        pieces = np.ma.clump_unmasked(np.ma.masked_invalid(low))
        self._draw_closed(panel, look, [(np.r_[m[s], m[s][::-1]], np.r_[low[s], up[s][::-1]]) for s in pieces])

    def left(self, panel, curve, mass, inputs=(), **look):
        """Masses below `mass` are excluded at any coupling.

        >>> figure = LimitFigure("fig-4.1")
        >>> figure.left("gnu_1", "BBN+CMB", 0.005)
        >>> figure.table.y.tolist()  # the whole axis
        [1e-06, 0.1]
        """
        look = self._look(panel, curve, inputs, look)
        low, high = self._panels[checks.choice("panel", panel, self.axes)].ylim
        x, y = self._record(panel, curve, "left", mass, (low, high))
        if look.filled:
            self.axes[panel].axvspan(self._panels[panel].xlim[0], x[0], **EXCLUDED)
        self._draw(panel, look, [(x, y)])

    def outline(self, panel, curve, x, y, **look):
        """A closed outline, its points in drawing order.

        >>> figure = LimitFigure("fig-3.3")
        >>> figure.outline("faser", "FASER published", [0.02, 0.1, 0.02], [1e-5, 1e-5, 1e-4])
        >>> len(figure.table)
        3
        """
        look = Look(curve, **look)
        self._draw_closed(panel, look, [self._record(panel, curve, "outline", x, y)])

    def bound(self, panel, bound, model, m=None, **look):
        """A bound of `zputils.bounds` on a model, drawn by its role; on masses of its own when m is None.

        >>> from zputils import ZPrime, bounds
        >>> figure = LimitFigure("fig-4.1")
        >>> figure.bound("gnu_1", bounds.get("CCFR"), ZPrime.muonic(g_nu=1))
        >>> figure.table.curve.unique().tolist()
        ['CCFR']
        """
        region = bound.region(model, m)[: 2 if bound.role == "limit" else None]
        self.models[panel] = model
        getattr(self, bound.role)(panel, bound.name, *region, inputs=bound.needs(model), **look)

    def line(self, panel, curve, role, x, y, **look):
        """Any other curve, under one of the roles of the table.

        >>> figure = LimitFigure("fig-3.1")
        >>> figure.line("left", "sensitivity", "limit", [1e-8, 1e-4], 1e-19)
        >>> figure.table.x.tolist()
        [1e-08, 0.0001]
        """
        look = Look(curve, **look)
        self._draw(panel, look, [self._record(panel, curve, role, x, y)])

    @property
    def inputs(self):
        """Catalogue names of the data that went in, in the order of drawing.

        >>> figure = LimitFigure("fig-3.2")
        >>> figure.limit("left", "SHiP published", 0.1, 1e-7, inputs=("SHiP_Ahdida2020new_brem_dipole",))
        >>> figure.inputs
        ('SHiP_Ahdida2020new_brem_dipole',)
        """
        return tuple(dict.fromkeys(name for panel in self._inputs.values() for name in panel))

    def inputs_of(self, panel):
        """Those that went into one panel.

        >>> LimitFigure("fig-3.2").inputs_of("right")
        ()
        """
        return tuple(self._inputs[checks.choice("panel", panel, self._inputs)])

    @property
    def table(self):
        """Everything drawn so far: panel, curve, role, x, y.

        >>> list(LimitFigure("fig-4.1").table)
        ['panel', 'curve', 'role', 'x', 'y']
        """
        return pd.DataFrame(self._rows, columns=["panel", "curve", "role", "x", "y"])

    def save(self):
        """Write <name>.csv, .svg and .pdf to `paths.FIGURES`, complete and of one version; returns the figure.

        Raises ValueError when a panel is empty, OSError when the folder cannot be written.

        >>> LimitFigure("fig-3.3").save()
        Traceback (most recent call last):
            ...
        ValueError: fig-3.3: nothing is drawn in panel faser, seaquest
        """
        empty = set(self.axes) - {panel for panel, *_ in self._rows}
        if empty:
            raise ValueError(f"{self.name}: nothing is drawn in panel {', '.join(sorted(empty))}")
        files = [paths.FIGURES / f"{self.name}.{suffix}" for suffix in ("csv", "svg", "pdf")]
        with paths.replacing_together(files) as (csv, svg, pdf):
            self.table.to_csv(csv, index=False, lineterminator="\n")
            svg.write_text(self._repr_svg_(), encoding="utf-8")
            self.render(pdf, "pdf")
        return self

    def _repr_svg_(self):
        if self._shown is None:
            text = StringIO()
            self.render(text, "svg")
            self._shown = text.getvalue()
        return self._shown

    def render(self, target, kind, **options):
        """Draw the figure with its labels into a file or buffer. kind: svg, pdf or png; options: of `savefig`.

        >>> buffer = StringIO()
        >>> LimitFigure("fig-3.3").render(buffer, "svg")
        >>> "</svg>" in buffer.getvalue()
        True
        """
        self._place_labels()
        metadata = {"Title": self.name, **METADATA.get(kind, {})}
        self.figure.savefig(target, format=kind, metadata=metadata, **options)

    def _look(self, panel, curve, inputs, look):
        self._inputs[checks.choice("panel", panel, self._inputs)] |= dict.fromkeys(inputs)
        return Look(curve, **look)

    def _record(self, panel, curve, role, x, y):
        """The points of a curve as they are drawn, once they are in the table."""
        checks.choice("panel", panel, self.axes)
        checks.choice("role", role, ROLES)
        x, y = (_eight_digits(values) for values in np.broadcast_arrays(*np.atleast_1d(x, y)))
        there = ~np.isnan(x) & ~np.isnan(y)
        for name, values in (("x", x), ("y", y)):
            checks.real(f"{name} of {curve}, {role}", values[there], 0.0, open_low=True)
        self._shown = None
        self._rows += [(panel, curve, role, *point) for point in zip(x[there], y[there], strict=True)]
        return x, np.where(there, y, np.nan)

    def _draw(self, panel, look, pieces):
        """Draw the pieces of a curve; keep them so that no label covers them, and the curve's own label for later."""
        path = np.concatenate([[*zip(*piece, strict=True), (np.nan, np.nan)] for piece in pieces]).T
        self.axes[panel].plot(*path, label=look.name if look.legend else None, **look.line)
        self._paths[panel].append(path)
        if look.legend:
            self.axes[panel].legend()
        elif look.label:
            self._waiting[panel].append((look, path))

    def _draw_closed(self, panel, look, outlines):
        for outline in outlines if look.filled else ():
            self.axes[panel].fill(*outline, color=look.color, alpha=0.12, linewidth=0)
        if outlines:
            self._draw(panel, look, [(np.r_[x, x[:1]], np.r_[y, y[:1]]) for x, y in outlines])

    def _place_labels(self):
        """Name the curves that wait: first those with a place of their own, then each at its freest spot."""
        for panel in list(self._waiting):
            ax = self.axes[panel]
            crowd = np.concatenate([label_spots.trace(ax, path) for path in self._paths[panel]])
            for look, path in sorted(self._waiting.pop(panel), key=lambda entry: entry[0].label is True):
                text = ax.text(*path[:, 0], look.name, color=look.color, fontsize=8.5, ha="center", va="center",
                               path_effects=HALO, zorder=5, in_layout=False)
                spot = look.label
                if spot is True:
                    spot = label_spots.free_spot(ax, text.get_window_extent().size, label_spots.trace(ax, path), crowd)
                if spot is None:
                    text.remove()
                    continue
                text.set_position(spot)
                crowd = np.concatenate([crowd, label_spots.fill(text.get_window_extent())])


def _eight_digits(values):
    return np.array([f"{value:.8g}" for value in values], float)
