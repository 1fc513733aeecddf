"""The package, or a folder in it, is a mount point."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..support.pipeline import ROOT

SPEC = """
openapi: 3.1.0
info: {title: Acme, version: "1"}
paths: {}
components: {schemas: {Lamp: {type: object, properties: {%s: {type: string}}}}}
"""
JOURNAL = '{"commit": null, "package": {"types/lamp.py": true}, "project": {}, "deleted": []}'


def in_namespace(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a mount namespace of its own, which ends with it."""
    try:
        return subprocess.run(
            ["unshare", "--map-root-user", "--mount", "sh", "-ec", script],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT / "generator"), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
            capture_output=True,
            text=True,
        )
    except OSError as error:
        pytest.skip(f"no mount namespaces: {error}")


@pytest.mark.parametrize("mount", ["acme", "acme/types", "acme/mine"])
@pytest.mark.parametrize("kind", ["tmpfs", "bind"])
def test_a_mount_point(tmp_path: Path, mount: str, kind: str) -> None:
    (tmp_path / mount).mkdir(parents=True)
    (tmp_path / "source").mkdir()
    built = f"mount -t tmpfs tmpfs {mount}" if kind == "tmpfs" else f"mount --bind source {mount}"
    if in_namespace(built, tmp_path).returncode:
        pytest.skip("this user may not mount")
    for name, field in (("old", "watts"), ("new", "lumens")):
        (tmp_path / f"{name}.yaml").write_text(SPEC % field)
    generate = f"{sys.executable} -m fiddlehead generate --quiet --package acme --output ."
    done = in_namespace(
        f"""{built}
        {generate} old.yaml
        mkdir -p acme/mine
        echo kept > acme/mine/note.txt
        chmod 640 acme/types/lamp.py
        chmod 750 acme/types
        mkdir acme/types/empty
        {generate} new.yaml
        grep -q lumens acme/types/lamp.py
        grep -q kept acme/mine/note.txt
        stat -c %a acme/types/lamp.py acme/types
        test -d acme/types/empty
        mountpoint -q {mount}
        ls -A""",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["640", "750", "acme", "new.yaml", "old.yaml", "source"]


@pytest.mark.parametrize("kind", ["tmpfs", "bind"])
def test_a_mount_point_in_a_read_only_folder(tmp_path: Path, kind: str) -> None:
    """As in a container that gets only the package: the files are replaced one by one."""
    for folder in ("client/acme", "source"):
        (tmp_path / folder).mkdir(parents=True)
    for name, field in (("old", "watts"), ("new", "lumens")):
        (tmp_path / f"{name}.yaml").write_text(SPEC % field)
    inner = "-t tmpfs tmpfs" if kind == "tmpfs" else "--bind source"
    mounts = f"""mount --bind client client
        mount -o remount,bind,ro client
        mount {inner} client/acme"""
    if in_namespace(mounts, tmp_path).returncode:
        pytest.skip("this user may not mount")
    command = f"{sys.executable} -m fiddlehead"
    generate = f"{command} generate --quiet --package acme --output client"
    stage = "client/acme/.staging.fiddlehead"
    done = in_namespace(
        f"""{mounts}
        {generate} old.yaml
        {command} verify client/acme >&2
        mkdir -p client/acme/mine client/acme/types/empty
        echo kept > client/acme/mine/note.txt
        chmod 640 client/acme/types/lamp.py
        {generate} new.yaml
        grep -q lumens client/acme/types/lamp.py
        grep -q kept client/acme/mine/note.txt
        stat -c %a client/acme/types/lamp.py
        test -d client/acme/types/empty
        mkdir -p {stage}/undo/package/types  # as an interrupted run leaves it
        cp client/acme/types/lamp.py {stage}/undo/package/types
        echo '{JOURNAL}' > {stage}/journal.json
        echo half > client/acme/types/lamp.py
        {generate} old.yaml
        grep -q watts client/acme/types/lamp.py
        test ! -e {stage}
        {command} generate --quiet --project --package acme --output client old.yaml 2>&1 || true
        ls -A client""",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    mode, *message, package = done.stdout.split()
    assert (mode, package) == ("640", "acme")
    assert "permission denied; nothing was changed" in " ".join(message)
