"""The names of curves: at a spot beside each, or in a legend; and remarks."""

from collections import defaultdict

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from . import label_spots, looks

HALO = [withStroke(linewidth=2.5, foreground="white")]
SHORT = 8  # points of what is seen of a curve that is too short to be named


class Names:
    """What is to be written into each panel. axes: {panel: matplotlib axes}; panels: {panel: `looks.Panel`}.

    >>> from zputils.figures import fig_3_3, layout
    >>> Names(layout.axes(fig_3_3.PANELS)[1], fig_3_3.PANELS).place()
    """

    def __init__(self, axes, panels):
        self.axes, self.panels = axes, panels
        self.drawn = defaultdict(list)  # panel -> (line, curve) as drawn
        self._waiting = defaultdict(list)  # panel -> (line, curve) to be named
        self._notes = defaultdict(list)  # panel -> remarks, which names keep clear of
        self._entries = defaultdict(list)  # panel -> what its legend lists
        self._labels = []  # names as drawn

    def add(self, panel, line, path):
        """A curve as drawn: no name will cover it, and it is named as its `Line` says. path: (2, n)."""
        self.drawn[panel].append((line, path))
        if line.legend:
            self.legend(panel, line)
        elif line.label:
            self._waiting[panel].append((line, path))

    def legend(self, panel, line):
        """Name a curve in the panel's legend."""
        self._entries[panel].append(Line2D([], [], label=line.name, **line.line))
        self.axes[panel].legend(handles=self._entries[panel], loc=self.panels[panel].legend)

    def note(self, panel, text, spot, **options):
        """A remark at a spot (x, y)."""
        options = {"fontsize": 8, "color": looks.BLACK, "ha": "center", "va": "center", "path_effects": HALO} | options
        self._notes[panel].append(self.axes[panel].text(*spot, text, zorder=5, in_layout=False, **options))

    def seen(self, panel) -> tuple[str, ...]:
        """Names of the curves of which something can be seen in a panel, in the order of drawing."""
        return tuple(line.curve for line, path in self.drawn[panel]
                     if len(label_spots.trace(self.axes[panel], path)) > SHORT)

    def place(self):
        """Name the curves, anew each time: first those with a place of their own, then each at its freest spot."""
        while self._labels:
            self._labels.pop().remove()
        for panel, waiting in self._waiting.items():
            ax, crowd = self.axes[panel], self._crowd(panel)
            for line, path in sorted(waiting, key=lambda entry: entry[0].label is True):
                text = self._label(ax, line, path, crowd)
                if text is not None:
                    self._labels.append(text)
                    crowd = np.concatenate([crowd, label_spots.fill(text.get_window_extent())])

    def _crowd(self, panel):
        """Points (n, 2) in pixels that no name should cover."""
        ax = self.axes[panel]
        return np.concatenate([*(label_spots.trace(ax, path) for _, path in self.drawn[panel]),
                               *(label_spots.fill(text.get_window_extent()) for text in self._notes[panel])])

    def _label(self, ax, line, path, crowd):
        """The name of a curve at its place, None where none is free."""
        text = ax.text(0.5, 0.5, line.name, color=line.color, fontsize=8.5, ha="center", va="center",
                       path_effects=HALO, zorder=5, in_layout=False)
        spot, seen = line.label, label_spots.trace(ax, path)
        if spot is True:
            spot = label_spots.free_spot(ax, text.get_window_extent().size, seen, crowd) if len(seen) > SHORT else None
        if spot is None:
            return text.remove()
        text.set_position(spot)
        return text
