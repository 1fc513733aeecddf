"""A pyright that stays: it reads the libraries once for all packages that a process of the tests checks.

It is the language server of pyright, which answers for each file that is opened. Each check has a
folder of its own in the server's project, so that packages of one name are different modules.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHECKS = 24
"""The checks of one server, which keeps what it has learnt about each package."""
SETTINGS = {"typeCheckingMode": "strict", "pythonVersion": "3.10", "include": []}
CAPABILITIES = {
    "textDocument": {"diagnostic": {"dynamicRegistration": True}},
    "workspace": {"configuration": True, "workspaceFolders": True},
}
_ERROR = 1

Finding = tuple[Path, int, str, str]
"""The file, relative to the checked folder, the line, the message, and the rule."""


class Server:
    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pyright-")
        # Pyright reads temporary folders by their real path.
        root = Path(self._folder.name).resolve()
        # They exist before the server lists the root, since it remembers folders.
        self._unused = [root / f"check_{number}" for number in range(CHECKS)]
        for place in self._unused:
            place.mkdir()
        settings = {**SETTINGS, "executionEnvironments": [{"root": p.name} for p in self._unused]}
        (root / "pyrightconfig.json").write_text(json.dumps(settings))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pyright.langserver", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
        )
        self._sent = 0
        project = {"uri": root.as_uri(), "name": "checks"}
        arguments = {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [project]}
        self._request("initialize", {**arguments, "capabilities": CAPABILITIES})
        self._send(method="initialized", params={})

    @property
    def is_full(self) -> bool:
        return not self._unused

    def errors(self, folder: Path, files: Sequence[Path]) -> Iterator[Finding]:
        """The errors in files of a folder, whose other files can be imported."""
        place = self._unused.pop()
        for path in folder.iterdir():
            (place / path.name).symlink_to(path.absolute())
        documents = [{"uri": (place / file).as_uri()} for file in files]
        for file, document in zip(files, documents, strict=True):
            text = (place / file).read_text(encoding="utf-8")
            opened = {**document, "languageId": "python", "version": 1, "text": text}
            self._send(method="textDocument/didOpen", params={"textDocument": opened})
            report = self._request("textDocument/diagnostic", {"textDocument": document})
            for item in report["items"]:
                if item["severity"] == _ERROR:
                    line = item["range"]["start"]["line"] + 1
                    yield file, line, item["message"], str(item.get("code", ""))
        for document in documents:
            self._send(method="textDocument/didClose", params={"textDocument": document})

    def end(self) -> None:
        # It ends when its input does. The process is a Python that waits for the server.
        self._process.communicate()
        self._folder.cleanup()

    def _request(self, method: str, params: object) -> Any:
        self._sent += 1
        self._send(id=self._sent, method=method, params=params)
        while True:
            message = self._receive()
            if "method" not in message and message["id"] == self._sent:
                assert "result" in message, message
                return message["result"]
            if message.get("method") == "workspace/configuration":
                values = [self._setting(item["section"]) for item in message["params"]["items"]]
                self._send(id=message["id"], result=values)
            elif "method" in message and "id" in message:
                self._send(id=message["id"], result=None)

    def _setting(self, section: str) -> Mapping[str, object]:
        return {"pythonPath": sys.executable} if section == "python" else {}

    def _send(self, **message: object) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._process.stdin.flush()

    def _receive(self) -> Any:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, f"pyright has ended with exit code {self._process.wait()}"
        return json.loads(stream.read(length))


_running: list[Server] = []


def _end() -> None:
    while _running:
        _running.pop().end()


atexit.register(_end)


@contextmanager
def server() -> Iterator[Server]:
    """The server of this process; one that has failed is not used again."""
    if _running and _running[0].is_full:
        _end()
    if not _running:
        _running.append(Server())
    try:
        yield _running[0]
    except BaseException:
        _end()
        raise
