"""Writes files atomically without overwriting files of others, and compares files."""

from __future__ import annotations

from .compare import Difference, compare, compare_fast
from .diff import unified
from .fern_package import kept_by_hand
from .line_endings import normalized, same_text, with_endings_of
from .manifest import (
    MANIFEST,
    Manifest,
    ManifestError,
    digest,
    file_digest,
    moved,
    read_manifest,
    tree_hash,
)
from .plan import Conflict, OutputError, Plan
from .protected_files import ProtectedFiles
from .transaction import staging
from .write import Outcome, OutputConflict, interrupted, write

__all__ = [
    "MANIFEST",
    "Conflict",
    "Difference",
    "Manifest",
    "ManifestError",
    "Outcome",
    "OutputConflict",
    "OutputError",
    "Plan",
    "ProtectedFiles",
    "compare",
    "compare_fast",
    "digest",
    "file_digest",
    "interrupted",
    "kept_by_hand",
    "moved",
    "normalized",
    "read_manifest",
    "same_text",
    "staging",
    "tree_hash",
    "unified",
    "with_endings_of",
    "write",
]
