"""Where the data and the outputs of a build are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
BOOK = ROOT / "book"
BUILD = ROOT / "_build"
FIGURES = BUILD / "figures"
