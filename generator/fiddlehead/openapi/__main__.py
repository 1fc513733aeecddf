"""Prints docs/extensions.md."""

import sys

from .extension_table import page

sys.stdout.write(page())
