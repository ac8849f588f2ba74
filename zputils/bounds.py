"""Everything a Z' faces: the g-2 band, what excludes it and what will reach it.

The figures, the ledger, scans and "your model" all ask here.
"""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import checks, paths, references
from .experiments.register import get, named, register
from .methods import drawing, summarised
from .methods.bound import MASSES, Bound
from .methods.coverage import covered
from .methods.points import Points
from .methods.stacked import regions
from .physics import g_minus_2
from .physics.models import Couplings

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

Names = Iterable[str | Bound]  # what names a bound, or is one
T = TypeVar("T", str, os.PathLike)

# What the paper combines (Figs. 2.2 and 4.1), and what came later.
MUON_SEARCHES, NEUTRINO_LIMITS, LATER = named("fig-2.2/muon_only"), named("fig-2.2/muon_neutrino"), named("later")
EXISTING = MUON_SEARCHES + NEUTRINO_LIMITS
PLANNED = tuple(name for name in named("fig-4.1") if get(name).future)
DUMPS = tuple(name for name in PLANNED if get(name).group == "beam dumps")
NEUTRINO_REACHES = tuple(name for name in PLANNED if name not in DUMPS)

__all__ = ["DUMPS", "EXISTING", "LATER", "MASSES", "MUON_SEARCHES", "NEUTRINO_LIMITS", "NEUTRINO_REACHES", "PLANNED",
           "Bound", "band", "bibtex", "chosen", "coverage", "covered", "draw", "excluded_by", "get", "named",
           "regions", "register", "summary", "to_csv"]


def band(model: Couplings, m: ArrayLike | None = None,
         anomaly: g_minus_2.Anomaly = g_minus_2.ANOMALY_2021) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """(m, low, central, high): the reference coupling at -1, 0 and +1 standard deviations from the anomaly.

    nan for a model that does not couple to muons.

    :param model: the Z'.
    :param m: (n,) GeV, `MASSES` when None.
    :param anomaly: measured minus predicted a_mu.
    :returns: masses, (n,) GeV, then the three couplings, (n,) each.

    >>> from zputils import ZPrime
    >>> m, low, central, high = band(ZPrime.muonic(), [0.01, 0.1])
    >>> [f"{g:.1e}" for g in central]
    ['5.0e-04', '9.5e-04']
    """
    checks.instance("model", model, Couplings)
    m = MASSES if m is None else checks.masses(m)
    model = model.at(m)
    if np.any(model.mu_axial):
        unit = g_minus_2.delta_a_mu(m, abs(model.mu), abs(model.mu_axial))
        return m, *g_minus_2.band_of(unit, anomaly)
    with np.errstate(over="ignore"):
        scale = np.divide(1, abs(model.mu), out=np.full(np.shape(model.mu), np.nan), where=model.mu != 0)
    return m, *(scale * g for g in g_minus_2.g_mu_band(m, anomaly))


def chosen(names: Names | None = None, extra: Iterable[Bound] = ()) -> tuple[Bound, ...]:
    """Bounds from their names, all when None, and `extra` ones; a `Bound` stands for itself.

    :param names: of the register; all when None.
    :param extra: bounds of your own, after those.
    :returns: the bounds, in the order named.
    :raises KeyError: with the nearest names for an unknown one.
    :raises ValueError: for two of one name.

    >>> [bound.name for bound in chosen(["SHiP", get("DUNE")])]
    ['SHiP', 'DUNE']
    """
    names = tuple(register()) if names is None else checks.listed("names", names)
    bounds = (*names, *(checks.instance("extra", bound, Bound) for bound in checks.listed("extra", extra)))
    by_name: dict[str, Bound] = {}
    for bound in (bound if isinstance(bound, Bound) else get(bound) for bound in bounds):
        if by_name.setdefault(bound.name, bound) != bound:
            raise ValueError(f"two bounds are called {bound.name!r}: give yours another name")
    return tuple(by_name.values())


def coverage(model: Couplings, m: ArrayLike, names: Names,
             anomaly: g_minus_2.Anomaly = g_minus_2.ANOMALY_2021) -> np.ndarray:
    """Fraction of the g-2 band that bounds exclude or probe together at each mass, in ln g: (n,).

    nan for a model without a coupling to muons; (k, n) for k `ZPrimes`.

    :param model: the Z'.
    :param m: (n,) GeV.
    :param names: of the bounds, or `Bound` objects.
    :param anomaly: measured minus predicted a_mu.
    :returns: (n,), from 0 to 1.
    :raises ValueError: where the band reaches down to g = 0.

    >>> from zputils import ZPrime
    >>> names = ["SHiP", "SeaQuest", "DUNE"]
    >>> [f"{coverage(ZPrime.muonic(g_nu=ratio), 0.05, names)[0]:.2f}" for ratio in (1, 0.1, 0.01)]
    ['1.00', '0.00', '1.00']
    """
    m, low, _, high = band(model, m, anomaly)
    return covered(low, high, regions(chosen(names), model, m))


def summary(model: Couplings, m: ArrayLike | None = None, names: Names | None = None,
            extra: Iterable[Bound] = ()) -> "pd.DataFrame":
    """Everything on one model, indexed by the bound's name.

    Columns: `group`, `future`; `coupling`, the smallest coupling excluded or probed, and `mass` in GeV where that is
    (where every coupling is excluded: 0, and the largest such mass); `leads`, the fraction of the masses m at which
    nothing else of its sort (existing or future) goes lower; `why_not` there is none; `note`, for a coupling that is
    too strong to mean anything; `confidence`; `references`. nan where there is none.

    :param model: the Z'.
    :param m: (n,) GeV, `MASSES` when None.
    :param names: of the bounds, all when None.
    :param extra: `Bound` objects of your own.

    >>> from zputils import ZPrime
    >>> table = summary(ZPrime.muonic(), np.geomspace(1e-3, 1, 50))
    >>> table.loc["CCFR", "why_not"]
    'no coupling to muon neutrinos'
    >>> f"{table.coupling['SHiP']:.1e}"
    '8.7e-08'
    """
    import pandas as pd

    m, asked = MASSES if m is None else checks.masses(m), chosen(names, extra)
    return pd.DataFrame.from_dict(summarised.rows(asked, model, m), orient="index")


def excluded_by(model: Couplings, m: ArrayLike, g: ArrayLike, names: Names | None = None,
                extra: Iterable[Bound] = ()) -> "pd.DataFrame | Points":
    """Which bounds exclude a point (m, g), or will probe it, and by what margin; many points at once for arrays.

    For two numbers a DataFrame indexed by the bound's name: `future`; `margin`, by what factor g may change before it
    reaches the nearest edge; `lower` and `upper`, the edges around it; `confidence`; `references`. For arrays, which
    broadcast, a `zputils.methods.points.Points`: `excluded` and `probed`, booleans of their shape, and `margin(name)`.
    Each mass that occurs is solved once, so that a grid, m[:, None] and g, takes the time of its masses; of more than
    20000 only those whose points are near an edge.

    :param model: the Z'.
    :param m: GeV.
    :param g: the model's reference coupling.
    :param names: as for `summary`.
    :param extra: as for `summary`.

    >>> from zputils import ZPrime
    >>> model = ZPrime.muonic(g_nu=1)
    >>> excluded_by(model, m=0.03, g=1e-3, names=["CCFR", "SHiP", "DUNE"]).margin.round(2).to_dict()
    {'CCFR': 1.05, 'DUNE': 3.78}
    >>> excluded_by(model, m=[0.03, 3.0], g=1e-3).excluded.tolist()
    [True, False]
    """
    points = Points.of(model, m, g, chosen(names, extra))
    return points if points.g.ndim or points.at.ndim else points.table()


def draw(ax: "Axes", model: Couplings, names: Names | None = None, m: ArrayLike | None = None, filled: bool = True,
         label: bool = True, extra: Iterable[Bound] = (), **look: Any) -> list:
    """Draw bounds on a model into your own axes, in your own style; the artists.

    :param ax: axes to draw into.
    :param model: the Z'.
    :param names: of the bounds, or `Bound` objects; those that lead somewhere when None.
    :param m: (n,) GeV, each bound's own masses when None.
    :param filled: as for `zputils.methods.drawing.draw`.
    :param label: as for `zputils.methods.drawing.draw`.
    :param extra: `Bound` objects of your own, drawn last.
    :param look: as for `zputils.methods.drawing.draw`.

    >>> from matplotlib.figure import Figure
    >>> from zputils import ZPrime
    >>> ax = Figure().add_subplot()
    >>> [artist.get_label() for artist in draw(ax, ZPrime.muonic(g_nu=1), ["CCFR", "DUNE"], filled=False)]
    ['CCFR', 'DUNE']
    """
    names = _leading(summary(model)) if names is None else names
    return drawing.draw(ax, _drawn(model, names, m, extra), filled, label, **look)


def to_csv(model: Couplings, path: T, names: Names | None = None, m: ArrayLike | None = None,
           extra: Iterable[Bound] = ()) -> T:
    """Write the curves of bounds on a model, with model, units and sources in `#` lines; the path.

    Columns: `bound`, `future`, `piece` (a new number after every gap), `m_GeV`, `lower`, `upper` (inf where there is no
    end).

    :param model: the Z'.
    :param path: where to.
    :param names: of the bounds, or `Bound` objects, all when None.
    :param m: as for `draw`.
    :param extra: as for `summary`.

    >>> from tempfile import TemporaryDirectory
    >>> import pandas as pd
    >>> from zputils import ZPrime
    >>> with TemporaryDirectory() as folder:
    ...     path = to_csv(ZPrime.muonic(), f"{folder}/mine.csv", ["SHiP", "BaBar 4mu"])
    ...     pd.read_csv(path, comment="#").bound.unique().tolist()
    ['SHiP', 'BaBar 4mu']
    """
    with paths.replacing(path) as temporary:
        temporary.write_text(drawing.text(model, _drawn(model, names, m, extra)), encoding="utf-8", newline="\n")
    return path


def _drawn(model, names, m, extra):
    """[(bound, region)] of names and of extra bounds, at masses m or at each bound's own."""
    asked = chosen(names, extra)
    every = [bound.region(model) for bound in asked] if m is None else regions(asked, model, m)
    return list(zip(asked, every, strict=True))


def _leading(table):
    return table.index[table.leads > 0].tolist()


def bibtex(model: Couplings, only: str | Names = "leading", m: ArrayLike | None = None) -> str:
    """The BibTeX entries of what bounds on a model rest on, as the text of a `.bib` file.

    :param model: the Z'.
    :param only: "leading", the bounds that lead somewhere on masses m (`summary`); "all" that say something; or their
        names.
    :param m: (n,) GeV, `MASSES` when None.

    >>> from zputils import ZPrime
    >>> print(bibtex(ZPrime.muonic(), only=["SHiP"]).splitlines()[0])
    @article{Ahdida:2020new,
    """
    if isinstance(only, str):
        checks.choice("only", only, ("leading", "all"))
        table = summary(model, m)
        only = _leading(table) if only == "leading" else table.index[table.coupling.notna()].tolist()
    return references.bibtex(key for bound in chosen(only) for key in bound.references)
