"""The limit plot, drawn and recorded at once, and a figure saved with its numbers."""

from collections import defaultdict
from functools import wraps
from io import StringIO

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from .. import paths
from ..methods.region import Region
from . import label_spots, looks
from .line import Line
from .record import Record

METADATA = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}  # no dates: two runs write the same bytes
MARGINS = {"large": {"left": 0.07, "right": 0.985, "bottom": 0.06, "top": 0.965},
           1: {"left": 0.1, "right": 0.97, "bottom": 0.15, "top": 0.92, "wspace": 0.3},
           2: {"left": 0.1, "right": 0.97, "bottom": 0.075, "top": 0.96, "wspace": 0.14, "hspace": 0.13}}  # by rows
EXCLUDED = {"color": "0.93", "linewidth": 0, "zorder": 0}  # opaque, so that overlaps do not darken
HALO = [withStroke(linewidth=2.5, foreground="white")]


def styled(method):
    """A method that draws in the project's style, whatever the user's own is, which it leaves as it was.

    >>> styled(len)([1, 2])
    2
    """
    @wraps(method)
    def drawn(*arguments, **keywords):
        with looks.style():
            return method(*arguments, **keywords)

    return drawn


class LimitFigure(Record):
    """A figure of the paper. Each method draws a curve and records its numbers, so that `save` writes what is drawn.

    name: of its files; panels: {panel: `looks.Panel`}; `axes[panel]` is a matplotlib axes, for annotations. A curve has
    its points (n,) in x (mass in GeV unless the panel says otherwise) and y, nan where there is none. variant: what the
    name of its files adds, for a figure redrawn with other inputs; inputs: catalogue names of the data that went in.
    size: in inches, for one large panel.
    Further keywords of every method: the fields of `line.Line`. Raises as `Record`.

    >>> from zputils.figures import fig_3_3
    >>> list(LimitFigure("fig-3.3", fig_3_3.PANELS).axes)
    ['seaquest', 'faser']
    """

    @styled
    def __init__(self, name, panels, variant="", size=None):
        super().__init__(panels)
        self.name = name + variant
        self.figure, self.axes = _axes(self.panels, size)
        self._shown = None  # the SVG of what is drawn, once it has been asked for
        self._paths = defaultdict(list)  # panel -> curves as drawn
        self._named = defaultdict(list)  # panel -> (line, curve) to be named
        self._labels = []  # names as drawn

    @styled
    def band(self, panel, m, low, central, high, curve="g-2", **look):
        """The region between `low` and `high`, with a line at `central`. Where `low` is 0 it starts at the axis.

        One that reaches down to zero everywhere has its line at `high`.

        >>> from zputils.figures import fig_3_3
        >>> figure = LimitFigure("fig-3.3", fig_3_3.PANELS)
        >>> figure.band("faser", [0.01, 0.1], [3e-4, 7e-4], [4e-4, 8e-4], [5e-4, 9e-4])
        >>> figure.table.role.unique().tolist()
        ['central', 'low', 'high']
        """
        line = Line(curve, **look)
        m, central = self.add(panel, curve, "central", m, central)
        low, high = (self.add(panel, curve, role, m, np.where(y == 0, np.nan, y))[1]
                     for role, y in (("low", low), ("high", high)))
        whole = np.isnan(low).all()  # down to zero: the edge is what matters
        bottom, alpha = np.nan_to_num(low, nan=self.panels[panel].ylim[0]), 0.15 if whole else 0.35
        self.axes[panel].fill_between(m, bottom, high, color=line.color, alpha=alpha, linewidth=0)
        self._draw(panel, line, [(m, high if whole else central)])

    @styled
    def spread(self, panel, curve, m, low, high, **look):
        """What a choice leaves open of an edge that is drawn as a line: shaded from `low` to `high`.

        >>> from zputils.figures import fig_4_1
        >>> figure = LimitFigure("fig-4.1", fig_4_1.PANELS)
        >>> figure.spread("gnu_1", "COHERENT future", [0.01, 0.1], [2e-4, 4e-4], [3e-4, 5e-4])
        >>> figure.table.role.unique().tolist()
        ['low', 'high']
        """
        line, piece = Line(curve, **look), self.next_piece(panel, curve)
        (m, low), (_, high) = (self.add(panel, curve, role, m, g, piece) for role, g in (("low", low), ("high", high)))
        self.axes[panel].fill_between(m, low, high, color=line.color, alpha=0.35, linewidth=0)
        self._shown = None

    @styled
    def region(self, panel, curve, region: Region, inputs=(), planned=True, **look):
        """The couplings of a `Region`, in as many pieces as it has: shaded, with its edges as lines.

        planned: something that is yet to be measured, shaded in its colour; what is excluded today is grey.

        >>> from zputils.figures import fig_3_3
        >>> figure = LimitFigure("fig-3.3", fig_3_3.PANELS)
        >>> figure.region("faser", "FASER", Region.of(np.array([0.01, 0.02]), ([1e-5, np.nan], 1e-3)))
        >>> figure.table.role.tolist()
        ['lower', 'upper']
        """
        self.read(panel, inputs)
        line, (bottom, top) = Line(curve, **look), self.panels[panel].ylim
        shade = {"color": line.color, "alpha": 0.12, "linewidth": 0} if planned else EXCLUDED
        edges = []
        for m, lower, upper in region.pieces():
            if line.filled:
                self.axes[panel].fill_between(m, np.maximum(lower, bottom), np.minimum(upper, top), **shade)
            edges.append(self._edge(panel, curve, m, lower, upper))
        if edges:
            self._draw(panel, line, edges)

    def bound(self, panel, bound, model, m=None, **look):
        """A bound on a model; on masses of its own when m is None.

        >>> from zputils import ZPrime, bounds
        >>> from zputils.figures import fig_4_1
        >>> figure = LimitFigure("fig-4.1", fig_4_1.PANELS)
        >>> figure.bound("gnu_1", bounds.get("CCFR"), ZPrime.muonic(g_nu=1))
        >>> figure.table.curve.unique().tolist()
        ['CCFR']
        """
        self.models[panel], self.levels[bound.name] = model, bound.confidence
        self.region(panel, bound.name, bound.region(model, m), inputs=bound.needs(model), planned=bound.future, **look)

    @styled
    def outline(self, panel, curve, x, y, **look):
        """A closed outline, its points in drawing order.

        >>> from zputils.figures import fig_3_3
        >>> figure = LimitFigure("fig-3.3", fig_3_3.PANELS)
        >>> figure.outline("faser", "FASER published", [0.02, 0.1, 0.02], [1e-5, 1e-5, 1e-4])
        >>> len(figure.table)
        3
        """
        line = Line(curve, **look)
        x, y = self.add(panel, curve, "outline", x, y)
        if line.filled:
            self.axes[panel].fill(x, y, color=line.color, alpha=0.12, linewidth=0)
        self._draw(panel, line, [(np.r_[x, x[:1]], np.r_[y, y[:1]])])

    @styled
    def line(self, panel, curve, role, x, y, **look):
        """Any other curve, under one of the roles of the table.

        >>> from zputils.figures import fig_3_1
        >>> figure = LimitFigure("fig-3.1", fig_3_1.PANELS)
        >>> figure.line("left", "sensitivity", "limit", [1e-8, 1e-4], 1e-19)
        >>> figure.table.x.tolist()
        [1e-08, 0.0001]
        """
        self._draw(panel, Line(curve, **look), [self.add(panel, curve, role, x, y)])

    def save(self, folder=None):
        """Write <name>.csv, .svg and .pdf, complete and of one version, into a folder; returns the figure.

        folder: `paths.FIGURES` when None. ValueError when a panel is empty, OSError when the folder cannot be written.

        >>> from zputils.figures import fig_3_3
        >>> LimitFigure("fig-3.3", fig_3_3.PANELS).save()
        Traceback (most recent call last):
            ...
        ValueError: fig-3.3: nothing is drawn in panel faser, seaquest
        """
        empty = set(self.axes) - {panel for panel, *_ in self._rows}
        if empty:
            raise ValueError(f"{self.name}: nothing is drawn in panel {', '.join(sorted(empty))}")
        files = [paths.Path(folder or paths.FIGURES) / f"{self.name}.{suffix}" for suffix in ("csv", "svg", "pdf")]
        with paths.replacing_together(files) as (csv, svg, pdf):
            csv.write_text(self.text(self.name), encoding="utf-8", newline="\n")
            svg.write_text(self._repr_svg_(), encoding="utf-8")
            self.render(pdf, "pdf")
        return self

    def _repr_svg_(self):
        if self._shown is None:
            text = StringIO()
            self.render(text, "svg")
            self._shown = text.getvalue()
        return self._shown

    @styled
    def render(self, target, kind, **options):
        """Draw the figure with its labels into a file or buffer. kind: svg, pdf or png; options: of `savefig`.

        >>> from zputils.figures import fig_3_3
        >>> buffer = StringIO()
        >>> LimitFigure("fig-3.3", fig_3_3.PANELS).render(buffer, "svg")
        >>> "</svg>" in buffer.getvalue()
        True
        """
        self._place_labels()
        metadata = {"Title": self.name, **METADATA.get(kind, {})}
        self.figure.savefig(target, format=kind, metadata=metadata, **options)

    def _edge(self, panel, curve, m, lower, upper):
        """The recorded edge of one piece as a path: a side, a curve, or a closed outline."""
        piece = self.next_piece(panel, curve)
        if np.isinf(upper).all() and (lower == 0).all():
            return self.add(panel, curve, "left", m[-1], self.panels[panel].ylim, piece)
        if np.isinf(upper).all():
            return self.add(panel, curve, "limit", m, lower, piece)
        (m, low), (_, up) = (self.add(panel, curve, role, m, edge, piece)
                             for role, edge in (("lower", lower), ("upper", upper)))
        return np.r_[m, m[::-1], m[:1]], np.r_[low, up[::-1], low[:1]]

    def _draw(self, panel, line, pieces):
        """Draw the pieces of a curve; keep them so that no label covers them, and the curve's own label for later."""
        path = np.concatenate([[*zip(*piece, strict=True), (np.nan, np.nan)] for piece in pieces]).T
        self.axes[panel].plot(*path, label=line.name if line.legend else None, **line.line)
        self._shown = None
        self._paths[panel].append(path)
        if line.legend:
            self.axes[panel].legend()
        elif line.label:
            self._named[panel].append((line, path))

    def _place_labels(self):
        """Name the curves, anew each time: first those with a place of their own, then each at its freest spot."""
        while self._labels:
            self._labels.pop().remove()
        for panel, waiting in self._named.items():
            ax = self.axes[panel]
            crowd = np.concatenate([label_spots.trace(ax, path) for path in self._paths[panel]])
            for line, path in sorted(waiting, key=lambda entry: entry[0].label is True):
                text = self._label(ax, line, path, crowd)
                if text is not None:
                    self._labels.append(text)
                    crowd = np.concatenate([crowd, label_spots.fill(text.get_window_extent())])

    def _label(self, ax, line, path, crowd):
        """The name of a curve at its place, None where none is free."""
        text = ax.text(*path[:, 0], line.name, color=line.color, fontsize=8.5, ha="center", va="center",
                       path_effects=HALO, zorder=5, in_layout=False)
        spot = line.label
        if spot is True:
            spot = label_spots.free_spot(ax, text.get_window_extent().size, label_spots.trace(ax, path), crowd)
        if spot is None:
            return text.remove()
        text.set_position(spot)
        return text


def _axes(panels, size=None):
    """(figure, {panel: axes}): one panel fills the page, more stand two in a row."""
    rows, columns = -(-len(panels) // 2), min(2, len(panels))
    figure = Figure(figsize=size or (6.6, 0.5 + (2.7 if columns == 2 else 3.8) * rows))
    grid = np.atleast_1d(figure.subplots(rows, columns, sharex=rows > 1, sharey=rows > 1,
                                         gridspec_kw=MARGINS["large" if size else min(rows, 2)])).ravel()
    for blank in grid[len(panels):]:
        blank.remove()
    for ax, panel in zip(grid, panels.values(), strict=False):
        ax.set(title=panel.title, xlabel=panel.x, ylabel=panel.y, xscale="log", yscale="log", xlim=panel.xlim,
               ylim=panel.ylim)
        if rows > 1:
            ax.label_outer()
    return figure, dict(zip(panels, grid, strict=False))
