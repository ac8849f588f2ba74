"""Bounds as curves in axes of your own, and as a file of numbers."""

from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np

from ..physics.models import Couplings
from .bound import Bound
from .look import BLACK, Look
from .region import Region

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def draw(ax: "Axes", drawn: Sequence[tuple[Bound, Region]], filled: bool = True, label: bool = True,
         **look: Any) -> list:
    """Draw regions into matplotlib axes: the artists, a line for each bound, and a shade where `filled`.

    No setting of matplotlib is changed, nor are scales and limits of axes that have any; empty ones become logarithmic,
    with room for what is drawn, and say what they are of unless they do already. An edge at 0 or at inf is the end of
    the axes as they are then. What is planned is shaded in its colour, what is excluded is shaded grey.

    :param ax: axes to draw into.
    :param drawn: bounds and what they exclude or probe.
    :param filled: shade it.
    :param label: name each line, for `ax.legend()`.
    :param look: keywords of `ax.plot` in the place of the bound's own: color, linestyle, linewidth, alpha, zorder.

    >>> from matplotlib.figure import Figure
    >>> from zputils import SHIP, ZPrime
    >>> ax = Figure().add_subplot(xscale="log", yscale="log", xlim=(1e-3, 1), ylim=(1e-8, 1e-2))
    >>> artists = draw(ax, [(SHIP, SHIP.region(ZPrime.muonic()))])
    >>> artists[0].get_label(), ax.get_xscale()
    ('SHiP', 'log')
    """
    drawn = [(bound, region) for bound, region in drawn if not region.empty]
    if drawn and ax.get_autoscale_on() and not ax.has_data():
        _make_room(ax, [region for _, region in drawn])
    limits = {"xlim": ax.get_xlim(), "ylim": ax.get_ylim()}
    artists = [artist for bound, region in drawn for artist in _draw(ax, bound, region, filled, label, look)]
    ax.set(**limits)
    return artists


def _make_room(ax, regions):
    m = np.concatenate([region.m[~np.isnan(region.lowest)] for region in regions])
    edges = np.concatenate([edge.ravel() for region in regions for edge in (region.lower, region.upper)])
    edges = edges[np.isfinite(edges) & (edges > 0)]
    bottom, top = (edges.min(), edges.max()) if edges.size else (1e-8, 1.0)
    ax.set(xscale="log", yscale="log", xlim=(m.min() / 1.05, m.max() * 1.05), ylim=(bottom / 2, 2 * min(top, 1.0)),
           xlabel=ax.get_xlabel() or "$m_{Z'}$ [GeV]", ylabel=ax.get_ylabel() or "reference coupling $g$")


def _draw(ax, bound, region, filled, label, look):
    """The artists of one bound."""
    own, (bottom, top) = bound.look or Look(bound.name, BLACK, "--" if bound.future else "-"), sorted(ax.get_ylim())
    style = {"color": own.color, "linestyle": own.linestyle} | look
    path = np.concatenate([_outline(m, lower, upper, bottom, top) for m, lower, upper in region.pieces()])
    yield from ax.plot(*path.T, **style, label=own.text if label else None)
    shade = {"color": style["color"], "alpha": 0.12} if bound.future else {"color": "0.9", "zorder": 0}
    for m, lower, upper in region.pieces() if filled else ():
        yield ax.fill_between(m, np.maximum(lower, bottom), np.minimum(upper, top), **shade | {"linewidth": 0})


def _outline(m, lower, upper, bottom, top):
    """The edge of one piece as points (k, 2): a closed outline, a curve where it has no end, or a side."""
    if np.isinf(upper).all():
        if (lower == 0).all():
            return np.array([(m[-1], bottom), (m[-1], top), (np.nan, np.nan)])
        return np.array([*zip(m, lower, strict=True), (np.nan, np.nan)])
    around = [*zip(m, lower, strict=True), *zip(m[::-1], upper[::-1], strict=True), (m[0], lower[0])]
    return np.array([*around, (np.nan, np.nan)])


def table(drawn: Sequence[tuple[Bound, Region]]) -> "pd.DataFrame":
    """The regions as rows: `bound`, `future`, `piece` (a new number after every gap), `m_GeV`, `lower`, `upper`.

    :param drawn: bounds and what they exclude or probe.

    >>> from zputils import SHIP, ZPrime
    >>> table([(SHIP, SHIP.region(ZPrime.muonic(), [0.05, 0.1]))]).piece.tolist()
    [0, 0]
    """
    import pandas as pd

    parts = [region.table().assign(bound=bound.name, future=bound.future).rename(columns={"m": "m_GeV"})
             for bound, region in drawn if not region.empty]
    columns = ["bound", "future", "piece", "m_GeV", "lower", "upper"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def text(model: Couplings, drawn: Sequence[tuple[Bound, Region]]) -> str:
    """The file of `table`: `#` lines on the model, the units, confidence levels and sources, then the rows.

    :param model: the Z'.
    :param drawn: bounds and what they exclude or probe.

    >>> from zputils import SHIP, ZPrime
    >>> print(text(ZPrime.muonic(), [(SHIP, SHIP.region(ZPrime.muonic(), [0.05, 0.1]))]).splitlines()[-1])
    SHiP,True,0,0.1,2.7965422e-06,0.0017181141
    """
    couplings = ", ".join(f"{name}={value:.8g}" for name, value in model.couplings.items() if value)
    lines = [f"Couplings that are excluded, or will be probed (future), of a Z': {getattr(model, 'name', '')}",
             f"couplings per unit of {getattr(model, 'reference', 'g')}: {couplings}",
             "m_GeV: mass in GeV; lower, upper: edges of the reference coupling, without unit; upper = inf has no end",
             "piece: connected in mass; a new number after every gap"]
    lines += [f"{bound.name}: {bound.confidence or 'no level stated'}; {' '.join(bound.references) or 'no reference'}"
              for bound, region in drawn if not region.empty]
    rows = StringIO()
    table(drawn).to_csv(rows, index=False, float_format="%.8g", lineterminator="\n")
    return "".join(f"# {line}\n" for line in lines) + rows.getvalue()
