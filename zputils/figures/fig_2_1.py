"""Fig. 2.1: the muon loop through which a Z' that couples to muons couples to every charged fermion."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .looks import BLACK, VERMILLION


def loop_diagram() -> Figure:
    """Fig. 2.1 as a matplotlib figure: Z' - muon loop - photon - f fbar.

    >>> [text.get_text() for text in loop_diagram().axes[0].texts if "Z" in text.get_text()]
    ["$Z'$"]
    """
    figure, ax = plt.subplots(figsize=(5.0, 2.1), layout="constrained")
    ax.set(xlim=(-3.1, 3.6), ylim=(-1.4, 1.4), aspect="equal")
    ax.axis("off")
    wave(ax, -2.8, -0.7, VERMILLION)
    wave(ax, 0.7, 2.2, BLACK)
    angle = np.linspace(0, 2 * np.pi, 200)
    ax.plot(0.7 * np.cos(angle), 0.7 * np.sin(angle), color=BLACK)
    _arrow(ax, (0.05, 0.7), (0.06, 0.7))
    _arrow(ax, (-0.05, -0.7), (-0.06, -0.7))
    for end, start in (((3.3, 1.1), (2.2, 0)), ((2.2, 0), (3.3, -1.1))):
        ax.plot(*np.transpose([start, end]), color=BLACK)
        _arrow(ax, start, (np.add(start, end) / 2 + np.subtract(end, start) * 0.06))
    ax.plot([-0.7, 0.7, 2.2], [0, 0, 0], "o", color=BLACK, markersize=4)
    for text, x, y in (("$Z'$", -1.8, 0.35), (r"$\mu$", 0, 0.95), (r"$\mu$", 0, -1.0), (r"$\gamma$", 1.45, 0.35),
                       ("$f$", 3.45, 1.15), (r"$\bar f$", 3.45, -1.15)):
        ax.text(x, y, text, fontsize=13, ha="center", va="center")
    plt.close(figure)  # a notebook shows it as the value of its cell, and only once
    return figure


def wave(ax: Axes, left: float, right: float, color: str, y: float = 0.0) -> None:
    """A gauge boson from x = left to right at a height y, in full half-waves so that it ends on the line.

    :param ax: axes to draw into.
    :param left: x of its beginning.
    :param right: x of its end.
    :param color: of the line.
    :param y: height.

    >>> ax = plt.figure().add_subplot()
    >>> wave(ax, 0.0, 1.5, "black")
    >>> [round(float(ax.lines[0].get_ydata()[end]), 9) + 0.0 for end in (0, -1)]
    [0.0, 0.0]
    >>> plt.close(ax.figure)
    """
    x = np.linspace(left, right, 300)
    half_waves = round((right - left) / 0.15)
    ax.plot(x, y + 0.11 * np.sin(half_waves * np.pi * (x - left) / (right - left)), color=color)


def _arrow(ax, start, tip):
    """The direction of a fermion, without a shaft of its own."""
    ax.annotate("", tip, start, arrowprops={"arrowstyle": "-|>", "color": BLACK, "shrinkA": 0, "shrinkB": 0})
