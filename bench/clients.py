"""The cost of a client: calls, large bodies, and a large API."""

from __future__ import annotations

import functools
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from bench.measure import (
    Blocks,
    Timing,
    interleaved,
    neighbours,
    paired,
    processor_time,
    share,
    table,
)

HERE = Path(__file__).resolve().parent


_CALLERS = ("bare", "ours", "bare-ids", "ours-ids", "openai", "cohere")


def calls(python: str, ours: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """A call to a server on loopback, compared with the HTTP library alone and two SDKs."""
    script = str(HERE / "calls.py")
    server = subprocess.Popen([python, script, "serve"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    url = f"http://127.0.0.1:{server.stdout.readline().strip()}"

    def start(who: str, kind: str) -> Blocks:
        environment = ours if who.startswith("ours") else theirs
        return Blocks([python, script, who, kind, url], environment)

    result: dict[str, Timing] = {}
    try:
        for kind in ("sync", "async"):
            names = {who: f"{who} {kind}" for who in _CALLERS}
            result |= neighbours(
                {name: functools.partial(start, who, kind) for who, name in names.items()},
                "calls",
            )
    finally:
        server.terminate()
        server.wait()
    rows = [
        paired(f"{what}, {kind}", result[f"{own} {kind}"], name, result[f"{who} {kind}"], limit)
        for kind in ("sync", "async")
        for what, own, who, name, limit in (
            ("one call", "ours", "bare", "httpx2", 1.1),
            ("one call, new URL", "ours-ids", "bare-ids", "httpx2", 1.1),
            ("one call", "ours", "openai", "openai", 1),
            ("one call", "ours", "cohere", "cohere 7.0.9", 1),
        )
    ]
    table("A call to a server on loopback", rows)


def values(
    python: str, generate: list[str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> None:
    """Large bodies: a response of floats, a request of models."""
    script = str(HERE / "values.py")
    with tempfile.TemporaryDirectory() as folder:
        spec = yaml.safe_load((HERE.parent / "spec" / "openapi.yaml").read_text())
        jobs = {"schema": {"$ref": "#/components/schemas/ListEmbedJobResponse"}}
        spec["paths"]["/v1/bodies"] = {
            "post": {
                "operationId": "sendBodies",
                "requestBody": {"content": {"application/json": jobs}, "required": True},
                "responses": {"204": {"description": "accepted"}},
            }
        }
        description = Path(folder) / "bodies.json"
        description.write_text(json.dumps(spec))
        output = ["--package", "bodies", "--no-project", "--output", folder]
        subprocess.run([*generate, str(description), *output], check=True, capture_output=True)
        environments = {"embeddings": ours, "body": {**theirs, "PYTHONPATH": folder}}

        def start(what: str) -> Blocks:
            return Blocks([python, script, what], environments.get(what, theirs))

        names = ("embeddings", "embeddings-parser", "body", "body-plain")
        result = neighbours({name: functools.partial(start, name) for name in names}, "values")
    parser, plain = result["embeddings-parser"], result["body-plain"]
    table(
        "Large bodies",
        [
            paired(
                "96 embeddings of 1,024 floats", result["embeddings"], "JSON parser", parser, 1.3
            ),
            paired("a body of 1,000 models", result["body"], "model_dump_json", plain, 1.5),
        ],
    )


_FIRST = """
import github, httpx2
body = b'{"id": 1, "name": "a", "full_name": "b/a", "private": false, "owner": {"login": "b", "id": 1}}'
answer = httpx2.Response(200, content=body, headers={"content-type": "application/json"})
http = httpx2.Client(transport=httpx2.MockTransport(lambda request: answer))
assert github.GithubClient(httpx_client=http).repos.get(owner="b", repo="a").name == "a"
"""
_MEMORY = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def large(
    python: str, generate: list[str], description: Path, environment: Mapping[str, str]
) -> None:
    """A client of GitHub's whole API: its largest group, and the first call."""
    with tempfile.TemporaryDirectory() as folder:
        output = ["--package", "github", "--no-project", "--output", folder]
        subprocess.run([*generate, str(description), *output], check=True, capture_output=True)
        inside = {**environment, "PYTHONPATH": folder}
        libraries = "import httpx2, pydantic"
        codes = {
            "nothing": "pass",
            "libraries": libraries,
            "repos": f"{libraries}, github; github.GithubClient().repos",
            "first call": f"{libraries}\n{_FIRST}",
        }

        def run(code: str) -> Callable[[], float]:
            return lambda: processor_time([python, "-c", code], inside)

        def memory(code: str) -> int:
            command = [python, "-c", code + _MEMORY]
            return int(subprocess.check_output(command, env=inside, text=True))

        result = interleaved({name: run(code) for name, code in codes.items()}, 11, "large API")
        more = (memory(codes["first call"]) - memory(libraries)) / 1024
    nothing, start = result["nothing"], result["libraries"]

    table(
        "GitHub's API, processor time",
        [
            share("repos touched", result["repos"], start, start, nothing, 0.5),
            share("first call of repos.get", result["first call"], start, start, nothing, 0.9),
        ],
    )
    print(
        f"  memory of the first call: {more:.1f} MiB (<= 10 MiB){'' if more <= 10 else ' NOT MET'}"
    )
