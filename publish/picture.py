"""Fig. 4.1 for the README, _static/fig-4.1.png, with what was drawn in its metadata."""

from io import BytesIO, StringIO

import numpy as np
import pandas as pd
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from zputils import figures
from zputils.paths import ROOT, replacing

PICTURE = ROOT / "_static" / "fig-4.1.png"
COLOURS = 64  # halves the file, and no difference is seen


def digest(table):
    """One row per curve: number of points, first and last x, mean of ln y. Enough to notice when a curve has moved."""
    groups = table.assign(ln_y=np.log(table.y)).groupby(["panel", "curve", "role"], sort=False)
    return groups.agg(n=("x", "size"), first=("x", "first"), last=("x", "last"), ln_y=("ln_y", "mean")).reset_index()


def drawn():
    """The digest of what the picture in the repository was drawn from."""
    with Image.open(PICTURE) as picture:
        return pd.read_csv(StringIO(picture.text["digest"]))


def main():
    """Draw the picture anew, whole or not at all."""
    fig, pixels, notes = figures.draw("fig-4.1"), BytesIO(), PngInfo()
    fig.render(pixels, "png", dpi=150)
    notes.add_text("digest", digest(fig.table).to_csv(index=False, float_format="%.6g"))
    with replacing(PICTURE) as temporary:
        Image.open(pixels).convert("RGB").quantize(COLOURS).save(temporary, "PNG", optimize=True, pnginfo=notes)


if __name__ == "__main__":
    main()
