"""The runtime is formatted as black formats generated code, with lines of 88 columns."""

from __future__ import annotations

from pathlib import Path

import black

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_the_runtime_is_formatted_like_black() -> None:
    mode = black.Mode(target_versions={black.TargetVersion.PY310})
    for path in sorted(TEMPLATES.glob("runtime*/*.py")):
        text = path.read_text(encoding="utf-8")
        assert black.format_str(text, mode=mode) == text, path
