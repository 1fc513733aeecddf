"""Writes files atomically without overwriting files of others, and compares files.

`check --fast` imports this package; what it does not need is imported from `write`, `diff` and
`fern_package`.
"""

from __future__ import annotations

from ..checksums import digest, file_digest, normalized, tree_hash
from ..manifest_values import MANIFEST
from .compare import Difference, compare, compare_fast
from .line_endings import same_text, with_endings_of
from .manifest import Manifest, ManifestError, moved, read_manifest
from .plan import Conflict, OutputError, Plan, interrupted, staging
from .protected_files import ProtectedFiles

__all__ = [
    "MANIFEST",
    "Conflict",
    "Difference",
    "Manifest",
    "ManifestError",
    "OutputError",
    "Plan",
    "ProtectedFiles",
    "compare",
    "compare_fast",
    "digest",
    "file_digest",
    "interrupted",
    "moved",
    "normalized",
    "read_manifest",
    "same_text",
    "staging",
    "tree_hash",
    "with_endings_of",
]
