"""A description in several files gives the same client as in one file."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from ..support import pipeline

PATHS = """
paths:
  /shapes:
    get:
      operationId: shapes
      responses: {"200": {$ref: "#/components/responses/Shapes"}}
    post:
      operationId: draw
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Draft"}}}}
      responses: {"204": {description: Done.}}
    put:
      operationId: name_shape
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Label"}}}}
      responses: {"200": {$ref: "#/components/responses/Label"}}
"""
ONE_FILE = f"""
openapi: 3.1.0
info: {{title: Shapes, version: "1"}}
servers: [{{url: https://shapes.example}}]
{PATHS}
components:
  responses:
    Shapes:
      description: The shapes.
      content: {{application/json: {{schema: {{type: array, items: {{$ref: "#/components/schemas/Shape"}}}}}}}}
    Label: {{description: A label., content: {{application/json: {{schema: {{$ref: "#/components/schemas/Label"}}}}}}}}
  schemas:
    Shape:
      discriminator:
        propertyName: kind
        mapping: {{box: "#/components/schemas/Box", ball: "#/components/schemas/Ball"}}
      oneOf: [{{$ref: "#/components/schemas/Box"}}, {{$ref: "#/components/schemas/Ball"}}]
    Base: {{type: object, required: [kind], properties: {{kind: {{type: string}}, color: {{$ref: "#/components/schemas/Color"}}}}}}
    Box: {{allOf: [{{$ref: "#/components/schemas/Base"}}, {{type: object, properties: {{inner: {{$ref: "#/components/schemas/Shape"}}}}}}]}}
    Ball: {{allOf: [{{$ref: "#/components/schemas/Base"}}, {{type: object, properties: {{radius: {{type: number}}}}}}]}}
    Color: {{type: string, enum: [red, blue]}}
    Draft: {{type: object, required: [size], properties: {{size: {{type: integer}}}}}}
    Label: {{type: object, required: [text], properties: {{text: {{type: string}}}}}}
"""
ROOT = f"""
openapi: 3.1.0
info: {{$ref: parts/info.yaml}}
servers: [{{$ref: "parts/servers.json#/live"}}]
{PATHS}
components: {{$ref: parts/components.yaml}}
"""
PARTS = {
    "parts/info.yaml": 'title: Shapes\nversion: "1"\n',
    "parts/servers.json": '{"live": {"url": "https://shapes.example"}}',
    "parts/components.yaml": """
        responses:
          Shapes:
            description: The shapes.
            content: {application/json: {schema: {type: array, items: {$ref: "../openapi.yaml#/components/schemas/Shape"}}}}
          Label: {description: A label., content: {application/json: {schema: {$ref: schemas/label.yaml}}}}
        schemas: {$ref: schemas/all.yaml}
        """,
    "parts/schemas/all.yaml": """
        Shape: {$ref: shape.yaml}
        Base: {$ref: base.yaml}
        Box: {$ref: "box.json"}
        Ball: {allOf: [{$ref: "#/Base"}, {type: object, properties: {radius: {type: number}}}]}
        Color: {type: string, enum: [red, blue]}
        Draft: {$ref: draft.yaml}
        Label: {$ref: label.yaml}
        """,
    "parts/schemas/draft.yaml": "{type: object, required: [size], properties: {size: {type: integer}}}",
    "parts/schemas/label.yaml": "{type: object, required: [text], properties: {text: {type: string}}}",
    "parts/schemas/base.yaml": """
        type: object
        required: [kind]
        properties: {kind: {type: string}, color: {$ref: "all.yaml#/Color"}}
        """,
    "parts/schemas/box.json": """
        {"allOf": [{"$ref": "./base.yaml"}, {"type": "object", "properties": {"inner": {"$ref": "all.yaml#/Shape"}}}]}
        """,
}
SHAPE = """
discriminator:
  propertyName: kind
  mapping: {box: BOX, ball: BALL}
oneOf: [{$ref: box.json}, {$ref: "all.yaml#/Ball"}]
"""


def generated(
    folder: Path, root: str, files: Mapping[str, str], layout: str
) -> tuple[dict[str, str], list[str]]:
    for name, text in {"openapi.yaml": root, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    built = pipeline.make(folder / "openapi.yaml", "shapes", layout=layout, project=False)
    return built.files, [problem.code for problem in built.diagnostics.reported]


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize(
    ("box", "ball"),
    [
        ("box.json", '"all.yaml#/Ball"'),
        ("./box.json", '"../schemas/all.yaml#/Ball"'),
        ("Box", "Ball"),
        ('"#/components/schemas/Box"', '"#/components/schemas/Ball"'),
    ],
    ids=["files", "other-spelling", "names", "pointers-of-the-root"],
)
def test_the_files_of_a_description_are_put_together(
    box: str, ball: str, layout: str, tmp_path: Path
) -> None:
    shape = SHAPE.replace("BOX", box).replace("BALL", ball)
    files = {**PARTS, "parts/schemas/shape.yaml": shape}
    several, codes = generated(tmp_path / "several", ROOT, files, layout)
    one, _ = generated(tmp_path / "one", ONE_FILE, {}, layout)
    assert set(codes) == {"misplaced-reference"}
    assert several == one


def test_subclasses_of_components_in_another_file(tmp_path: Path) -> None:
    """OpenAPI 3.1, section 4.8.25: the name of the component is the value of the discriminator."""
    root = ROOT.replace("#/components/responses/Shapes", "parts/components.yaml#/responses/Shapes")
    all_schemas = """
        Shape: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
        Box: {allOf: [{$ref: "#/Shape"}, {type: object, properties: {width: {type: integer}}}]}
        Ball: {allOf: [{$ref: "all.yaml#/Shape"}, {type: object, properties: {radius: {type: number}}}]}
        Draft: {type: object, properties: {size: {type: integer}}}
        Label: {type: object, properties: {text: {type: string}}}
        """
    label = '{$ref: "all.yaml#/Label"}'
    files = {**PARTS, "parts/schemas/all.yaml": all_schemas, "parts/schemas/label.yaml": label}
    one = ONE_FILE[: ONE_FILE.index("  schemas:")] + textwrap.indent(
        "schemas:\n"
        + textwrap.indent(
            textwrap.dedent(all_schemas)
            .replace("all.yaml#/", "#/")
            .replace("#/", "#/components/schemas/"),
            "  ",
        ),
        "  ",
    )
    several, _ = generated(tmp_path / "several", root, files, "compact")
    expected, codes = generated(tmp_path / "one", one, {}, "compact")
    assert not codes
    assert several == expected


def test_entries_beside_the_reference_of_a_group_are_kept(tmp_path: Path) -> None:
    root = ROOT.replace(
        "components: {$ref: parts/components.yaml}",
        "components:\n"
        "  $ref: parts/components.yaml\n"
        "  schemas: {$ref: parts/schemas/nothing.yaml, Shape: {type: object, properties: {own: {type: string}}}}",
    )
    files, codes = generated(tmp_path, root, PARTS, "compact")
    assert "unresolved-reference" in codes
    assert "own: str | None" in files["shapes/types/shape.py"]
    assert "list[_types.Shape]" in files["shapes/client.py"]


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_a_path_item_has_operations_beside_its_reference(layout: str, tmp_path: Path) -> None:
    """OpenAPI 3.1, section 4.8.9.1."""
    head = ONE_FILE[: ONE_FILE.index("paths:")]
    done = 'responses: {"204": {description: Done.}}'
    query = "{name: NAME, in: query, schema: {type: string}}"
    shared, own = query.replace("NAME", "shared"), query.replace("NAME", "own")
    get, delete = (f"{{operationId: {name}, {done}}}" for name in ("load", "drop"))
    one, codes = generated(
        tmp_path / "one",
        f"{head}paths:\n  /a: {{parameters: [{own}, {shared}], get: {get}, delete: {delete}}}\n",
        {},
        layout,
    )
    assert not codes
    several, codes = generated(
        tmp_path / "several",
        f"{head}paths:\n  /a: {{$ref: a.yaml, parameters: [{own}], delete: {delete}}}\n",
        {"a.yaml": f"parameters: [{shared}]\nget: {get}\n"},
        layout,
    )
    assert not codes
    assert several == one
    first = f"{{operationId: other, {done}}}"
    twice, codes = generated(
        tmp_path / "twice",
        f"{head}paths:\n  /a: {{$ref: a.yaml, parameters: [{own}], get: {get}, delete: {delete}}}\n",
        {"a.yaml": f"parameters: [{shared}]\nget: {first}\n"},
        layout,
    )
    assert codes == ["bad-reference"]
    assert twice == one


ORDERS = """
paths:
  /orders:
    get: {operationId: orders, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "FILE#/components/schemas/Order"}}}}}}
  /address:
    get: {operationId: address, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "FILE#/components/schemas/Order/properties/address"}}}}}}
  /line:
    get: {operationId: line, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "FILE#/components/schemas/Order/properties/lines/items"}}}}}}
  /latest:
    get: {operationId: latest, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "FILE#/paths/~1report/get/responses/200/content/application~1json/schema"}}}}}}
"""
REPORT = "get: {operationId: report, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {day: {type: object, properties: {number: {type: integer}}}}}}}}}}"
ORDER = "{type: object, properties: {address: {type: object, properties: {street: {type: string}}}, lines: {type: array, items: {type: object, properties: {count: {type: integer}}}}}}"


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_references_to_inline_schemas_of_another_file(layout: str, tmp_path: Path) -> None:
    head = ONE_FILE[: ONE_FILE.index("paths:")]
    here = ORDERS.replace("FILE", "")
    order = f"components: {{schemas: {{Order: {ORDER}}}}}\n"
    one, codes = generated(
        tmp_path / "one", f"{head}{here}  /report: {{{REPORT}}}\n{order}", {}, layout
    )
    assert not codes
    report = "  /report: {$ref: 'other.yaml#/paths/~1report'}\n"
    several, codes = generated(
        tmp_path / "several",
        f"{head}{ORDERS.replace('FILE', 'other.yaml')}{report}",
        {"other.yaml": f"{head}paths: {{/report: {{{REPORT}}}}}\n{order}"},
        layout,
    )
    assert not codes
    assert several == one


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize(
    ("component", "file"),
    [
        ("orders.yaml#/components/schemas/Booking", "components: {schemas: {Booking: ORDER}}"),
        ("orders.yaml#/Booking", "Booking: ORDER"),
        ("orders.yaml", "ORDER"),
        (None, "ORDER"),
    ],
    ids=["named-otherwise", "map-of-schemas", "file-of-a-schema", "file-without-a-component"],
)
def test_inline_schemas_have_the_name_of_the_schema_around_them(
    component: str | None, file: str, layout: str, tmp_path: Path
) -> None:
    """One class for a schema and for references to it, as with one file."""
    head = ONE_FILE[: ONE_FILE.index("paths:")]
    paths = ORDERS[: ORDERS.index("  /latest")]
    order = f"components: {{schemas: {{Orders: {ORDER}}}}}\n"
    here = paths.replace("FILE", "").replace("schemas/Order", "schemas/Orders")
    one, codes = generated(tmp_path / "one", f"{head}{here}{order}", {}, layout)
    assert not codes
    target = component or "orders.yaml#"
    there = paths.replace("FILE#/components/schemas/Order", target + "#" * ("#" not in target))
    named = f"components: {{schemas: {{Orders: {{$ref: '{component}'}}}}}}\n" if component else ""
    files = {"orders.yaml": file.replace("ORDER", ORDER)}
    several, codes = generated(tmp_path / "several", f"{head}{there}{named}", files, layout)
    assert not codes
    assert several == one


SWAGGER = """
swagger: "2.0"
info: {title: Zoo, version: "1"}
host: zoo.example
paths:
  /animals:
    get: {operationId: animals, produces: [application/json], responses: {200: {description: ok, schema: {type: array, items: {$ref: "FILE#/definitions/Animal"}}}}}
"""
ANIMALS = """
definitions:
  Animal: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}, name: {type: string}}}
  Cat: {allOf: [{$ref: "#/definitions/Animal"}, {type: object, properties: {claws: {$ref: "#/definitions/Claws"}}}]}
  Dog: {allOf: [{$ref: "#/definitions/Animal"}, {type: object, properties: {tail: {type: object, properties: {length: {type: integer}}}}}]}
  Claws: {type: object, properties: {number: {type: integer}}}
"""


@pytest.mark.parametrize(
    ("group", "head"),
    [
        ("definitions:", ""),
        ("definitions:", 'swagger: "2.0"\ninfo: {title: Animals, version: "1"}\n'),
        ("$defs:", ""),
        ("", ""),
    ],
)
def test_subclasses_in_another_file_that_the_root_file_does_not_name(
    group: str, head: str, tmp_path: Path
) -> None:
    one, codes = generated(tmp_path / "one", SWAGGER.replace("FILE", "") + ANIMALS, {}, "compact")
    assert not codes
    pointer = f"/{group[:-1]}/" if group else "/"
    animals = textwrap.dedent(ANIMALS.replace("definitions:\n", group + "\n"))
    animals = (animals if group else textwrap.dedent(animals.strip("\n"))).replace(
        "#/definitions/", f"#{pointer}"
    )
    root = SWAGGER.replace("FILE", "animals.yaml").replace("#/definitions/", f"#{pointer}")
    files = {"animals.yaml": head + animals}
    several, codes = generated(tmp_path / "several", root, files, "compact")
    assert not codes
    assert several == one


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_inline_schemas_of_an_inherited_property_in_another_file(
    layout: str, tmp_path: Path
) -> None:
    """A class for a property that several schemas inherit, as with one file."""
    head = ONE_FILE[: ONE_FILE.index("paths:")]
    paths = """
paths:
  /boats:
    get: {operationId: boats, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "FILE#/components/schemas/Boat"}}}}}}
  /ships:
    get: {operationId: ships, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "FILE#/components/schemas/Ship"}}}}}}
"""
    schemas = """
components:
  schemas:
    Owned: {type: object, properties: {owner: {type: object, properties: {name: {type: string}}}}}
    Named: {type: object, properties: {owner: {type: object, properties: {name: {type: string}}}}}
    Boat: {allOf: [{$ref: "#/components/schemas/Owned"}, {$ref: "#/components/schemas/Named"}, {type: object, properties: {oars: {type: integer}}}]}
    Ship: {allOf: [{$ref: "#/components/schemas/Owned"}, {$ref: "#/components/schemas/Named"}, {type: object, properties: {masts: {type: integer}}}]}
"""
    one, codes = generated(tmp_path / "one", head + paths.replace("FILE", "") + schemas, {}, layout)
    assert not codes
    several, codes = generated(
        tmp_path / "several", head + paths.replace("FILE", "b.yaml"), {"b.yaml": schemas}, layout
    )
    assert not codes
    # Components that nothing refers to are in the package only with one file.
    for name in ("boat.py", "ship.py"):
        assert several[f"shapes/types/{name}"] == one[f"shapes/types/{name}"]
