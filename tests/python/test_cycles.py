"""Classes that refer to each other stay in the same modules as without the cycle."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ..runtime.server import Reply
from .workbench import bench, make

TREE = """
paths: {}
components:
  schemas:
    Tree: {type: object, properties: {height: {type: integer}, leaf: {$ref: "#/components/schemas/Leaf"}}}
    Leaf: {type: object, properties: {area: {type: number}MORE}}
"""
RING = """
paths: {}
components:
  schemas:
    A: {type: object, properties: {b: {$ref: "#/components/schemas/B"}}}
    B: {type: object, properties: {cs: {$ref: "#/components/schemas/Cs"}, u: {$ref: "#/components/schemas/U"}}}
    C: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {n: {type: integer}}}]}
    Base: {type: object, properties: {nameMORE}}
    Cs: {type: array, items: {$ref: "#/components/schemas/C"}}
    U:
      oneOf: [{$ref: "#/components/schemas/V"}, {$ref: "#/components/schemas/W"}]
      discriminator: {propertyName: kind, mapping: {v: "#/components/schemas/V", w: "#/components/schemas/W"}}
    V: {type: object, required: [kind], properties: {kind: {type: string}, b: {$ref: "#/components/schemas/B"}}}
    W: {type: object, required: [kind], properties: {kind: {type: string}, u: {$ref: "#/components/schemas/U"}}}
"""
APIS = {
    "two classes": (TREE, ", tree: {$ref: '#/components/schemas/Tree'}"),
    "a ring through a list, a union and a base": (RING, ": {$ref: '#/components/schemas/A'}"),
}


@pytest.mark.parametrize("name", APIS)
def test_closing_a_cycle_moves_no_class(tmp_path: Path, name: str) -> None:
    text, more = APIS[name]
    plain = ": {type: string}" if "nameMORE" in text else ""
    before = make(tmp_path / "before", text.replace("MORE", plain)).package.type_modules
    after = make(tmp_path / "after", text.replace("MORE", more)).package.type_modules
    assert before == after
    assert len(set(after.values())) >= 2


SCRIPT = """
import sys, importlib
importlib.import_module(sys.argv[1])
import acme
from acme.core.decode import construct_type
if hasattr(acme, "Tree"):
    tree = acme.Tree(height=1, leaf={"area": 2, "tree": {"height": 3}})
    assert type(tree.leaf.tree) is acme.Tree
    value = construct_type(acme.Tree, {"leaf": {"tree": {"leaf": {}}}})
    assert type(value.leaf.tree.leaf) is acme.Leaf
else:
    value = construct_type(acme.A, {"b": {"cs": [{"n": 1, "name": {"b": {}}}], "u": {"kind": "w", "u": {"kind": "v", "b": {}}}}})
    assert type(value.b.cs[0].name.b) is acme.B and type(value.b.u.u.b) is acme.B
    assert type(acme.V(kind="v", b={"cs": []}).b) is acme.B
    import pickle
    assert pickle.loads(pickle.dumps(value)) == value
    assert acme.C.model_json_schema()
"""


@pytest.mark.parametrize("name", APIS)
def test_any_module_can_be_imported_first(tmp_path: Path, name: str) -> None:
    text, more = APIS[name]
    built = make(tmp_path, text.replace("MORE", more))
    built.write(tmp_path / "out")
    modules = [path for path in built.files if path.startswith("acme/types/")]
    for path in modules:
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        outcome = subprocess.run(
            [sys.executable, "-W", "error", "-c", SCRIPT, module],
            cwd=tmp_path / "out",
            capture_output=True,
            text=True,
        )
        assert outcome.returncode == 0, (module, outcome.stderr)


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_an_example_of_an_object_that_requires_itself_ends(tmp_path: Path, layout: str) -> None:
    """No finite value is valid; real descriptions have it all the same."""
    schema = '{$ref: "#/components/schemas/Tree"}'
    text = (
        "paths:\n  /trees:\n    post:\n      operationId: plant\n"
        f"      requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}\n"
        f'      responses: {{"200": {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}\n'
        "components:\n  schemas:\n    Tree:\n      type: object\n      required: [id, parent]\n"
        f"      properties: {{id: {{type: string}}, parent: {schema}}}\n"
    )
    files = make(tmp_path, text, f'layout = "{layout}"').files
    assert "parent=..." in files["acme/client.py"]


CHAIN = """
paths:
  /things:
    post:
      operationId: things.copy
      tags: [things]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
components:
  schemas:
    Thing:
      type: object
      properties: {nextPart: {$ref: "#/components/schemas/Part"}, thingName: {type: string}}
    Part:
      type: object
      properties: {ownerThing: {$ref: "#/components/schemas/Thing"}, partName: {type: string}}
"""
WHOLE = {"nextPart": {"ownerThing": {"nextPart": {"partName": "p"}, "thingName": "t"}}}


@pytest.mark.parametrize("first", ["decoded", "constructed"])
@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_classes_in_a_cycle_keep_the_wire_names(tmp_path: Path, layout: str, first: str) -> None:
    """The annotations of such fields are resolved after the class is made."""
    with bench(tmp_path, CHAIN, f'layout = "{layout}"') as acme:
        if first == "decoded":
            acme.server.replies.append(Reply(body=WHOLE))
            thing = acme.client().things.copy(thing_name="any")
        else:
            Thing, Part = acme.package.Thing, acme.package.Part
            part = Part(owner_thing=Thing(next_part=Part(part_name="p"), thing_name="t"))
            thing = Thing(next_part=part)
        text = thing.model_dump_json() if layout == "compact" else thing.json()
        assert json.loads(text) == WHOLE
        acme.client().things.copy(next_part=thing.next_part)
        assert acme.server.seen[-1].json == WHOLE
