"""Prints docs/extensions.md."""

import sys

from .document.extension_table import page

sys.stdout.write(page())
