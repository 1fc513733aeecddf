"""Type checkers infer the same types with httpx2, with httpx, and with both."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..support.pipeline import ROOT

ENVIRONMENTS = {"httpx": ("httpx",), "httpx2": ("httpx2",), "both": ("httpx", "httpx2")}
_COMMON = ("annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection")
_LIBRARY = {
    "httpx": ("httpx", "httpcore", "anyio", "certifi", "h11", "idna"),
    "httpx2": ("httpx2", "httpcore2", "anyio", "h11", "idna", "truststore"),
}
USE = """
import cohere

reveal_type(cohere.Client.__init__)
reveal_type(cohere.AsyncClient.__init__)
client = cohere.Client(api_key="k")
reveal_type(client.embed_jobs.get)
reveal_type(client.embed_jobs.with_raw_response.get("e"))
reveal_type(client.embed_jobs.with_raw_response.list().data.embed_jobs)
"""
LIBRARY = """
import {library}

cohere.Client(
    api_key="k",
    httpx_client={library}.Client(transport={library}.MockTransport(lambda _: {library}.Response(200))),
    timeout={library}.Timeout(5, read=60),
)
cohere.AsyncClient(api_key="k", httpx_client={library}.AsyncClient())
client.embed_jobs.list(request_options={{"timeout": {library}.Timeout(5)}})
cohere.Client(httpx_client={library}.AsyncClient())  # wrong
cohere.Client(httpx_client={library}.HTTPTransport())  # wrong
cohere.Client(timeout={library}.Limits())  # wrong
"""


def site(folder: Path, modules: set[str]) -> Path:
    """A folder with these installed modules, and no other."""
    folder.mkdir()
    for name in sorted(modules):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            result = Path(spec.origin)
            result = result.parent if result.name == "__init__.py" else result
            (folder / result.name).symlink_to(result)
    return folder


def test_no_annotation_depends_on_what_is_installed(tmp_path: Path) -> None:
    if any(importlib.util.find_spec(name) is None for name in ("httpx", "httpx2", "pyright")):
        pytest.skip("httpx, httpx2 and pyright are not all installed")
    environments: list[dict[str, object]] = []
    for name, libraries in ENVIRONMENTS.items():
        root = tmp_path / name
        ignored = shutil.ignore_patterns("__pycache__", "testing*")
        shutil.copytree(ROOT / "generated" / "cohere", root / "cohere", ignore=ignored)
        uses = "".join(LIBRARY.format(library=library) for library in libraries)
        (root / "use.py").write_text(f"{USE}{uses}", encoding="utf-8")
        modules = {*_COMMON, *(item for library in libraries for item in _LIBRARY[library])}
        extra = site(tmp_path / f"site_{name}", modules)
        environments.append({"root": name, "extraPaths": [f"{extra}"]})
    settings = {
        "include": [*ENVIRONMENTS],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "executionEnvironments": environments,
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    # An interpreter without packages: what is installed is what `site` has put there.
    python = Path(sys.base_prefix) / Path(sys.executable).name
    plain = shutil.which(python.name, path=str(Path(sys.base_prefix) / "bin")) or sys.executable
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", plain]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    report = json.loads(done.stdout)
    results: dict[str, list[str]] = {name: [] for name in ENVIRONMENTS}
    for item in report["generalDiagnostics"]:
        path = Path(item["file"]).relative_to(tmp_path)
        line = Path(item["file"]).read_text(encoding="utf-8").split("\n")
        if item["severity"] == "information":
            # The checker tells the three copies of the package apart.
            message = item["message"].replace(f" {path.parts[0]}.cohere", " cohere")
            results[path.parts[0]].append(message)
        else:
            place = line[item["range"]["start"]["line"]]
            assert path.name == "use.py" and place.endswith("# wrong"), item
    libraries = [name for names in ENVIRONMENTS.values() for name in names]
    assert report["summary"]["errorCount"] == 3 * len(libraries)
    assert results["httpx"] == results["httpx2"] == results["both"] and len(results["both"]) == 5
    text = "\n".join(results["both"])
    assert "Any" not in text and "Unknown]" not in text and "Unknown |" not in text, text
    assert "cohere.core.http_library.Client | None" in text and "-> EmbedJob" in text
