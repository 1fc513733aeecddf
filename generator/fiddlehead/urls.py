"""Hints for URLs in place of files: nothing is fetched."""

from __future__ import annotations

import re


def download_hint(text: str) -> str | None:
    """How to download a URL; None if the text is not a URL."""
    if not re.match(r"https?:/", text):
        return None
    url = re.sub(r"^(https?):/+", r"\1://", text)
    name = re.split(r"[?#]", url)[0].rstrip("/").rpartition("/")[2]
    if not re.fullmatch(r"[\w.-]+\.(ya?ml|json)", name):
        name = "openapi.json" if "json" in name else "openapi.yaml"
    return f"URLs are not fetched; download it first: curl -L -o {name} '{url}'"
