"""Runs Prism, a mock server that validates each request against a description."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml

from ..support.pipeline import ROOT

HERE = Path(__file__).parent
FOLDER = ROOT / ".conformance"
PROGRAM = FOLDER / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
SECONDS_TO_INSTALL = 300
SECONDS_TO_START = 120
SECONDS_TO_END = 5


def is_possible() -> bool:
    """Whether this machine has what Prism runs on."""
    return all(map(shutil.which, ("node", "npm")))


def install() -> None:
    """Installs Prism, as package-lock.json pins it, into an ignored folder."""
    lock = HERE / "package-lock.json"
    stamp = FOLDER / "installed.json"
    if PROGRAM.exists() and stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    FOLDER.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER / name)
    # Scripts of packages are not run: one of them reports the installation to a server.
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        command, cwd=FOLDER, capture_output=True, text=True, timeout=SECONDS_TO_INSTALL
    )
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copy(lock, stamp)


class _Loader(yaml.SafeLoader):
    """Reads YAML as Prism does: in YAML 1.2 only `true` and `false` are booleans (section 10.3.2), and
    a date is a string."""


_NOT_PLAIN = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
_Loader.yaml_implicit_resolvers = {
    first: [resolver for resolver in resolvers if resolver[0] not in _NOT_PLAIN]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_BOOLEAN = re.compile("^(?:true|True|TRUE|false|False|FALSE)$")
_Loader.add_implicit_resolver(_NOT_PLAIN[0], _BOOLEAN, list("tTfF"))


def readable(spec: Path, folder: Path) -> Path:
    """A description that Prism can read: extensions that refer to files, which may not be there
    (code samples, as a rule), are left out of a copy in `folder`."""
    document = yaml.load(spec.read_text(encoding="utf-8"), _Loader)
    kept = _without_file_extensions(document)
    if kept == document:
        return spec
    copy = folder / f"{spec.stem}.json"
    copy.write_text(json.dumps(kept), encoding="utf-8")
    return copy


def _without_file_extensions(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_file_extensions(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_file_extensions(value)
        for key, value in node.items()
        if not (str(key).startswith("x-") and _refers_to_a_file(value))
    }


def _refers_to_a_file(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(_refers_to_a_file, node))
    if not isinstance(node, dict):
        return False
    reference = node.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#"):
        return True
    return any(map(_refers_to_a_file, node.values()))


class Prism:
    """Mocks a description while the `with` lasts, on a free port of loopback; on another one where it
    is started again."""

    def __init__(self, spec: Path, log: Path) -> None:
        self._spec, self._log = spec, log
        self._ended = ""

    def __enter__(self) -> Prism:
        self._start()
        return self

    def keep_running(self) -> None:
        """Starts it again where a request has ended it."""
        if self._process.poll() is not None:
            self._ended += self._read()
            self._start()

    def has_ended(self) -> bool:
        """Whether it ends now that a connection was lost. A process that ends still accepts
        connections for a moment, so only its exit is certain."""
        try:
            self._process.wait(timeout=SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = ["node", str(PROGRAM), "mock", "--errors", "--host", "127.0.0.1"]
        command += ["--port", str(port), str(self._spec)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            self._wait_until_it_listens()
        except BaseException:
            self._stop()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    @property
    def log(self) -> str:
        """All that was logged, also before it was started again."""
        return self._ended + self._read()

    def _read(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def logged(self) -> set[str]:
        """The violations that the log has, without the place of each."""
        return set(re.findall(r"\[VALIDATOR\] +\S+ +error +(?:Violation: \S+ )?(.+)", self.log))

    def _wait_until_it_listens(self) -> None:
        end = time.monotonic() + SECONDS_TO_START
        while "Prism is listening" not in self._read():
            assert self._process.poll() is None, f"Prism ended:\n{self._read()[-5000:]}"
            assert time.monotonic() < end, f"Prism did not start:\n{self._read()[-5000:]}"
            time.sleep(0.1)

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
