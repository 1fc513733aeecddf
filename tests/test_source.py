"""YAML and JSON as nodes with locations, and references between files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Node, Sources
from fiddlehead.source.json_reader import reader
from fiddlehead.source.node import MAX_DEPTH
from fiddlehead.source.yaml_reader import reader as yaml_reader
from hypothesis import given
from hypothesis import strategies as st


def load(folder: Path, text: str, name: str = "api.yaml") -> tuple[Node | None, str]:
    """A file's root node, and what a person would read of its problems."""
    (folder / name).write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    node = Sources(diagnostics, folder).load(folder / name)
    return node, "\n".join(diagnostic.render() for diagnostic in diagnostics.reported)


def test_a_node_has_its_location_its_pointer_and_its_keys(tmp_path: Path) -> None:
    node, problems = load(tmp_path, "paths:\n  /a~b:\n    get: [1, two]\n")
    assert node is not None and not problems
    inner = node.value["paths"].value["/a~b"].value["get"].value[1]  # type: ignore[index,union-attr]  # known shape
    assert (inner.value, inner.pointer, str(inner.span)) == (
        "two",
        "/paths/~1a~0b/get/1",
        "api.yaml:3:14",
    )
    assert str(node.key_span("paths")) == "api.yaml:1:1"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("True", True),
        ("~", None),
        ("", None),
        ("0x1F", 31),
        ("0o17", 15),
        ("017", 17),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("2024-01-02", "2024-01-02"),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("-.inf", float("-inf")),
    ],
)
def test_scalars_are_those_of_yaml_1_2(tmp_path: Path, written: str, value: object) -> None:
    node, problems = load(tmp_path, f"key: {written}\n")
    assert node is not None and not problems
    result = node.value["key"].value  # type: ignore[index,union-attr,call-overload]  # known shape
    assert (result, type(result)) == (value, type(value))


def test_keys_are_text_however_they_are_written(tmp_path: Path) -> None:
    node, _ = load(tmp_path, "200: a\nnull: b\nyes: c\n")
    assert node is not None and node.json() == {"200": "a", "null": "b", "yes": "c"}


def test_merge_keys_and_anchors(tmp_path: Path) -> None:
    node, problems = load(tmp_path, "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n")
    assert node is not None and not problems
    assert node.json() == {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}}


def test_a_duplicate_key_is_shown_with_the_first_one(tmp_path: Path) -> None:
    node, problems = load(tmp_path, "a: 1\nb: 2\na: 3\n")
    assert node is not None and node.json() == {"a": 3, "b": 2}
    assert problems == (
        "api.yaml:3:1: warning[duplicate-key]: duplicate key 'a'; the last one is used\n"
        "  3 | a: 3\n"
        "    | ^\n"
        "  note: the first one is here (api.yaml:1:1)\n"
        "  hint: remove one of them"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [1, 2\n", "invalid-yaml"),
        ("a: 'x\n", "invalid-yaml"),
        ("a:\tb: c\n  d", "invalid-yaml"),
        ("a: &a [*a]\n", "alias-bomb"),
        ("[" * (MAX_DEPTH + 5) + "]" * (MAX_DEPTH + 5), "too-deep"),
        ("[" * 200_000, "too-deep"),
        ("[\n" * 2_000, "too-deep"),
        ("{a: " * 2_000, "too-deep"),
        ("- " * 250 + "a", "too-deep"),
        ("- " * 5_000 + "a", "too-deep"),
        ("\n".join(" " * level + "a:" for level in range(1_200)), "too-deep"),
        ("? [a]\n: b\n", "invalid-yaml"),
        ("a: !!binary x\n? {}\n: 1", "invalid-yaml"),
    ],
)
def test_unsupported_yaml_is_a_located_error(tmp_path: Path, text: str, code: str) -> None:
    node, problems = load(tmp_path, text)
    assert node is None
    assert problems.startswith("api.yaml:") and f"error[{code}]" in problems


def test_the_nodes_of_an_alias_are_those_of_its_anchor(tmp_path: Path) -> None:
    node, problems = load(tmp_path, "a: {b: &x {c: [1]}}\nd: *x\n")
    assert node is not None and not problems
    alias = node.get("d")
    assert alias is not None and alias.pointer == "/d"
    inner = alias.get("c")
    assert inner is not None
    # Read before the anchor's own place is.
    assert (inner.pointer, str(inner.span), str(alias.span)) == (
        "/a/b/c",
        "api.yaml:1:15",
        "api.yaml:1:8",
    )


def test_the_key_of_a_merged_entry_is_that_of_its_anchor(tmp_path: Path) -> None:
    node, problems = load(tmp_path, "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n")
    assert node is not None and not problems
    merged = node.get("b")
    assert merged is not None
    assert {key: str(span) for key, span in merged.keys.items()} == {
        "x": "api.yaml:1:8",
        "y": "api.yaml:4:3",
    }


def test_aliases_that_multiply_are_refused_quickly(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 10):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    node, problems = load(tmp_path, "\n".join(lines))
    assert node is None and "error[alias-bomb]" in problems


def test_brackets_in_prose_are_no_nesting(tmp_path: Path) -> None:
    node, problems = load(tmp_path, "".join(f"k{n}: 'an open [ {{ here'\n" for n in range(300)))
    assert node is not None and not problems


def test_json_with_tabs_and_utf_16_pairs(tmp_path: Path) -> None:
    node, problems = load(tmp_path, '{\n\t"a":\t"\\ud83d\\ude00\\/",\n\t"b": 1\n}', "api.json")
    assert node is not None and not problems
    assert node.json() == {"a": "\N{GRINNING FACE}/", "b": 1}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a": 1,', "1:9: error[invalid-yaml]: the file ends before the JSON is complete"),
        ('{"a": "b', "1:7: error[invalid-yaml]: the file ends before the JSON is complete"),
        ('{"a": 1\n "b": 2}', "2:2: error[invalid-yaml]: invalid JSON: Expecting ',' delimiter"),
    ],
)
def test_invalid_json_is_a_problem_of_json(tmp_path: Path, text: str, problem: str) -> None:
    node, problems = load(tmp_path, text, "api.json")
    assert node is None
    assert problems.splitlines()[0].endswith(f"api.json:{problem}")


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), _json, min_size=1), st.booleans())
def test_every_json_document_is_read_as_json_reads_it(
    value: dict[str, object], ascii_: bool
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_)
    expected = json.loads(text)
    diagnostics = Diagnostics()
    path = Path("/nowhere/api.json")
    try:
        node = Sources(diagnostics, path.parent, {path: text}).load(path)
    except UnicodeEncodeError:
        return
    if node is None:  # YAML has no control characters; that must be said, not raised
        assert diagnostics.errors
        return
    assert node.json() == expected


_entries = st.dictionaries(st.text(), _json, max_size=3)


@given(_entries, st.dictionaries(st.text(), _entries, max_size=2), st.booleans())
def test_a_large_json_file_gives_the_same_nodes(
    paths: dict[str, object], components: dict[str, object], indented: bool
) -> None:
    value = {"paths": paths, "components": components}
    text = json.dumps(value, indent=2 if indented else None)
    path = Path("/nowhere/api.json")
    read = [Sources(Diagnostics(), path.parent, {path: text}).load(path)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "LARGE", 0)
        sources = Sources(Diagnostics(), path.parent, {path: text})
        read.append(sources.load(path))
    if read[0] is None:
        assert read[1] is None
        return
    first, second = [_flat(item) for item in read if item is not None]
    assert first == second
    assert read[1] is not None and read[1].json() == read[0].json()
    sources.release()


def _flat(node: Node) -> list[tuple[object, ...]]:
    """Every node below one: pointer, places, and whether it is a scalar."""
    keys = {key: str(span) for key, span in node.keys.items()}
    scalar = repr(node.value) if not node.children() else ""
    results: list[tuple[object, ...]] = [
        (node.pointer, node.span.end_column, str(node.span), keys, scalar)
    ]
    return results + [item for child in node.children() for item in _flat(child)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"paths": {"/a": {"get": 1, "get": 2}}}', "duplicate-key"),
        ('{"paths": {"/a": {"get": ' + "[" * 300 + "]" * 300 + "}}}", "too-deep"),
        ('{"paths": {"/a": {"get": NaN}}}', ""),
    ],
)
def test_a_problem_deep_in_a_large_json_file_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, code: str
) -> None:
    plain = load(tmp_path, text, "api.json")[1]
    monkeypatch.setattr(reader, "LARGE", 0)
    node, problems = load(tmp_path, text, "api.json")
    if node is not None and code == "too-deep":
        # It is only said of what somebody looks at.
        node.json()
    else:
        assert problems == plain
    assert code in plain


def test_references_inside_and_across_files(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "types.yaml").write_text("x: {a/b: here}\n")
    load(tmp_path, "top: 1\n")
    diagnostics = Diagnostics()
    sources = Sources(diagnostics, tmp_path)
    root = sources.load(tmp_path / "api.yaml")
    assert root is not None
    result = sources.resolve("more/types.yaml#/x/a~1b", root, root.span)
    assert result is not None and result.string == "here"
    assert [sources.display_path(path) for path in sources.files] == ["api.yaml", "more/types.yaml"]


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (
            "#/pats",
            "warning[unresolved-reference]: '#/pats' cannot be resolved: '#/' has no 'pats'",
        ),
        ("#anchor", "warning[unresolved-reference]: '#anchor' cannot be resolved: no schema"),
        ("other.yaml#/x", "warning[unresolved-reference]: 'other.yaml': no such file"),
        ("https://example.com/a.yaml#/x", "warning[remote-reference]"),
        ("//example.com/a.yaml", "warning[remote-reference]"),
    ],
)
def test_a_reference_to_nothing_is_a_warning(tmp_path: Path, reference: str, message: str) -> None:
    load(tmp_path, "paths: {}\n")
    diagnostics = Diagnostics()
    sources = Sources(diagnostics, tmp_path)
    root = sources.load(tmp_path / "api.yaml")
    assert root is not None and sources.resolve(reference, root, root.span) is None
    assert message in diagnostics.warnings[0].render()


def test_a_file_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_bytes(b"a: \xff\n")
    diagnostics = Diagnostics()
    assert Sources(diagnostics, tmp_path).load(tmp_path / "api.yaml") is None
    assert "not UTF-8" in diagnostics.errors[0].message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f'{{"{"n" * 2000}": 1}}', {"n" * 2000: 1}),
        ('{"a"\n:\n1}', {"a": 1}),
        ('{"a": "\x7f\ufffe\uffff\x85\u2028"}', {"a": "\x7f\ufffe\uffff\x85\u2028"}),
        ('\t{"a":\t"\\ud83d\\ude00\\/\\u0041", "b": "\\ud800"}', {"a": "😀/A", "b": "\ufffd"}),
        ('[1, -0, 1.50, 1e3, 1E-2, true, false, null, "", {}, []]', None),
        (f'{{"a": {"9" * 500}}}', {"a": "9" * 500}),
    ],
)
def test_all_of_json_is_read(tmp_path: Path, text: str, value: object) -> None:
    node, problems = load(tmp_path, text)
    assert node is not None and not problems
    assert node.json() == (json.loads(text) if value is None else value)


def test_places_in_json(tmp_path: Path) -> None:
    node, _ = load(tmp_path, '{"a": 1,\r\n  "b~/": [true, {"c": "d"}]\n}')
    assert node is not None
    inner = node.get("b~/")
    assert inner is not None and inner.list is not None
    assert (str(node.key_span("b~/")), inner.pointer) == ("api.yaml:2:3", "/b~0~1")
    child = inner.list[1].get("c")
    assert child is not None and child.pointer == "/b~0~1/1/c"
    assert (child.span.line, child.span.column, child.span.end_column) == (2, 23, 26)


def test_of_a_name_twice_in_json_the_last_one_is_used(tmp_path: Path) -> None:
    text = '{"a": 1, "b": {}, "a": 2}'
    node, problems = load(tmp_path, text)
    assert node is not None and node.json() == json.loads(text)
    assert node.key_span("a").column == 19
    assert "api.yaml:1:19: warning[duplicate-key]: duplicate key 'a'; the last one" in problems


def test_a_duplicate_key_in_another_file_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text("x: 1\nx: 2\n")
    load(tmp_path, "a: {}\n")
    diagnostics = Diagnostics()
    sources = Sources(diagnostics, tmp_path)
    root = sources.load(tmp_path / "api.yaml")
    assert root is not None
    for _ in range(2):
        target = sources.resolve("more.yaml#/x", root, root.span)
        assert target is not None and target.value == 2
    assert [(problem.severity, problem.code) for problem in diagnostics.reported] == [
        ("warning", "duplicate-key")
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!str 1.10", "1.10"),
        ("! 1.20", "1.20"),
        ("&x ! 1", "1"),
        ("!!str true", "true"),
        ("!!str ~", "~"),
        ("!!str .5", ".5"),
        ("!!int '7'", 7),
        ('!!float "1"', 1.0),
        ("!!float 2", 2.0),
        ('!!bool "true"', True),
        ("!!null ''", None),
        ("!custom 5", "5"),
        ("'1'", "1"),
        ("1.10", 1.1),
        ("1e3", 1000.0),
        ("0o17", 15),
        ("yes", "yes"),
        ("2020-01-01", "2020-01-01"),
    ],
)
def test_tags_of_scalars_are_used(tmp_path: Path, text: str, value: object) -> None:
    node, problems = load(tmp_path, f"a: {text}\n")
    assert node is not None and not problems
    result = node.json()
    assert result == {"a": value} and type(result["a"]) is type(value)


def test_missing_libyaml_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "LOADER", yaml.SafeLoader)
    _, problems = load(tmp_path, "a: [1\n")
    assert "install PyYAML with libyaml" in problems
