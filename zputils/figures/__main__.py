"""`python -m zputils.figures` lists the figures; with names, or `all`, it writes them."""

import sys

from ..paths import plain_errors
from .draw import NAMES, listing, main

names = sys.argv[1:]
if names and names[0] not in ("-h", "--help"):
    with plain_errors():
        main(NAMES if names == ["all"] else names)
else:
    print(listing())
