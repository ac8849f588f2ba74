"""What stands under a panel of Fig. 2.2: the bounds of which nothing is seen there."""

from ..figures import LimitFigure, fig_2_2, looks
from .notes import Note


def not_seen(figure: LimitFigure) -> Note:
    """The searches behind the edge of their class, or below the axis, and those along the edge, from what is drawn.

    :param figure: Fig. 2.2.

    >>> from zputils import figures
    >>> print(not_seen(figures.viable(panels=["all_fermions"])).text[:25])
    Along the edges: BaBar $4
    """
    (panel,) = figure.axes
    seen = [name for name in figure.names.seen(panel) if name != "g-2"]
    along, behind = (", ".join(looks.look(name).text for name in names)
                     for names in (seen, fig_2_2.hidden(figure, panel)))
    return Note(f"Along the edges: {along}. Behind those of their class, or below $10^{{-4}}$: {behind}.")
