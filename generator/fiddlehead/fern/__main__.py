"""Prints docs/fern-keys.md."""

import sys

from .keys import page

sys.stdout.write(page())
