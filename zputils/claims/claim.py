"""One quantitative statement of the paper, and the verdict on it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

VERDICTS = ("reproduced", "reproduced with a caveat", "not reproduced", "cannot be checked")

# How wording becomes a range, for every claim alike.
DIGITS = "half a unit of the last printed digit"
ABOUT = "'about', 'around', '≈': 10 %"
BOUNDARY = "'≲', '≳', 'up to about': 25 %"
ACCURATE = "'rather accurately', 'reproduce': every point within 20 %"
WEAK = "'weak', 'very similar', 'not significant', 'O(1)': below a factor of two"
ORDER = "'an order of magnitude': within a factor sqrt(10)"
ALL = "'all', 'fully', 'completely': 99 %"
MOST = "'most': more than half"
EXACT = "an equality or a limit: 0.1 %"
SOME = "a direction: which side it is on"


@dataclass(frozen=True)
class Claim:
    """A statement, where the paper makes it, the range [low, high] its wording implies, and how ours is computed.

    paper: the value as printed; tolerance: how the wording became the range; unit: of low, high and the result;
    compute: () -> float, or None with the `reason` why it cannot be checked; caveat: what qualifies an agreement;
    spread: () -> (least, largest) value under choices of our own, for the note.
    Raises ValueError without a location or a tolerance, for an empty range, and unless there is either `compute` or
    a `reason`.

    >>> Claim("third", "1", "A third", "0.33", 0.325, 0.335, DIGITS, compute=lambda: 1 / 3).verdict
    'reproduced'
    """

    id: str
    section: str
    statement: str
    paper: str
    low: float
    high: float
    tolerance: str
    unit: str = ""
    compute: Callable | None = None
    caveat: str = ""
    reason: str = ""
    spread: Callable | None = None

    def __post_init__(self):
        for name in ("id", "section", "statement", "paper", "tolerance"):
            if not getattr(self, name):
                raise ValueError(f"{name} of claim {self.id!r} is empty")
        if (self.compute is None) != bool(self.reason):
            raise ValueError(f"claim {self.id!r} needs either compute or a reason, not both")
        if self.compute and not self.low <= self.high:
            raise ValueError(f"low = {self.low:g} of claim {self.id!r} is above high = {self.high:g}")

    @property
    def sections(self):
        """The sections it stands in: {"2.3", "5"} for "2.3, Fig. 2.2; 5".

        >>> sorted(unchecked("x", "2.3, Fig. 2.2; 5", "a statement", "4.2", "no data").sections)
        ['2.3', '5']
        """
        return {place.split(",")[0].strip() for place in self.section.split(";")}

    @cached_property
    def computed(self):
        """Our value, nan where there is none.

        >>> Claim("half", "1", "A half", "0.5", 0.45, 0.55, ABOUT, compute=lambda: 1 / 2).computed
        0.5
        """
        return float(self.compute()) if self.compute else float("nan")

    @property
    def verdict(self):
        """One of VERDICTS.

        >>> Claim("half", "1", "A half", "0.4", 0.36, 0.44, ABOUT, compute=lambda: 1 / 2).verdict
        'not reproduced'
        """
        if self.compute is None:
            return "cannot be checked"
        if not self.low <= self.computed <= self.high:
            return "not reproduced"
        return "reproduced with a caveat" if self.caveat else "reproduced"

    @property
    def note(self):
        """What the table adds: the reason, or the range, what it follows from, and the caveat.

        >>> Claim("half", "1", "A half", "0.5", 0.45, 0.55, ABOUT, compute=lambda: 1 / 2).note
        "0.45 to 0.55 ('about', 'around', '≈': 10 %)"
        """
        if self.reason:
            return self.reason
        parts = [f"{self.low:.4g} to {self.high:.4g} ({self.tolerance})", self.caveat]
        if self.spread:
            parts.append("our own choices move it from {:.3g} to {:.3g}".format(*self.spread()))
        return "; ".join(filter(None, parts))


def unchecked(id, section, statement, paper, reason):
    """A claim that cannot be checked, and why.

    >>> unchecked("lost", "1", "A number in a lost table", "3", "the table is lost").verdict
    'cannot be checked'
    """
    return Claim(id, section, statement, paper, float("nan"), float("nan"), "none", reason=reason)
