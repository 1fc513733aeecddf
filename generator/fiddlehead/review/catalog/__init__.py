"""The rules of a review, one line each: id, class, bump, meaning, and the reason for a class that
differs from oasdiff's severity.

To add a rule, add a line to a table. docs/review-rules.md is generated from these tables, and a test
checks that each rule can be reported.
"""

from .fiddlehead import FIDDLEHEAD
from .oasdiff import OASDIFF
from .python import PYTHON

__all__ = ["FIDDLEHEAD", "OASDIFF", "PYTHON"]
