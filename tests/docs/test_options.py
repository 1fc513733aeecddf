"""`fiddlehead docs` with a previous description, with `[docs]` settings, and with a server."""

from __future__ import annotations

import http.client
import itertools
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fiddlehead.cli import main

from .sites import RICH, docs, files

NEW = (
    RICH.replace("operationId: jobs_get", "operationId: jobs_fetch")
    .replace("NewThing", "ThingToMake")
    .replace("exclusiveMaximum: 10", "exclusiveMaximum: 5")
    .replace('version: "1"', 'version: "2"')
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("changed")
    (folder / "old.yaml").write_text(RICH)
    base = ("--base-url", "https://docs.example/api")
    return docs(folder, NEW, "--previous", str(folder / "old.yaml"), *base)


def test_the_page_of_changes_links_to_changed_elements(changed: Path) -> None:
    text = (changed / "changes.md").read_text(encoding="utf-8")
    assert "from version 1 to 2" in text and "## Breaking" in text
    assert "jobs.get" in text and "[Create a thing](things/create.md)" in text
    assert 'href="../changes.html"' in (changed / "things/create.html").read_text(encoding="utf-8")
    assert "(changes.md)" in (changed / "llms.txt").read_text(encoding="utf-8")
    assert str(changed.parent) not in text


def test_the_feed_leads_to_the_page(changed: Path) -> None:
    channel = ElementTree.parse(changed / "feed.xml").getroot().find("channel")
    assert channel is not None
    links = [item.findtext("link") or "" for item in channel.findall("item")]
    assert links and all(
        link.startswith("https://docs.example/api/changes.html#change-") for link in links
    )
    page = (changed / "changes.html").read_text(encoding="utf-8")
    assert f'id="{links[0].partition("#")[2]}"' in page
    assert len({item.findtext("guid") for item in channel.findall("item")}) == len(links)


@pytest.mark.parametrize(
    ("old", "new"),
    [("jobs/get", "jobs/fetch"), ("types/JobsGetResponse", "types/JobsFetchResponse")],
)
def test_a_page_sends_on_from_an_old_address(changed: Path, old: str, new: str) -> None:
    page = (changed / f"{old}.html").read_text(encoding="utf-8")
    assert f'<meta http-equiv="refresh" content="0; url=../{new}.html">' in page
    assert f'<a href="../{new}.html">' in page and (changed / f"{new}.html").is_file()
    assert f"../{new}.md" in (changed / f"{old}.md").read_text(encoding="utf-8")
    assert f"/{old}.html" not in (changed / "sitemap.xml").read_text(encoding="utf-8")


def test_nothing_changed(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(RICH)
    site = docs(tmp_path, RICH, "--previous", str(tmp_path / "old.yaml"))
    assert "Nothing changed" in (site / "changes.html").read_text(encoding="utf-8")
    assert ElementTree.parse(site / "feed.xml").getroot().findall(".//item") == []


def test_changes_for_other_audiences_are_omitted(tmp_path: Path) -> None:
    inside = RICH.replace(
        "  /files:",
        "  /hush: {get: {operationId: hush, x-fern-audiences: [inside], "
        "responses: {'204': {description: none}}}}\n  /files:",
    )
    (tmp_path / "old.yaml").write_text(RICH)
    site = docs(tmp_path, inside, "--previous", str(tmp_path / "old.yaml"), "--audience", "public")
    assert not any(b"hush" in data for data in files(site).values())


def test_an_old_description_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spec.yaml").write_text(RICH)
    arguments = ["docs", str(tmp_path / "spec.yaml"), "--output", str(tmp_path / "site")]
    assert main([*arguments, "--previous", str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml" in capsys.readouterr().err and not (tmp_path / "site").exists()


# --- settings ---


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec.yaml").write_text(RICH)
    (tmp_path / "mine").mkdir()
    return tmp_path


def settings(folder: Path, text: str) -> list[str]:
    (folder / "fiddlehead.toml").write_text(f'spec = "spec.yaml"\n[docs]\n{text}\n')
    return ["docs", "--output", str(folder / "site")]


def test_a_logo_a_style_sheet_and_templates_of_ones_own(project: Path) -> None:
    (project / "logo.PNG").write_bytes(b"\x89PNG\xff\x00")
    (project / "ours.css").write_text(":root { --accent: teal; }\n")
    (project / "mine/search.js").write_text("// none\n")
    (project / "mine/_note.jinja").write_text("<p>Moved.</p>")
    (project / "mine/redirect.html.jinja").write_text("{% include '_note.jinja' %}{{ target }}")
    (project / "mine/menu.html.jinja").write_text("<nav>{{ group }} of ours</nav>")
    command = settings(project, 'logo = "logo.PNG"\ncss = "ours.css"\ntemplates = "mine"')
    assert main(command) == 0
    site = project / "site"
    assert (site / "logo.png").read_bytes() == b"\x89PNG\xff\x00"
    assert (site / "custom.css").read_text() == ":root { --accent: teal; }\n"
    assert (site / "search.js").read_text() == "// none\n"
    page = (site / "things/list.html").read_text(encoding="utf-8")
    assert '<img src="../logo.png" alt="">' in page and "img-src 'self' file:" in page
    assert page.index("site.css") < page.index("custom.css")
    assert "<nav>things of ours</nav>" in page
    assert main(command) == 0, "a logo is known as a file that docs wrote"


@pytest.mark.parametrize(
    ("text", "name", "content", "message", "code"),
    [
        (
            'templates = "mine"',
            "mine/side.html",
            "x",
            "'side.html' is not a replaceable template",
            2,
        ),
        ('templates = "mine"', "mine/page.html.jinja", "{{ titel }}", "unknown name 'titel'", 2),
        ('templates = "mine"', "mine/page.html.jinja", "{% if %}", "page.html.jinja:1", 2),
        (
            'templates = "mine"',
            "mine/menu.html.jinja",
            "{{ menu.none }}",
            "menu.html.jinja:1:1: error[bad-template]",
            3,
        ),
        ('logo = "none.svg"', "x", "x", "logo 'none.svg' not found", 2),
        ('logo = "logo.txt"', "logo.txt", "x", "is not an image format that browsers support", 2),
        ('css = "none.css"', "x", "x", "css 'none.css' not found", 2),
    ],
)
def test_settings_that_cannot_be(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    name: str,
    content: str,
    message: str,
    code: int,
) -> None:
    (project / name).write_text(content)
    assert main(settings(project, text)) == code
    assert message in capsys.readouterr().err and not (project / "site").exists()


# --- the server ---


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, http.client.HTTPConnection]]:
    (tmp_path / "spec.yaml").write_text(RICH)
    command = [sys.executable, "-m", "fiddlehead", "docs", "spec.yaml", "--output", "site"]
    process = subprocess.Popen(
        [*command, "--serve", "--port", "0"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        host = process.stdout.readline().removeprefix("http://").strip().rstrip("/")
        assert host.startswith("127.0.0.1:")
        yield tmp_path, http.client.HTTPConnection(host, timeout=60)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        if process.stdout is not None:
            process.stdout.close()


def get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read().decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_serve_writes_the_site_again_after_a_change(
    served: tuple[Path, http.client.HTTPConnection],
) -> None:
    folder, connection = served
    status, text = get(connection, "/")
    assert status == 200 and "Create a thing" in text
    assert get(connection, "/things/")[0] == 404
    assert get(connection, "/../spec.yaml")[0] == 404
    deadline = time.monotonic() + 60
    # A change is repeated until it is seen: the watcher may start after the first.
    for number in itertools.count():
        changed = RICH.replace("Create a thing", "Make a thing") + f"# {number}\n"
        (folder / "spec.yaml").write_text(changed)
        time.sleep(0.2)
        if "Make a thing" in get(connection, "/things/create.html")[1]:
            break
        assert time.monotonic() < deadline, "the page does not change"


def test_a_port_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "spec.yaml").write_text(RICH)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        arguments = ["docs", str(tmp_path / "spec.yaml"), "--output", str(tmp_path / "site")]
        assert main([*arguments, "--serve", "--port", port]) == 2
    assert f"port {port} cannot be used" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (["--port", "80"], "--port requires --serve"),
        (["--serve", "--port", "70000"], "a port must be a number from 0 to 65535"),
    ],
)
def test_ports_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], inputs: list[str], message: str
) -> None:
    (tmp_path / "spec.yaml").write_text(RICH)
    command = ["docs", str(tmp_path / "spec.yaml"), "--output", str(tmp_path / "site")]
    assert main([*command, *inputs]) == 2
    assert message in capsys.readouterr().err


def test_serve_without_a_description(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["docs", str(tmp_path / "none.yaml"), "--output", str(tmp_path / "site")]
    assert main([*arguments, "--serve", "--port", "0"]) == 2
    assert "none.yaml" in capsys.readouterr().err
