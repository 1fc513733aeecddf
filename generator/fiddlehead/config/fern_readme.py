"""The `readme` of Fern's generators.yml: the introduction and the sections of README.md."""

from __future__ import annotations

from ..source import Node
from .checks import Places
from .fern_python import read_field
from .fields import BAD, Layer, Reader
from .python_settings import ReadmeSection


def readme(node: Node | None, python: Layer, reader: Reader, places: Places) -> Layer:
    """The settings of README.md. The sections in the generator's `config` (`python`) replace those
    with the same title."""
    if node is None or node.mapping is None:
        return {}
    result: Layer = {}
    introduction = node.get("introduction")
    if introduction is not None:
        read_field(result, "readme_introduction", introduction, reader, places)
    own: tuple[ReadmeSection, ...] = python.get("readme_sections", ())
    sections = node.get("customSections")
    if sections is not None:
        titles = {section.title for section in own}
        listed = [_section(item, reader) for item in sections.elements()]
        others = [section for section in listed if section and section.title not in titles]
        result["readme_sections"] = (*others, *own)
    return {"python": result}


def _section(node: Node, reader: Reader) -> ReadmeSection | None:
    """A section for Python, or for all languages."""
    language = node.get("language")
    if language is not None and language.string != "python":
        return None
    layer = reader.fields(node, ReadmeSection, extra=("language",))
    texts = (layer.get("title", BAD), layer.get("content", BAD))
    return None if BAD in texts else ReadmeSection(*texts)
