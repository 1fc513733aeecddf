"""`make bench`: decoding, importing, generating and the docs site, compared with other tools in the
same run.

The other tools are in the environment `.bench/`, which is created on first use. Arguments select
parts (`decode`, `values`, `calls`, `imports`, `large`, `generation`, `site`, `github`); `github`
runs only if it is selected. `large` requires the path of GitHub's description in
`GITHUB_DESCRIPTION`: the file generated/api.github.com.json of the npm package @octokit/openapi
23.0.2; `site` and `github` use it too.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

from bench import clients, github
from bench.measure import (
    Blocks,
    Timing,
    interleaved,
    neighbours,
    paired,
    progress,
    ratio,
    share,
    table,
    wall_clock,
)

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".bench"
BIN = PLACE / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
GENERATE = [str(BIN / "fiddlehead"), "generate"]
REAL = ROOT.parent / "shared" / "specs" / "cohere"
"""The path of Cohere's whole description, which is not part of this repository."""

# An installed package is compiled once, not at each start.
_UNSET = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
THEIRS = {key: value for key, value in os.environ.items() if key not in _UNSET}
OURS = {**THEIRS, "PYTHONPATH": str(ROOT / "generated")}


def peers() -> None:
    """Create the environment with this project and the other tools."""
    wanted = (ROOT / "pyproject.toml").read_text()
    stamp = PLACE / "pyproject.toml"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Making .bench/, an environment with the peers …", file=sys.stderr)
    venv.EnvBuilder(with_pip=True, clear=True).create(PLACE)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--editable", f"{ROOT}[bench]"]
    subprocess.run(command, check=True)
    stamp.write_text(wanted)


def decode() -> None:
    """Decoding 1,000 embed jobs, from bytes to models."""
    script = str(ROOT / "bench" / "decode_jobs.py")

    def start(how: str, environment: dict[str, str]) -> Callable[[], Blocks]:
        return lambda: Blocks([PYTHON, script, how], environment)

    starts = {
        "ours": start("ours", OURS),
        "plain": start("plain", THEIRS),
        "fern": start("fern", THEIRS),
    }
    result = neighbours(starts, "decode")
    table(
        "1,000 embed jobs, from bytes to models",
        [
            paired("ours", result["ours"], "plain pydantic", result["plain"], 1.15),
            paired("ours", result["ours"], "cohere 7.0.9", result["fern"], 0.2),
        ],
    )


def imports() -> None:
    """The start-up cost of a process before its first call."""
    client = "import cohere; cohere.Client(api_key='k').embed_jobs"

    def run(code: str, environment: dict[str, str]) -> Callable[[], float]:
        return lambda: wall_clock([PYTHON, "-c", code], environment)

    result = interleaved(
        {
            "nothing": run("pass", THEIRS),
            "package": run("import cohere", OURS),
            "libraries": run("import httpx2, pydantic", THEIRS),
            "client": run(client, OURS),
            "cohere 7.0.9": run(client, THEIRS),
            "openai": run("import openai; openai.OpenAI(api_key='k').models", THEIRS),
            "anthropic": run("import anthropic; anthropic.Anthropic(api_key='k').models", THEIRS),
        },
        15,
        "imports",
        fastest=True,
    )
    nothing, libraries = result["nothing"], result["libraries"]
    table(
        "Start of a process",
        [
            share("import cohere", result["package"], nothing, libraries, nothing, 0.08),
            share("client, embed_jobs", result["client"], libraries, libraries, nothing, 0.30),
            *(
                ratio("client, embed_jobs", result["client"], peer, result[peer], limit)
                for peer, limit in (("cohere 7.0.9", 1), ("openai", 0.5), ("anthropic", 0.5))
            ),
        ],
    )


def large() -> None:
    """A client of a large API, if its description is available."""
    path = os.environ.get("GITHUB_DESCRIPTION")
    if path is None:
        print("\nGitHub's API: not measured, GITHUB_DESCRIPTION is not set")
        return
    clients.large(PYTHON, GENERATE, Path(path), THEIRS)


def generation() -> None:
    """From a description to files: into an empty folder, and again."""
    real = (REAL / "openapi.yaml").exists()
    spec = REAL / "openapi.yaml" if real else ROOT / "spec" / "openapi.yaml"
    ours = [str(BIN / "fiddlehead"), "generate", str(spec), "--package", "cohere"]
    if real:
        ours += ["--settings", str(REAL / "generators.yml"), "--group", "python"]
    theirs = [str(BIN / "openapi-python-client"), "generate", "--path", str(spec), "--meta", "none"]
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm"
        wall_clock([*ours, "--output", str(warm)])

        def cold() -> float:
            output = Path(folder) / "cold"
            shutil.rmtree(output, ignore_errors=True)
            return wall_clock([*ours, "--output", str(output)])

        def peer() -> float:
            output = Path(folder) / "peer"
            shutil.rmtree(output, ignore_errors=True)
            return wall_clock([*theirs, "--output-path", str(output)])

        result = interleaved(
            {
                "cold": cold,
                "warm": lambda: wall_clock([*ours, "--output", str(warm)]),
                "openapi-python-client": peer,
            },
            5,
            "generation",
        )
    peer_name = "openapi-python-client"
    table(
        f"Generation of {'the whole Cohere API' if real else 'spec/openapi.yaml'}",
        [
            ratio("from nothing", result["cold"], peer_name, result[peer_name], 1),
            ratio("without a change", result["warm"], "from nothing", result["cold"], 1 / 3),
        ],
    )


def generation_of_github() -> None:
    """GitHub's description, which npm downloads if it is not given; takes minutes."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    github.run(PLACE, BIN, {**THEIRS, "PATH": path}, 3)


def generation_of_yaml() -> None:
    """The same description as YAML; takes minutes."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    github.run_yaml(PLACE, BIN, {**THEIRS, "PATH": path}, 3)


def site() -> None:
    """The docs site of a description, compared with generating a client with another tool."""
    large = os.environ.get("GITHUB_DESCRIPTION")
    small = REAL / "openapi.yaml"
    spec = Path(large) if large else small if small.exists() else ROOT / "spec" / "openapi.yaml"
    ours = [str(BIN / "fiddlehead"), "docs", str(spec)]
    theirs = [str(BIN / "openapi-python-client"), "generate", "--path", str(spec), "--meta", "none"]
    with tempfile.TemporaryDirectory() as folder:

        def fresh(command: list[str], option: str) -> float:
            output = Path(folder) / "output"
            shutil.rmtree(output, ignore_errors=True)
            return wall_clock([*command, option, str(output)])

        result = interleaved(
            {
                "docs": lambda: fresh(ours, "--output"),
                "openapi-python-client": lambda: fresh(theirs, "--output-path"),
            },
            3 if large else 5,
            "site",
        )
    peer = "openapi-python-client"
    table(
        f"Docs site of {spec.name}",
        [ratio("docs, from nothing", result["docs"], peer, result[peer], 1)],
    )


def noise() -> str:
    """The current noise of this machine: the spread of a fixed piece of work."""
    times: list[float] = []
    for _ in range(9):
        start = time.perf_counter()
        sum(range(1_000_000))
        times.append(time.perf_counter() - start)
    spread = (max(times) - min(times)) / Timing(tuple(times)).value
    return f"The same work takes {spread:.0%} more or less here just now: read the ranges."


def main() -> None:
    parts: dict[str, Callable[[], None]] = {
        "decode": decode,
        "values": lambda: clients.values(PYTHON, GENERATE, OURS, THEIRS),
        "calls": lambda: clients.calls(PYTHON, OURS, THEIRS),
        "imports": imports,
        "large": large,
        "generation": generation,
        "site": site,
        "github": generation_of_github,
        "yaml": generation_of_yaml,
    }
    chosen = sys.argv[1:] or [part for part in parts if part not in ("github", "yaml")]
    if unknown := set(chosen) - set(parts):
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    peers()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors. {noise()}")
    for item in chosen:
        parts[item]()
    progress("")


main()
