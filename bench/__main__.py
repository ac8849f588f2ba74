"""make bench: times and their ratios in one run, nothing asserted but that what is compared agrees.

`python bench reach pages` runs some of it.
"""

import sys
from importlib import import_module

PARTS = ("reach", "rate", "recast_limits", "imports", "pages")

for part in sys.argv[1:] or PARTS:
    import_module(part).main()
