"""What stands under a figure of the paper: its files, the function that draws it, the data that went in."""

from ..figures import DRAW, LimitFigure
from ..figures.fig_today import today
from . import links
from .notes import Note, dropdown


def credits(figure: LimitFigure) -> Note:
    """The numbers and pictures of a figure to download, the function that draws it, and what went in.

    :param figure: of the book.

    >>> from zputils import figures
    >>> print(credits(figures.draw("fig-3.1")).text[:62])
    Download {download}`CSV <../_build/figures/fig-3.1.csv>`, {dow
    """
    files = ", ".join(f"{{download}}`{kind} <../_build/figures/{figure.name}.{kind.lower()}>`"
                      for kind in ("CSV", "SVG", "PDF"))
    function = DRAW.get(figure.name[:7], today)
    place = function.__module__ if function is today else "zputils.figures"
    inputs = ", ".join(map(links.link, sorted(figure.inputs)))
    return Note(f"Download {files}. Drawn by `{place}.{function.__name__}` on this page.\n\n"
                + dropdown("What went in", inputs or "Formulas alone."))
