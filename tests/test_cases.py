"""Each directory of tests/cases is one behaviour: a description, and its exact output.

A case has `openapi.yaml` or `definition/`, optionally `fiddlehead.toml`, and
  - `expected.txt`: the exact problems, if there are any;
  - `expected/`: the generated files that show the behaviour. Other files are not compared; files of
  the runtime (core/) are never part of a case.

To add a case, write the description and create the relevant files, empty; then run `pytest
tests/test_cases.py --update-cases` and review the result.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fiddlehead.diagnostics import InvalidInput

from .support import pipeline

CASES = Path(__file__).parent / "cases"


def run(case: Path) -> tuple[dict[str, str], str]:
    """The generated files of a case, without core/, and the problems as text."""
    spec = next(spec_ for name in ("openapi.yaml", "definition") if (spec_ := case / name).exists())
    file = case / "fiddlehead.toml"
    try:
        built = pipeline.make(spec, "acme", file if file.exists() else None, project=False)
        files, problems = built.files, built.diagnostics.reported
    except InvalidInput as problem:
        files, problems = {}, problem.diagnostics.reported
    results = {name: text for name, text in files.items() if "core" not in Path(name).parts}
    return results, "".join(f"{diagnostic.render()}\n" for diagnostic in problems)


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, request: pytest.FixtureRequest) -> None:
    files, problems = run(case)
    text = case / "expected.txt"
    lines = sorted(path for path in (case / "expected").rglob("*") if path.is_file())
    if request.config.getoption("--update-cases"):
        if problems or text.exists():
            text.write_text(problems, encoding="utf-8", newline="\n")
        for path in lines:
            name = path.relative_to(case / "expected").as_posix()
            path.write_text(files[name], encoding="utf-8", newline="\n")
    assert text.exists() or lines, "a case that expects nothing can show nothing"
    assert problems == (text.read_text(encoding="utf-8") if text.exists() else "")
    for path in lines:
        name = path.relative_to(case / "expected").as_posix()
        assert name in files, f"{name} is not generated"
        assert files[name] == path.read_text(encoding="utf-8")
