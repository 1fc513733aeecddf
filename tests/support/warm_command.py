"""The command `fiddlehead` without the time that its imports take.

A process imports everything and waits at a socket. The command, which is a small script, passes it
the arguments, the folder, the variables and the three streams; a copy of the process runs
`fiddlehead` with them and ends as it would.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from .pipeline import ROOT

_SERVER = """
import gc, importlib, json, os, pkgutil, socket, sys, tempfile
import black, jinja2, markdown_it
import fiddlehead
from fiddlehead.__main__ import command
from fiddlehead.cli import main

for module in pkgutil.walk_packages(fiddlehead.__path__, "fiddlehead."):
    # The server needs a library that is optional.
    if module.name != "fiddlehead.http_server" and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
# The templates are compiled, too.
with tempfile.TemporaryDirectory() as folder:
    arguments = ["--output", folder, "--package", "warm", "--quiet"]
    assert main(["generate", sys.argv[2], *arguments]) == 0
gc.freeze()

def run(arguments, folder, variables, streams):
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = ["fiddlehead", *arguments]
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    command()

listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
print("ready", flush=True)
while True:
    client, _ = listener.accept()
    data, streams, _, _ = socket.recv_fds(client, 1 << 20, 3)
    if (process := os.fork()) == 0:
        try:
            run(*json.loads(data), streams)
        finally:
            os._exit(70)
    for stream in streams:
        os.close(stream)
    _, status = os.waitpid(process, 0)
    client.sendall(bytes([os.waitstatus_to_exitcode(status) & 255]))
    client.close()
"""
_CLIENT = """\
#!{python} -IS
import json, os, socket, sys

server = socket.socket(socket.AF_UNIX)
server.connect({address!r})
task = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)])
socket.send_fds(server, [task.encode()], [0, 1, 2])
sys.exit(server.recv(1)[0])
"""


@contextmanager
def fiddlehead() -> Iterator[str]:
    """The text of an executable file that runs `fiddlehead`, in a `with` block."""
    if not hasattr(os, "fork"):
        yield f'#!/bin/sh\nexec "{sys.executable}" -m fiddlehead "$@"\n'
        return
    # The path of a socket has about a hundred characters, so that it is not in a folder of pytest.
    with tempfile.TemporaryDirectory() as folder:
        address = f"{folder}/socket"
        command = [sys.executable, "-c", _SERVER, address, str(ROOT / "spec" / "openapi.yaml")]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout is not None
                assert process.stdout.readline() == "ready\n"
                yield _CLIENT.format(python=sys.executable, address=address)
            finally:
                process.terminate()
