"""Parameters whose arrays and objects have no members, at any depth: as in RFC 6570, section 2.3, they
are not sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .workbench import Bench, bench

OBJECT = (
    "{type: object, properties: {name: {type: string}, tags: {type: array, items: {type: string}},"
    " inner: {type: object, properties: {a: {type: string}, list: {type: array, items: {type: string}}}}}}"
)
LIST = "{type: array, items: {type: array, items: {type: string}}}"
STYLES = {
    "form": "in: query, style: form, explode: false",
    "exploded": "in: query, style: form, explode: true",
    "deep": "in: query, style: deepObject, explode: true",
    "pipes": "in: query, style: pipeDelimited, explode: false",
    "spaces": "in: query, style: spaceDelimited, explode: false",
    "header": "in: header, style: simple, explode: false",
    "exploded_header": "in: header, style: simple, explode: true",
    "cookie": "in: cookie, style: form, explode: false",
    "exploded_cookie": "in: cookie, style: form, explode: true",
}
PATHS = {
    "simple": "style: simple, explode: false",
    "exploded_simple": "style: simple, explode: true",
    "label": "style: label, explode: false",
    "exploded_label": "style: label, explode: true",
    "matrix": "style: matrix, explode: false",
    "exploded_matrix": "style: matrix, explode: true",
}


def _operation(name: str, path: str, parameters: str, body: str = "") -> str:
    return (
        f"  {path}:\n    post:\n      operationId: {name}\n      parameters: [{parameters}]\n{body}"
        "      responses: {'204': {description: ok}}\n"
    )


def _parameters(place: str, required: str = "") -> str:
    return (
        f"{{name: ob, {place}{required}, schema: {OBJECT}}}, "
        f"{{name: ls, {place}{required}, schema: {LIST}}}"
    )


FIELDS = f"schema: {{type: object, properties: {{ob: {OBJECT}, ls: {LIST}}}}}"
BODIES = {
    "form_body": "application/x-www-form-urlencoded",
    "multipart_body": "multipart/form-data",
}
API = "paths:\n" + "".join(
    [
        *(
            _operation(
                name,
                f"/{name}",
                (
                    _parameters(place)
                    if name != "deep"
                    else f"{{name: ob, {place}, schema: {OBJECT}}}"
                ),
            )
            for name, place in STYLES.items()
        ),
        *(
            _operation(
                name,
                f"/{name}/{{ob}}/x{{ls}}/y",
                _parameters(f"in: path, {place}", ", required: true"),
            )
            for name, place in PATHS.items()
        ),
        *(
            _operation(
                name,
                f"/{name}",
                "",
                f"      requestBody: {{content: {{{media}: {{{FIELDS}, encoding: {{ob: {{style: form, explode: false}},"
                " ls: {style: form, explode: false}}}}}\n",
            )
            for name, media in BODIES.items()
        ),
    ]
)
API += """  /defaults/{seg}/x:
    get:
      operationId: defaults
      parameters:
        - {name: seg, in: path, required: true, schema: LISTS}
        - {name: hd, in: header, schema: LISTS}
        - {name: qu, in: query, schema: LISTS}
      responses: {"204": {description: ok}}
""".replace("LISTS", LIST)
EMPTY: list[tuple[Any, Any]] = [
    ({"tags": []}, [[]]),
    ({"inner": {}}, [[], []]),
    ({"tags": [], "inner": {"a": None, "list": []}}, []),
]


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with bench(tmp_path_factory.mktemp("empty"), API, layout=request.param) as built:
        yield built


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize("method", STYLES)
def test_an_object_or_a_list_without_members_is_not_sent(
    acme: Bench, method: str, is_async: bool
) -> None:
    for ob, ls in EMPTY:
        # Headers that are lists have no style, and neither has a list in `deepObject`.
        lists = {} if method == "deep" or "header" in method else {"ls": ls}
        sent = acme.sent(is_async, method, ob=ob, **lists)
        assert sent.target == f"/{method}"
        assert not {"ob", "ls", "cookie"} & {name.lower() for name in sent.headers}


@pytest.mark.parametrize("method", PATHS)
def test_a_segment_of_a_path_needs_a_member(acme: Bench, method: str) -> None:
    for ob, _ in EMPTY:
        with pytest.raises(ValueError, match="ob} must not be empty"):
            acme.sent(False, method, ob=ob, ls=[["a"]])


@pytest.mark.parametrize("is_async", [False, True])
def test_lists_of_lists_in_the_default_styles(acme: Bench, is_async: bool) -> None:
    for empty in ([[], []], [[]], [(), ()], []):
        sent = acme.sent(is_async, "defaults", seg=[["a"], []], hd=empty, qu=empty)
        assert sent.target == "/defaults/a/x"
        assert "hd" not in {name.lower() for name in sent.headers}
        with pytest.raises(ValueError, match="seg} must not be empty"):
            acme.sent(is_async, "defaults", seg=empty)
    sent = acme.sent(is_async, "defaults", seg=[["ab"]], hd=[[], ["b"]], qu=[["c"], []])
    assert (sent.target, sent.headers["hd"]) == ("/defaults/ab/x?qu=c", "b")


@pytest.mark.parametrize("method", BODIES)
def test_in_a_form_it_is_no_field(acme: Bench, method: str) -> None:
    for ob, ls in EMPTY:
        body = acme.sent(False, method, ob=ob, ls=ls).body
        assert b"ob" not in body and b"ls" not in body


def test_other_members_are_sent(acme: Bench) -> None:
    ob = {"name": "a", "tags": [], "inner": {"list": []}}
    sent = acme.sent(False, "form", ob=ob, ls=[[], ["b"], ["c", "d"]])
    assert sent.target == "/form?ob=name,a&ls=b,c%2Cd"
    assert acme.sent(False, "exploded_header", ob=ob).headers["ob"] == "name=a"
    sent = acme.sent(False, "cookie", ob=ob, ls=[[], ["b"]])
    assert sent.headers["cookie"] == "ob=name,a; ls=b"
    assert acme.sent(False, "simple", ob=ob, ls=[["b"]]).target == "/simple/name,a/xb/y"
