"""One quantitative statement of the paper, and the verdict on it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import SupportsFloat

from .wording import Range

VERDICTS = ("reproduced", "reproduced with a caveat", "not reproduced", "cannot be checked")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A statement, where the paper makes it, the range its wording implies, and how ours is computed.

    :param id: names it in the ledger's links.
    :param section: of the paper, "2.3".
    :param statement: what is claimed, in our words.
    :param paper: the value as printed.
    :param within: the values the wording allows.
    :param compute: () -> float in `unit`; None for what cannot be checked.
    :param unit: of the value.
    :param caveat: what qualifies an agreement.
    :param reason: why it cannot be checked.
    :param spread: () -> (least, largest) value under choices of our own.
    :param also: () -> what else was computed, for the note.
    :raises ValueError: without a section, a statement or a printed value, and unless there are either `compute` and
        `within` or a `reason`.

    >>> from zputils.claims.wording import digits
    >>> Claim(id="third", section="1", statement="A third", paper="0.33", within=digits(0.33, 0.01),
    ...       compute=lambda: 1 / 3).verdict
    'reproduced'
    """

    id: str
    section: str
    statement: str
    paper: str
    within: Range | None = None
    compute: Callable[[], SupportsFloat] | None = None
    unit: str = ""
    caveat: str = ""
    reason: str = ""
    spread: Callable[[], tuple[float, float]] | None = None
    also: Callable[[], str] | None = None

    def __post_init__(self) -> None:
        for name in ("id", "section", "statement", "paper"):
            if not getattr(self, name):
                raise ValueError(f"{name} of claim {self.id!r} is empty")
        if not (self.compute is None) == (self.within is None) == bool(self.reason):
            raise ValueError(f"claim {self.id!r} needs either compute and within, or a reason")

    @property
    def sections(self) -> set[str]:
        """The sections it stands in: {"2.3", "5"} for "2.3, Fig. 2.2; 5".

        >>> sorted(Claim(id="x", section="2.3, Fig. 2.2; 5", statement="s", paper="4.2", reason="no data").sections)
        ['2.3', '5']
        """
        return {place.split(",")[0].strip() for place in self.section.split(";")}

    @cached_property
    def computed(self) -> float:
        """Our value, nan where there is none.

        >>> Claim(id="x", section="1", statement="s", paper="4.2", reason="no data").computed
        nan
        """
        return float(self.compute()) if self.compute else float("nan")

    @property
    def verdict(self) -> str:
        """One of VERDICTS.

        >>> Claim(id="x", section="1", statement="s", paper="4.2", reason="no data").verdict
        'cannot be checked'
        """
        if self.within is None:
            return "cannot be checked"
        if self.computed not in self.within:
            return "not reproduced"
        return "reproduced with a caveat" if self.caveat else "reproduced"

    @property
    def note(self) -> str:
        """What the table adds: the reason, or the range, what it follows from, and the caveat.

        >>> from zputils.claims.wording import about
        >>> Claim(id="x", section="1", statement="s", paper="1", within=about(1.0), compute=lambda: 1.0).note
        "0.9 to 1.1 ('about', 'around', '≈': 10 %)"
        """
        if self.reason:
            return self.reason
        parts = [str(self.within), self.caveat]
        if self.spread:
            parts.append("our own choices move it from {:.3g} to {:.3g}".format(*self.spread()))
        return "; ".join(filter(None, [*parts, self.also and self.also()]))
