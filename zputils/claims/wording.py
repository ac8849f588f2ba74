"""How the wording of a statement becomes a range: the same rule for every claim of the same wording."""

from dataclasses import dataclass
from math import inf

SOME = "a direction: which side it is on"


@dataclass(frozen=True)
class Range:
    """The values [low, high] that a wording allows, and the rule that says so.

    :param low: the least value.
    :param high: the largest.
    :param rule: which wording allows what, in words.
    :raises ValueError: for an empty range or rule.

    >>> 4.3 in Range(4.0, 4.5, "a rule")
    True
    """

    low: float
    high: float
    rule: str

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"low = {self.low:g} of a range is above high = {self.high:g}")
        if not self.rule:
            raise ValueError(f"rule of the range {self.low:g} to {self.high:g} is empty")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low:.4g} to {self.high:.4g} ({self.rule})"


def digits(value: float, step: float) -> Range:
    """A printed number whose last digit counts `step`.

    :param value: as printed.
    :param step: what its last digit counts.

    >>> str(digits(0.75, 0.01))
    '0.745 to 0.755 (half a unit of the last printed digit)'
    """
    return Range(value - step / 2, value + step / 2, "half a unit of the last printed digit")


def about(value: float) -> Range:
    """A rounded value.

    :param value: as printed.

    >>> 0.052 in about(0.05)
    True
    """
    return Range(0.9 * value, 1.1 * value, "'about', 'around', '≈': 10 %")


def boundary(value: float) -> Range:
    """Where something begins or ends; it has a lower and an upper end both.

    :param value: as printed.

    >>> 130 in boundary(100)
    False
    """
    return Range(0.75 * value, 1.25 * value, "'≲', '≳', 'up to about': 25 %")


def accurate() -> Range:
    """A relative deviation.

    >>> 0.14 in accurate()
    True
    """
    return Range(0, 0.2, "'rather accurately', 'reproduce': every point within 20 %")


def similar(value: float) -> Range:
    """A comparison, as a ratio.

    :param value: as printed.

    >>> 1.8 in similar(1)
    True
    """
    return Range(value / 2, 2 * value, "'weak', 'very similar', 'not significant', 'O(1)': below a factor of two")


def of_order(value: float) -> Range:
    """An order of magnitude.

    :param value: as printed.

    >>> 30 in of_order(10)
    True
    """
    return Range(value / 10**0.5, value * 10**0.5, "'an order of magnitude': within a factor sqrt(10)")


ALL = Range(0.99, 1, "'all', 'fully', 'completely': 99 %")
NONE = Range(0, 0.01, "'none', 'cannot': 1 %")
MOST = Range(0.5, 1, "'most', 'because': more than half")


def exactly(value: float, scale: float | None = None) -> Range:
    """An equality or a limit; `scale` is what 0.1 % is of, the value itself when None.

    :param value: as printed.
    :param scale: what 0.1 % is of; the value itself when None.

    >>> str(exactly(0, scale=1))
    '-0.001 to 0.001 (an equality or a limit: 0.1 %)'
    """
    error = 1e-3 * abs(value if scale is None else scale)
    return Range(value - error, value + error, "an equality or a limit: 0.1 %")


def above(value: float, rule: str = SOME) -> Range:
    """More than a value.

    :param value: as printed.
    :param rule: which wording allows what, in words.

    >>> 1.02 in above(1)
    True
    """
    return Range(value, inf, rule)


def below(value: float, rule: str = SOME) -> Range:
    """Between 0 and a value.

    :param value: as printed.
    :param rule: which wording allows what, in words.

    >>> -1 in below(1)
    False
    """
    return Range(0, value, rule)
