"""The limit plot: each curve is drawn and recorded at once."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..methods.bound import Bound
from ..methods.region import Region
from ..physics.couplings import Couplings
from . import envelope, looks
from .line import Line
from .saved import Saved, styled

EXCLUDED = {"color": "0.93", "linewidth": 0, "zorder": 0}  # opaque, so that overlaps do not darken


class LimitFigure(Saved):
    """A figure of the paper. Each method draws a curve and records its numbers, so that `save` writes what is drawn.

    A curve has its points (n,) in x (mass in GeV unless the panel says otherwise) and y, nan where there is none.
    inputs: catalogue names of the data that went in. Arguments are those of `saved.Saved`; further keywords of every
    method are the fields of `line.Line`. Raises as `Record`.

    >>> from zputils.figures import fig_3_3
    >>> list(LimitFigure("fig-3.3", fig_3_3.PANELS).axes)
    ['seaquest', 'faser']
    """

    @styled
    def band(self, panel: str, m: ArrayLike, low: ArrayLike, central: ArrayLike, high: ArrayLike, curve: str = "g-2",
             **look: Any) -> None:
        """The region between `low` and `high`, with a line at `central`. Where `low` is 0 it starts at the axis.

        One that reaches down to zero everywhere has its line at `high`.

        :param panel: of the figure.
        :param m: (n,) GeV.
        :param low: (n,) couplings; so are central and high.
        :param central: (n,) couplings.
        :param high: (n,) couplings.
        :param curve: the name of its look.
        :param look: fields of `zputils.figures.line.Line`.

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
        whole = np.isnan(low).all()  # down to zero: the edge is what matters, and grey covers what is excluded
        bottom, alpha = np.nan_to_num(low, nan=self.panels[panel].ylim[0]), 0.15 if whole else 0.35
        self.axes[panel].fill_between(m, bottom, high, color=looks.BAND, alpha=alpha, linewidth=0,
                                      zorder=-1 if whole else 1)
        self._draw(panel, line, [(m, high if whole else central)])

    @styled
    def spread(self, panel: str, curve: str, m: ArrayLike, low: ArrayLike, high: ArrayLike, **look: Any) -> None:
        """What a choice leaves open of an edge that is drawn as a line: shaded from `low` to `high`.

        :param panel: of the figure.
        :param curve: the name of its look.
        :param m: (n,) GeV.
        :param low: (n,) couplings; so is high.
        :param high: (n,) couplings.
        :param look: fields of `zputils.figures.line.Line`.

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
    def region(self, panel: str, curve: str, region: Region, inputs: Iterable[str] = (), planned: bool = True,
               **look: Any) -> None:
        """The couplings of a `Region`, in as many pieces as it has: shaded, with its edges as lines.

        :param panel: of the figure.
        :param curve: the name of its look.
        :param region: of couplings.
        :param inputs: catalogue names of what went into it.
        :param planned: something that is yet to be measured, shaded in its colour; what is excluded today is grey.
        :param look: fields of `zputils.figures.line.Line`.

        >>> from zputils.figures import fig_3_3
        >>> figure = LimitFigure("fig-3.3", fig_3_3.PANELS)
        >>> figure.region("faser", "FASER", Region.of(np.array([0.01, 0.02]), ([1e-5, np.nan], 1e-3)))
        >>> figure.table.role.tolist()
        ['lower', 'upper']
        """
        self.read(panel, inputs)
        line = Line(curve, **look)
        shade = {"color": line.color, "alpha": 0.12, "linewidth": 0} if planned else EXCLUDED
        edges = [self._shaded(panel, curve, *piece, shade if line.filled else None) for piece in region.pieces()]
        if edges:
            self._draw(panel, line, edges)
        elif line.legend:
            self.names.legend(panel, Line(curve, **look | {"text": f"{line.name}: no reach"}))
            self._shown = None

    def bound(self, panel: str, bound: Bound, model: Couplings, m: ArrayLike | None = None, **look: Any) -> None:
        """A bound on a model; on masses of its own when m is None.

        :param panel: of the figure.
        :param bound: of the register, or your own.
        :param model: the Z'.
        :param m: (n,) GeV; its own masses when None.
        :param look: fields of `zputils.figures.line.Line`.

        >>> from zputils import ZPrime, bounds
        >>> from zputils.figures import fig_4_1
        >>> figure = LimitFigure("fig-4.1", fig_4_1.PANELS)
        >>> figure.bound("gnu_1", bounds.get("CCFR"), ZPrime.muonic(g_nu=1))
        >>> figure.table.curve.unique().tolist()
        ['CCFR']
        """
        self.models[panel], self.levels[bound.name] = model, bound.confidence
        self.region(panel, bound.name, bound.region(model, m), inputs=bound.needs(model), planned=bound.future,
                    **{"dashed": bound.future} | look)

    @styled
    def family(self, panel: str, bounds: Sequence[Bound], model: Couplings, color: str, leader: bool = False) -> None:
        """Bounds of one class on a model: grey inside, and of their edges what no other of them covers.

        Each is named at what is left of its edge, when that can be seen, or the one with the longest only (leader);
        all numbers are recorded.

        :param panel: of the figure.
        :param bounds: of one class.
        :param model: the Z'.
        :param color: of their edges.
        :param leader: name the one with the longest edge only.

        >>> from zputils import ZPrime, bounds
        >>> from zputils.figures import fig_2_2
        >>> figure = LimitFigure("fig-2.2", fig_2_2.PANELS)
        >>> figure.family("all_fermions", [bounds.get("E141"), bounds.get("E774")], ZPrime.all_fermions(), "black")
        >>> figure.table.curve.unique().tolist()
        ['E141', 'E774']
        """
        members = [bound for bound in bounds if not bound.region(model).empty]
        pieces = [list(bound.region(model).pieces()) for bound in members]
        edges = [self._member(panel, bound, model, own) for bound, own in zip(members, pieces, strict=True)]
        paths = envelope.outer(self.axes[panel], edges, pieces)
        longest = max([envelope.seen(self.axes[panel], path) for path in paths], default=0)
        for bound, path in zip(members, paths, strict=True):
            label = not leader or envelope.seen(self.axes[panel], path) == longest
            self._path(panel, Line(bound.name, thin=True, paint=color, linestyle="-", label=label), path)

    def _member(self, panel, bound, model, pieces):
        """Record a bound and shade what it excludes; its edge as a path."""
        self.models[panel], self.levels[bound.name] = model, bound.confidence
        self.read(panel, bound.needs(model))
        return _joined([self._shaded(panel, bound.name, m, lower, upper, EXCLUDED) for m, lower, upper in pieces])

    @styled
    def outline(self, panel: str, curve: str, x: ArrayLike, y: ArrayLike, **look: Any) -> None:
        """A closed outline, its points in drawing order.

        :param panel: of the figure.
        :param curve: the name of its look.
        :param x: (n,).
        :param y: (n,).
        :param look: fields of `zputils.figures.line.Line`.

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
    def line(self, panel: str, curve: str, role: str, x: ArrayLike, y: ArrayLike, **look: Any) -> None:
        """Any other curve, under one of the roles of the table.

        :param panel: of the figure.
        :param curve: the name of its look.
        :param role: of the table's, such as "limit".
        :param x: (n,).
        :param y: (n,), or a number.
        :param look: fields of `zputils.figures.line.Line`.

        >>> from zputils.figures import fig_3_1
        >>> figure = LimitFigure("fig-3.1", fig_3_1.PANELS)
        >>> figure.line("left", "sensitivity", "limit", [1e-8, 1e-4], 1e-19)
        >>> figure.table.x.tolist()
        [1e-08, 0.0001]
        """
        self._draw(panel, Line(curve, **look), [self.add(panel, curve, role, x, y)])

    def _shaded(self, panel, curve, m, lower, upper, shade):
        """The recorded edge of one piece as a path, once its inside is shaded; shade: None for not."""
        if shade:
            bottom, top = self.panels[panel].ylim
            self.axes[panel].fill_between(m, np.maximum(lower, bottom), np.minimum(upper, top), **shade)
        return self._edge(panel, curve, m, lower, upper)

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
        self._path(panel, line, _joined(pieces))

    def _path(self, panel, line, path):
        self.axes[panel].plot(*path, **line.line)
        self._shown = None
        self.names.add(panel, line, path)


def _joined(pieces):
    """Pieces of a curve, each (x, y), as one path (2, n) with nan in between."""
    return np.concatenate([[*zip(*piece, strict=True), (np.nan, np.nan)] for piece in pieces]).T
