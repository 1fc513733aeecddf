"""Examples: references between them, and invalid ones."""

from __future__ import annotations

from fiddlehead import ir

from .definitions import Read, declaration, problems


def values(actual: ir.Declaration) -> list[ir.Json]:
    return [example.value for example in actual.examples]


def test_references_are_followed_through_files_lists_and_mappings() -> None:
    result = Read(
        {
            "a.yml": """
                imports: {b: b.yml}
                types:
                  Name: {type: string, examples: [{name: One, value: Ann}]}
                  User:
                    properties: {name: Name, tags: list<b.Tag>}
                    examples:
                      - name: Full
                        docs: All of it.
                        value: {name: $Name.One, tags: [$b.Tag.First, {own: $Name.One}]}
                      - value: $User.Full
                """,
            "b.yml": """
                types:
                  Tag:
                    properties: {own: string}
                    examples:
                      - {name: First, value: {own: $Tag.Inner}}
                      - {name: Inner, value: in}
                """,
        }
    )
    assert result.problems == []
    results = {"name": "Ann", "tags": ({"own": "in"}, {"own": "Ann"})}
    assert result.api.declarations["a/User"].examples == (
        ir.Example(results, "Full", "All of it."),
        ir.Example(results),
    )


def test_text_that_looks_like_a_reference_is_text() -> None:
    text = r"""
    types:
      T:
        type: string
        examples: [{value: $5.00}, {value: "costs $T.One"}, {value: \$T.One}, {value: $}, {value: null}]
    """
    assert values(declaration(text, "T")) == ["$5.00", "costs $T.One", r"\$T.One", "$", None]


def test_bad_references_are_errors_at_their_place() -> None:
    assert (
        problems("""
        types:
          Tag: {type: string, examples: [{name: One, value: a}]}
          T:
            type: list<Tag>
            examples:
              - value: [$Tag.Oen, $Tga.One, $tags.Tag.One]
        """)
        == [
            "main.yml:7:17: warning[unresolved-reference]: '$Tag.Oen' cannot be resolved: 'Tag' has no such example",
            "main.yml:7:27: warning[unresolved-reference]: '$Tga.One' cannot be resolved: unknown type 'Tga'",
            "main.yml:7:37: warning[unresolved-reference]: '$tags.Tag.One' cannot be resolved: unknown type 'tags.Tag'",
        ]
    )


def test_an_example_that_contains_itself_is_an_error() -> None:
    reported_problems = problems("""
        types:
          A: {properties: {b: B}, examples: [{name: X, value: {b: $B.X}}]}
          B: {properties: {a: A}, examples: [{name: X, value: {a: $A.X}}]}
          C: {properties: {c: C}, examples: [{name: X, value: $C.X}]}
        """)
    assert (
        "main.yml:5:55: warning[reference-loop]: the example '$C.X' contains itself"
        in reported_problems
    )
    assert {text.split(": ")[1] for text in reported_problems} == {"warning[reference-loop]"}


def test_examples_that_multiply_are_bounded() -> None:
    lines = ["types:", "  T0: {type: string, examples: [{name: X, value: a}]}"]
    for level in range(1, 8):
        ten = ", ".join([f"$T{level - 1}.X"] * 10)
        lines.append(f"  T{level}: {{type: unknown, examples: [{{name: X, value: [{ten}]}}]}}")
    reported_problems = problems("\n".join(lines))
    assert {text.split(": ")[1] for text in reported_problems} == {"warning[example-too-large]"}
