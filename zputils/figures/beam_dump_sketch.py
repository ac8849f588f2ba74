"""A sketch of a beam dump: what the letters of Section 3.1 stand for."""

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .fig_2_1 import wave
from .looks import BLACK, BLUE, VERMILLION

BOXES = (("target", 0.0, 0.5, "0.45"), ("shielding", 0.5, 3.5, "0.8"), ("decay volume", 3.5, 6.6, "#dbe9f6"),
         ("detector", 6.6, 7.2, "0.45"))  # name, left, right, colour


def beam_dump() -> Figure:
    """The sketch as a matplotlib figure: beam, target, shielding, decay volume, detector.

    >>> [text.get_text() for text in beam_dump().axes[0].texts][:4]
    ['target', 'shielding', 'decay volume', 'detector']
    """
    figure, ax = plt.subplots(figsize=(6.6, 2.4), layout="constrained")
    ax.set(xlim=(-1.7, 7.6), ylim=(-1.75, 1.5))
    ax.axis("off")
    for box in BOXES:
        _box(ax, *box)
    _arrow(ax, (-1.6, 0), (0, 0), BLACK)
    ax.text(-0.9, 0.2, "beam", ha="center")
    _particles(ax)
    for left, right, length in ((0.25, 3.5, r"$L_{\rm sh}$"), (3.5, 6.6, r"$L_{\rm dec}$")):
        _arrow(ax, (left, -1.2), (right, -1.2), BLACK, "<->")
        ax.text((left + right) / 2, -1.6, length, ha="center")
    plt.close(figure)  # a notebook shows it as the value of its cell, and only once
    return figure


def _box(ax, name, left, right, color):
    ax.add_patch(Rectangle((left, -0.9), right - left, 1.8, facecolor=color, edgecolor="none"))
    ax.text((left + right) / 2, 1.1, name, ha="center", fontsize=9)


def _particles(ax):
    """A Z' from the target to its decay, the pair that the detector sees, and neutrinos that it does not."""
    wave(ax, 0.25, 5.0, VERMILLION, 0.15)
    ax.text(2.0, 0.36, "$Z'$", color=VERMILLION, ha="center", fontsize=12)
    for y, name in ((0.7, "$e^+$"), (-0.2, "$e^-$")):
        _arrow(ax, (5.0, 0.15), (6.9, y), BLUE)
        ax.text(5.85, 0.15 + 0.85 * (y - 0.15), name, color=BLUE, ha="center", va="center", fontsize=10)
    ax.plot([0.25, 7.5], [-0.55, -0.55], ":", color="0.35")
    ax.text(5.0, -0.62, r"$\nu$: crosses everything, unseen", color="0.25", ha="center", va="top", fontsize=8)


def _arrow(ax, start, tip, color, style="-|>"):
    ax.annotate("", tip, start, arrowprops={"arrowstyle": style, "color": color, "shrinkA": 0, "shrinkB": 0})
