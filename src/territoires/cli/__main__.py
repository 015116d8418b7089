"""``python -m territoires.cli``."""

import sys

from territoires.cli import main

sys.exit(main())
