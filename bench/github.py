"""GitHub's description: into an empty folder, after one changed field, with copies of itself, and
`check --fast` of the result."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import yaml

from bench.measure import Timing, interleaved, processor_time, ratio, table

PACKAGE = "@octokit/openapi@23.0.2"
INSIDE = "package/generated/api.github.com.json"
PEER = "openapi-python-client"
_NOTES = Path(__file__).resolve().parents[1] / "build" / "written"


def description(place: Path) -> Path:
    """GitHub's description: `GITHUB_DESCRIPTION`, or downloaded once with npm."""
    response = os.environ.get("GITHUB_DESCRIPTION")
    result = Path(response) if response else place / "api.github.com.json"
    if not result.exists():
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", folder]
            subprocess.run(command, check=True, capture_output=True)
            (archive,) = Path(folder).iterdir()
            subprocess.run(["tar", "-xzf", archive, "-C", folder, INSIDE], check=True)
            result.write_bytes((Path(folder) / INSIDE).read_bytes())
    return result


def copies(text: str, number: int) -> str:
    """A description with `number` copies of everything, under different names."""
    complete = cast("dict[str, Any]", json.loads(text))
    for index in range(2, number + 1):
        name = f"copy{index}"
        pattern = r'"#/components/([^/"]+)/([^"]+)"'
        renamed = json.loads(re.sub(pattern, rf'"#/components/\1/\2-{name}"', text))
        for path, item in renamed["paths"].items():
            for method, operation in item.items():
                if method != "parameters":
                    group, _, rest = operation["operationId"].partition("/")
                    operation["operationId"] = f"{group}-{name}/{rest}"
                    operation["tags"] = [f"{tag}-{name}" for tag in operation["tags"]]
            complete["paths"][f"/{name}{path}"] = item
        for kind, entries in renamed["components"].items():
            for key, value in entries.items():
                complete["components"][kind][f"{key}-{name}"] = value
    return json.dumps(complete, indent=2, ensure_ascii=False)


def changed(text: str) -> str:
    """The description with another type of one field."""
    complete = cast("dict[str, Any]", json.loads(text))
    field = complete["components"]["schemas"]["full-repository"]["properties"]["name"]
    field["type"] = "integer" if field["type"] == "string" else "string"
    return json.dumps(complete, indent=2, ensure_ascii=False)


NEW = "{new}"
"""In a path: a folder that no run before has written to. Deleting that of the previous run would take
time from the next one: ext4 looks for inodes that were not in use for some minutes."""


class Runs:
    """Whole processes, with their time on the clock and on processors, and the peak of the memory
    of all processes of a run together (the proportional set size, which counts shared pages once).
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.peaks: dict[str, int] = {}
        self.processor: dict[str, list[float]] = {}

    def measure(self, name: str, command: list[str]) -> float:
        """The time on the clock in seconds; processor time and peak (in KiB) are recorded."""
        # A checkout records what it wrote, and skips a run that would write the same again.
        shutil.rmtree(_NOTES, ignore_errors=True)
        os.sync()  # what the run before wrote is not written to the disk during this one
        command = [
            argument.replace(NEW, f"new-{len(self.processor.get(name, ()))}")
            for argument in command
        ]
        # A separate process starts the command: the peak of a child is at least the size of its
        # parent when it was created.
        text = subprocess.check_output(
            [sys.executable, "-c", _START, *command], env=self._environment, text=True
        )
        clock, processor, peak = text.split()
        self.peaks[name] = max(self.peaks.get(name, 0), int(peak))
        self.processor.setdefault(name, []).append(float(processor))
        return float(clock)


_START = """
import resource, subprocess, sys, time
from pathlib import Path

def every(pid):
    yield pid
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in file.read_text().split():
            yield from every(int(child))

def memory(pid):
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0

start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
peak = 0
while process.poll() is None:
    began = time.perf_counter()
    try:
        peak = max(peak, sum(map(memory, every(process.pid))))
    except OSError:
        pass  # A process has just ended, or the system has no /proc.
    time.sleep(max(0.02, 20 * (time.perf_counter() - began)))  # at most 5 % of a processor
clock = time.perf_counter() - start
if process.returncode:
    sys.exit(process.returncode)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(clock, used.ru_utime + used.ru_stime, peak or used.ru_maxrss)
"""
"""Runs a command; prints its time on the clock and on processors, and its peak memory in KiB."""


_HASHING = """
import hashlib, os, sys

paths = [os.path.join(base, name) for base, _, names in os.walk(sys.argv[1]) for name in names]
for path in (*paths, sys.argv[2]):
    with open(path, "rb") as file:
        hashlib.sha256(file.read()).hexdigest()
"""
"""Reads and hashes the files of a folder and another file."""


def check_fast(spec: Path, output: Path, bin_: Path, environment: Mapping[str, str]) -> None:
    """Measures and prints `check --fast`, compared with reading and hashing the same files."""
    options = [str(spec), "--package", "github", "--no-project", "--output", str(output)]
    processor_time([str(bin_ / "fiddlehead"), "generate", *options], environment)
    check = [str(bin_ / "fiddlehead"), "check", *options, "--fast"]
    plain = [sys.executable, "-c", _HASHING, str(output), str(spec)]
    result = interleaved(
        {
            "check": lambda: processor_time(check, environment),
            "without a record": lambda: processor_time([*check, "--no-cache"], environment),
            "plain": lambda: processor_time(plain, environment),
        },
        15,
        "check --fast",
        fastest=True,
    )
    table(
        "GitHub's package, processor time",
        [
            ratio(name, result[key], "reading and hashing", result["plain"], 1.5)
            for name, key in (
                ("check --fast", "check"),
                ("check --fast --no-cache", "without a record"),
            )
        ],
    )


def run(place: Path, bin_: Path, environment: Mapping[str, str], rounds: int) -> None:
    """Measures and prints all of it."""
    spec = description(place)
    text = spec.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        runs = Runs({**environment, "FIDDLEHEAD_CACHE": str(work / "cache")})

        def ours(name: str, path: Path, *options: str, pages: bool = False) -> Callable[[], float]:
            output = str(work / f"out-{name}" / (NEW if "--no-cache" in options else "cached"))
            command = [str(bin_ / "fiddlehead"), "generate", str(path), "--package", "github"]
            command += ["--project" if pages else "--no-project", "--output", output, *options]
            return lambda: runs.measure(name, command)

        edited = work / "edited.json"
        edited.write_text(text, encoding="utf-8")
        ours("edited", edited)()
        ours("edited, with pages", edited, pages=True)()
        edited.write_text(changed(text), encoding="utf-8")
        diff = [str(bin_ / "fiddlehead"), "diff", str(spec), str(edited), "--exit-zero"]
        peer = [str(bin_ / PEER), "generate", "--path", str(spec), "--meta", "none"]
        peer += ["--overwrite", "--output-path", str(work / "peer" / NEW)]
        (work / "peer").mkdir()
        measures = {
            "cold": ours("cold", spec, "--no-cache", "--force"),
            "edited": ours("edited", edited, "--force"),
            "with pages": ours("with pages", spec, "--no-cache", "--force", pages=True),
            "edited, with pages": ours("edited, with pages", edited, "--force", pages=True),
            "diff": lambda: runs.measure("diff", diff),
            PEER: lambda: runs.measure(PEER, peer),
        }
        for number in (2, 4):
            path = work / f"copies{number}.json"
            path.write_text(copies(text, number), encoding="utf-8")
            measures[f"{number} copies"] = ours(f"{number} copies", path, "--no-cache")
        result = interleaved(measures, rounds, "github")
        check_fast(spec, work / "checked", bin_, environment)
    cold = result["cold"]
    used = {name: Timing(tuple(times)) for name, times in runs.processor.items()}
    table(
        "GitHub's description, processor time",
        [ratio("from nothing", used["cold"], PEER, used[PEER], 0.40)],
    )
    table(
        "GitHub's description, time on the clock",
        [
            ratio("from nothing", cold, PEER, result[PEER], 0.40),
            ratio("one changed field", result["edited"], "from nothing", cold, 0.25),
            ratio(
                "one changed field, with pages",
                result["edited, with pages"],
                "from nothing, with pages",
                result["with pages"],
                0.25,
            ),
            ratio("diff, one changed field", result["diff"], PEER, result[PEER], 0.8),
            ratio("2 copies", result["2 copies"], "from nothing", cold, 2.1),
            ratio("4 copies", result["4 copies"], "from nothing", cold, 4.2),
        ],
    )
    for name, limit, against in (
        ("cold", 1.0, PEER),
        ("diff", 1.5, "cold"),
        ("4 copies", 4.0, "cold"),
    ):
        peak, other = runs.peaks[name] / 1024, runs.peaks[against] / 1024
        value = peak / other
        verdict = "met" if value <= limit else "NOT MET"
        print(
            f"  peak memory, {name}: {peak:.0f} MiB, {against}"
            f" {other:.0f} MiB, {value:.2f}x, goal <= {limit:g}x: {verdict}"
        )


def run_yaml(place: Path, bin_: Path, environment: Mapping[str, str], rounds: int) -> None:
    """Measures and prints the generation from GitHub's description as YAML."""
    text = description(place).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        spec = work / "api.github.com.yaml"
        with spec.open("w", encoding="utf-8") as file:
            yaml.dump(json.loads(text), file, yaml.CSafeDumper, sort_keys=False)
        runs = Runs({**environment, "FIDDLEHEAD_CACHE": str(work / "cache")})
        ours = [str(bin_ / "fiddlehead"), "generate", str(spec), "--package", "github"]
        ours += ["--no-project", "--no-cache", "--output", str(work / NEW)]
        peer = [str(bin_ / PEER), "generate", "--path", str(spec), "--meta", "none"]
        peer += ["--output-path", str(work / f"peer-{NEW}")]
        result = interleaved(
            {
                "as YAML": lambda: runs.measure("as YAML", ours),
                PEER: lambda: runs.measure(PEER, peer),
            },
            rounds,
            "yaml",
        )
    used = {name: Timing(tuple(times)) for name, times in runs.processor.items()}
    for title, times in (("time on the clock", result), ("processor time", used)):
        table(
            f"GitHub's description as YAML, {title}",
            [ratio("from nothing", times["as YAML"], PEER, times[PEER], 0.20)],
        )
