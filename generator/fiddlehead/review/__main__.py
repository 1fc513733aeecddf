"""Prints docs/review-rules.md."""

import sys

from .rules import page

sys.stdout.write(page())
