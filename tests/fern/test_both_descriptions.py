"""The API of spec/ in OpenAPI and as a Fern definition gives the same IR."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fiddlehead import fern, ir, openapi
from fiddlehead.config import Settings
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

from ..support import pipeline

SPEC = Path(__file__).parents[2] / "spec"


def read(frontend: Any, spec: Path) -> ir.Api:
    diagnostics = Diagnostics()
    settings = Settings(spec=spec, output=Path("out"), package="cohere", spec_label="spec")
    api: ir.Api = frontend.read(settings, Sources(diagnostics, SPEC), diagnostics)
    assert [diagnostic.render() for diagnostic in diagnostics.reported] == []
    return api


def joined(words: ir.Words) -> str:
    """A class name from breadcrumbs, for names as plain as those of this API."""
    parts = [part for word in words for part in re.split(r"[^A-Za-z0-9]+", word)]
    return "".join(part[:1].upper() + part[1:] for part in parts)


def plain(value: Any, ids: Mapping[str, str]) -> Any:
    """A value of the IR without the parts that differ between the two languages.

    Names are class names, whether somebody chose them or they come from where a schema stands;
    ids follow from names. Fern has no version of an API and no operationId, a request without a
    name is named in OpenAPI only, and an endpoint's other names follow from all of that. Places
    are JSON Pointers into an OpenAPI description; a Fern id is the place itself.
    """
    if isinstance(value, ir.Name):
        return joined(value.words)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        left_out = {"span", "places", "version", "operation_id", "request_name"}
        left_out |= {"other_names", "exact"}
        # Operations are named in the words of each language.
        left_out |= {"moves"}
        results = {
            field.name: plain(getattr(value, field.name), ids)
            for field in dataclasses.fields(value)
            if field.name not in left_out
        }
        return {"": type(value).__name__, **results}
    if isinstance(value, Mapping):
        return {ids.get(key, key): plain(child, ids) for key, child in value.items()}
    if isinstance(value, tuple):
        return tuple(plain(child, ids) for child in value)
    return ids.get(value, value) if isinstance(value, str) else value


def comparable(api: ir.Api) -> Any:
    declared = api.declarations.values()
    ids = {item.id: "/".join((*item.package, joined(item.name.words))) for item in declared}
    return plain(api, ids)


def test_both_descriptions_mean_the_same() -> None:
    described, defined = read(openapi, SPEC / "openapi.yaml"), read(fern, SPEC / "definition")
    assert comparable(described) == comparable(defined)


def test_the_api_has_the_names_of_the_published_package() -> None:
    api = read(fern, SPEC)
    assert sorted(joined(declaration.name.words) for declaration in api.declarations.values()) == [
        "ApiMeta",
        "ApiMetaApiVersion",
        "ApiMetaBilledUnits",
        "ApiMetaTokens",
        "CreateEmbedJobRequestTruncate",
        "CreateEmbedJobResponse",
        "EmbedInputType",
        "EmbedJob",
        "EmbedJobStatus",
        "EmbedJobTruncate",
        "EmbeddingType",
        "ErrorBody",
        "ListEmbedJobResponse",
    ]
    assert [error.status for error in api.errors.values()] == (
        ["400", "401", "403", "404", "422", "429", "498", "499", "500", "501", "503", "504"]
    )


def test_every_endpoint_has_an_example_of_its_response() -> None:
    for _, endpoint in ir.endpoints(read(fern, SPEC).root):
        assert endpoint.examples and endpoint.summary and endpoint.doc
        responses = [example.response for example in endpoint.examples]
        assert all(responses) or endpoint.result.kind == "none"


def test_both_descriptions_generate_the_same_bytes() -> None:
    settings = SPEC.parent / "fiddlehead.toml"
    one, other = (
        pipeline.make(SPEC / name, "cohere", settings, spec_label="spec")
        for name in ("openapi.yaml", "definition")
    )
    assert one.files and one.files == other.files
