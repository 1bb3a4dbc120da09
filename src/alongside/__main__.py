"""`python -m alongside` is the command `alongside`."""

import sys

from .cli import main

sys.exit(main())
