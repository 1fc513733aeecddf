"""Every value of a TOML file has the right location."""

from __future__ import annotations

from pathlib import Path

from fiddlehead.config import toml
from fiddlehead.diagnostics import Diagnostics, Span
from fiddlehead.source import Node
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DOCUMENT = '''\
# a comment with "quotes" and [brackets]
plain = "x" # [not a table]
'quoted key' = 'single'
"esc\\u0061ped" = "say \\"hi\\" \\\\"
a.b . c = 1
number = 0x1F
day = 2024-01-01
many = """
[not.a.table]
key = "no" \\"""
"""
raw = \'\'\'it's\'\'\'
list = [
  1, # one
  [ "two", 'three' ],
  { four = 4, five.six = [5, 6] },
]
empty = []
none = {}

[table]
x = true
[table.deep."dotted.name"]
y = -1.5e3
[ spaced . out ]
z = "z"
[[array]]
n = 1
[array.child]
c = 1
[[array]]
n = 2
[array.child]
c = 2
[[array.items]]
i = 1
[[array.items]]
i = 2
'''


def read(folder: Path, text: str) -> Node:
    path = folder / "x.toml"
    path.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    node = toml.read(path, "x.toml", diagnostics)
    assert node is not None, [diagnostic.render() for diagnostic in diagnostics.reported]
    return node


def at(span: Span) -> str:
    lines = span.source.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def assert_places(node: Node, seen: list[str]) -> None:
    for key, child in node.items():
        assert node.keys[key].source is child.span.source
        assert_places(child, seen)
    for child in node.elements():
        assert_places(child, seen)
    if node.mapping is None and node.list is None:
        text = at(node.span)
        value = toml.loads(f"v = {text}")["v"]
        assert (value if isinstance(value, str | int | float) else str(value)) == node.value
        seen.append(node.pointer)


def test_a_document_with_all_there_is(tmp_path: Path) -> None:
    root = read(tmp_path, DOCUMENT)
    seen: list[str] = []
    assert_places(root, seen)
    assert len(seen) == 23
    items = root.value["array"].value[1].value["items"]  # type: ignore[index,union-attr]
    assert items.value[1].value["i"].span.line == 38
    assert at(root.keys["quoted key"]) == "'quoted key'"


keys = st.sampled_from(["a", "b-c", '"d.e"', "'f'", '"g\\u0061"'])
values = st.recursive(
    st.sampled_from(["1", "-0.5", "true", '"x # y"', "'[z]'", '"""\n]\n"""', "1979-05-27"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda item: f"[ {' , '.join(item)} ]")
    | st.dictionaries(keys, inner, max_size=2).map(
        lambda dictionary: "{" + ", ".join(f"{k} = {v}" for k, v in dictionary.items()) + "}"
    ),
    max_leaves=6,
)


@given(tables=st.dictionaries(keys, st.dictionaries(keys, values, max_size=3), max_size=3))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_document(tmp_path: Path, tables: dict[str, dict[str, str]]) -> None:
    text = "".join(
        f"[{name}]  # table\n"
        + "".join(f"{key}\t= {value} # end\n" for key, value in table.items())
        for name, table in tables.items()
    )
    assert_places(read(tmp_path, text), [])
