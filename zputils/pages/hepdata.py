"""Every figure's numbers as a HEPData submission. `python -m zputils.pages.hepdata` writes it to `_build/hepdata/`.

A table per panel, a row per point: x, curve and role, then y. Curves have masses of their own, which is why they share
columns. Qualifiers give the model and the level at which each curve excludes; links, the publications that went in.
"""

import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from warnings import catch_warnings

from .. import bounds, checks, curves, figures, paths
from ..figures.limit_figure import LimitFigure
from ..physics.couplings import NAMES, Couplings
from . import links

try:
    from hepdata_lib import Submission, Table, Variable
    from hepdata_validator.full_submission_validator import FullSubmissionValidator
except ModuleNotFoundError as error:
    raise checks.without_extra("zputils.pages.hepdata", error, "hepdata") from error

FOLDER = paths.BUILD / "hepdata"
ARCHIVE = "submission.tar.gz"  # as hepdata_lib calls it
DIGITS = 8  # those of a figure's table
ROLES = {"low": "a band's lower edge", "central": "its middle, or a line", "high": "its upper edge",
         "lower": "a reach's lower edge: probed, or excluded, from here", "upper": "up to here",
         "limit": "excluded above", "left": "excluded at smaller x", "outline": "a closed outline in drawing order"}
COMMENT = ("The figures of arXiv:2108.05147, computed anew from formulas and published data: bounds on a light Z', "
           "and the couplings that future beam dumps and neutrino experiments probe. Licence: CC0 1.0.")


# -- what a table says ----------------------------------------------------------------------------------------


def _variable(label: str, values: Sequence, independent: bool = True) -> Variable:
    """A column. label: as on an axis, its unit in square brackets; values: numbers or text.

    >>> column = _variable("mass [GeV]", [0.1, 0.2])
    >>> column.name, column.units
    ('mass', 'GeV')
    """
    name, _, unit = label.removesuffix("]").partition(" [")
    column = Variable(name, is_independent=independent, is_binned=False, units=unit, values=list(values))
    column.digits = DIGITS
    return column


def couplings(model: Couplings) -> dict[str, float]:
    """{g_f/g: number} of the constant couplings a model has, g being its reference coupling.

    :param model: the Z'.
    :returns: {coupling: per unit of the reference one}.

    >>> from zputils import ZPrime
    >>> couplings(ZPrime.muonic(g_nu=0.1, loop=False))
    {'g_mu/g_mu': 1.0, 'g_nu_mu/g_mu': 0.1}
    """
    g = re.sub(r"[$\\]", "", getattr(model, "reference", "g"))
    values = {name: getattr(model, name, None) for name in NAMES}  # None for what depends on the mass
    return {f"g_{fermion}/{g}": float(value) for fermion, value in values.items() if value}


def qualifiers(figure: LimitFigure, panel: str) -> dict[str, float | str]:
    """{name: value} of what holds for a panel: its title, the model's couplings, the level of each curve in it.

    :param figure: that is drawn.
    :param panel: of it.
    :returns: {name: value}.

    >>> from zputils.experiments.ccfr import CCFR
    >>> values = qualifiers(figures.draw("fig-4.1"), "gnu_0.1")
    >>> values["g_nu_mu/g_mu"], values["Level, CCFR"]
    (0.1, '95 %')
    """
    drawn = figure.table.query("panel == @panel").curve.unique()
    model = couplings(figure.models[panel]) if panel in figure.models else {}
    levels = {f"Level, {name}": bounds.get(name).confidence for name in drawn if name in bounds.register()}
    return {"Panel": figure.panels[panel].title, **model, **levels}


def sources(figure: LimitFigure, panel: str) -> list[tuple[str, str]]:
    """(address, description) of each publication whose numbers went into a panel.

    :param figure: that is drawn.
    :param panel: of it.
    :returns: (address, description) each.

    >>> from zputils.experiments.faser import FASER
    >>> [address for address, _ in sources(figures.draw("fig-3.3"), "faser")]  # FASER's reach, and R
    ['https://arxiv.org/abs/1811.12522', 'https://inspirehep.net/literature?q=texkeys%3AParticleDataGroup%3A2020ssz']
    """
    rows = [curves.entry(name) for name in figure.inputs_of(panel)]
    return [(links.address(row), f"{row.what}. {row.inspire}{', ' * bool(row.confidence_level)}{row.confidence_level}")
            for row in rows if row.inspire]


def table(figure: LimitFigure, panel: str) -> Table:
    """The HEPData table of one panel.

    :param figure: that is drawn.
    :param panel: of it.

    >>> [column.name for column in table(figures.draw("fig-3.1"), "right").variables]
    ["$m_{Z'}$", 'Curve', 'Role', '$g_e$']
    """
    rows = figure.table.query("panel == @panel")
    look, result = figure.panels[panel], Table(f"{figure.name} {panel}")
    meaning = "; ".join(f"{role}: {ROLES[role]}" for role in rows.role.unique())
    what = str(figures.DRAW[figure.name[:7]].__doc__).splitlines()[0]
    result.description = f"{what} Panel: {look.title}. Roles: {meaning}."
    result.location = f"Figure {figure.name.removeprefix('fig-')}, panel {look.title}"
    result.keywords = {"phrases": ["Z prime", "dark photon", "beam dump", "muon g-2"]}
    y = _variable(look.y, rows.y, independent=False)
    for name, value in qualifiers(figure, panel).items():
        y.add_qualifier(name, value)
    for column in (_variable(look.x, rows.x), _variable("Curve", rows.curve), _variable("Role", rows.role), y):
        result.add_variable(column)
    for address, description in sources(figure, panel):
        result.add_additional_resource(description, address)
    return result


# -- the submission -------------------------------------------------------------------------------------------


def submission(drawn: Iterable[LimitFigure]) -> Submission:
    """The submission of some figures, each a `LimitFigure`.

    :param drawn: figures.

    >>> [table.name for table in submission([figures.draw("fig-3.3")]).tables]
    ['fig-3.3 seaquest', 'fig-3.3 faser']
    """
    result = Submission()
    result.comment = COMMENT
    result.add_link("The paper", "https://arxiv.org/abs/2108.05147")
    for figure in drawn:
        for panel in figure.axes:
            result.add_table(table(figure, panel))
    return result


def validate(archive: str | Path) -> None:
    """Check a submission's archive against HEPData's schemas. Needs no network.

    :param archive: path of a submission.
    :raises ValueError: with what is wrong.

    >>> validate("nothing.tar.gz")
    Traceback (most recent call last):
    ValueError: nothing.tar.gz is no HEPData submission: nothing.tar.gz: File nothing.tar.gz does not exist.
    """
    validator = FullSubmissionValidator()
    with catch_warnings(action="ignore", category=ResourceWarning):  # it leaves files to the garbage collector
        valid = validator.validate(archive=str(archive))
    if not valid:
        wrong = [f"{file}: {message.message}" for file, messages in validator.messages.items() for message in messages]
        raise ValueError(f"{Path(archive).name} is no HEPData submission: {'; '.join(wrong)}")


def write(drawn: Iterable[LimitFigure] | None = None, folder: Path = FOLDER) -> Path:
    """Write the submission of some figures, or of all, to a folder once it is valid; returns the folder.

    submission.yaml, a YAML file per panel, and all of them in submission.tar.gz. YAML files of an earlier one go.

    :param drawn: figures; all when None.
    :param folder: where to.
    :raises ValueError: when the folder holds anything but an earlier submission; nothing is written.
    """
    folder, whole = Path(folder).absolute(), submission(drawn or map(figures.draw, figures.NAMES))
    foreign = [path.name for path in folder.glob("[!.]*") if path.suffix != ".yaml" and path.name != ARCHIVE]
    if foreign:
        raise ValueError(f"folder = {folder} holds {', '.join(sorted(foreign))}, which is no part of a submission")
    with TemporaryDirectory() as scratch, chdir(scratch):  # hepdata_lib leaves its archive in the current folder
        whole.create_files(scratch, validate=False)
        validate(ARCHIVE)
        files = sorted(Path(scratch).iterdir())
        with paths.replacing_together(folder / file.name for file in files) as temporaries:
            for file, temporary in zip(files, temporaries, strict=True):
                shutil.copyfile(file, temporary)
    for stale in set(folder.iterdir()) - {folder / file.name for file in files}:
        stale.unlink()
    return folder


if __name__ == "__main__":
    print(write())
