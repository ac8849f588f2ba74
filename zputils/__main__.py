"""`python -m zputils`: the command `zputils`."""

import sys

from .command import main

sys.exit(main())
