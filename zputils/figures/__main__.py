import sys

from ..paths import plain_errors
from .draw import NAMES, main

with plain_errors():
    main(sys.argv[1:] or NAMES)
