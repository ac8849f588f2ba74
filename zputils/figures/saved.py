"""A figure with its numbers, whole: panels, names of curves, and the files that both become."""

import logging
from collections.abc import Callable
from functools import wraps
from io import StringIO
from pathlib import Path
from typing import IO, Any, ParamSpec, Self, TypeVar

from .. import paths
from . import layout, looks, svg
from .looks import Panel
from .names import Names
from .record import Record

P = ParamSpec("P")
T = TypeVar("T")
METADATA = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}  # no dates: two runs write the same bytes


def styled(method: Callable[P, T]) -> Callable[P, T]:
    """A method that draws in the project's style, whatever the user's own is, which it leaves as it was.

    :param method: of a figure.

    >>> styled(len)([1, 2])
    2
    """
    @wraps(method)
    def drawn(*arguments: P.args, **keywords: P.kwargs) -> T:
        with looks.project_style():
            return method(*arguments, **keywords)

    return drawn


class Saved(Record):
    """Panels to draw into, the record of what is drawn, and `save`.

    :param name: of its files.
    :param panels: {panel: `looks.Panel`}; `axes[panel]` is a matplotlib axes, for annotations.
    :param variant: what the name of its files adds, for a figure redrawn with other inputs.
    :param size: in inches, for one large panel.

    >>> from zputils.figures import fig_3_3
    >>> Saved("fig-3.3", fig_3_3.PANELS, variant="-mine").name
    'fig-3.3-mine'
    """

    @styled
    def __init__(self, name: str, panels: dict[str, Panel], variant: str = "",
                 size: tuple[float, float] | None = None) -> None:
        super().__init__(panels)
        self.name = name + variant
        self.figure, self.axes = layout.axes(self.panels, size)
        self._shown: str | None = None  # the SVG of what is drawn, once it has been asked for
        self.names = Names(self.axes, self.panels)

    @styled
    def note(self, panel: str, text: str, spot: tuple[float, float], **options: Any) -> None:
        """A remark at a spot (x, y) of a panel, where no name of a curve will go.

        :param panel: of the figure.
        :param text: what is said.
        :param spot: (x, y) in data.
        :param options: of `ax.text`.

        >>> from zputils.figures import fig_3_3
        >>> figure = Saved("fig-3.3", fig_3_3.PANELS)
        >>> figure.note("faser", "no reach", (0.1, 1e-6))
        >>> figure.axes["faser"].texts[0].get_text()
        'no reach'
        """
        self.names.note(panel, text, spot, **options)
        self._shown = None

    @styled
    def key(self, names: dict[str, str]) -> None:
        """Name colours under the figure: {text: colour}.

        :param names: {text: colour}.

        >>> from zputils.figures import fig_3_3
        >>> figure = Saved("fig-3.3", fig_3_3.PANELS)
        >>> figure.key({"beam dumps": "black"})
        >>> [text.get_text() for text in figure.figure.legends[0].texts]
        ['beam dumps']
        """
        layout.key(self.figure, names)
        self._shown = None

    def save(self, folder: str | Path | None = None) -> Self:
        """Write <name>.csv, .svg and .pdf, complete and of one version, into a folder; returns the figure.

        :param folder: `paths.FIGURES` when None.
        :raises ValueError: when a panel is empty.
        :raises OSError: when the folder cannot be written.

        >>> from zputils.figures import fig_3_3
        >>> Saved("fig-3.3", fig_3_3.PANELS).save()
        Traceback (most recent call last):
            ...
        ValueError: fig-3.3: nothing is drawn in panel faser, seaquest
        """
        empty = set(self.axes) - {panel for panel, *_ in self._rows}
        if empty:
            raise ValueError(f"{self.name}: nothing is drawn in panel {', '.join(sorted(empty))}")
        files = [Path(folder or paths.FIGURES) / f"{self.name}.{suffix}" for suffix in ("csv", "svg", "pdf")]
        with paths.replacing_together(files) as (csv, svg, pdf):
            csv.write_text(self.text(self.name), encoding="utf-8", newline="\n")
            svg.write_text(self._repr_svg_(), encoding="utf-8")
            self.render(pdf, "pdf")
        return self

    def _repr_svg_(self) -> str:
        if self._shown is None:
            text = StringIO()
            self.render(text, "svg")
            self._shown = svg.smaller(text.getvalue())
        return self._shown

    @styled
    def render(self, target: Path | IO, kind: str, **options: Any) -> None:
        """Draw the figure with its labels into a file or buffer.

        :param target: a file, or a buffer.
        :param kind: svg, pdf or png.
        :param options: of `savefig`.

        >>> from zputils.figures import fig_3_3
        >>> buffer = StringIO()
        >>> Saved("fig-3.3", fig_3_3.PANELS).render(buffer, "svg")
        >>> "</svg>" in buffer.getvalue()
        True
        """
        if self._shown is None:  # otherwise they stand where they did
            self.names.place()
        metadata = {"Title": self.name, **METADATA.get(kind, {})}
        logging.getLogger("fontTools").setLevel(logging.ERROR)  # it warns of the date in matplotlib's own font
        self.figure.savefig(target, format=kind, metadata=metadata, **options)
