"""Clients of small Fern definitions, for tests that change one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fiddlehead import config, fern, ir, python, review
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.package import Package
from fiddlehead.review.python import compare_packages
from fiddlehead.source import Sources

API = """
name: test
auth: bearer
default-environment: Production
environments: {Production: "https://api.test"}
"""

JOBS = """
types:
  Status: {enum: [waiting, done]}
  Truncate: {enum: [START, END]}
  Job:
    properties:
      id: string
      status: Status
      note: optional<string>
      size: integer
  Order:
    properties:
      wish: string
      truncate: optional<Truncate>
      parts: optional<integer>
      how: string
      what: Either
  Event:
    discriminant: type
    union: {started: Job, ended: {type: string, key: reason}}
  Either:
    discriminated: false
    union: [string, integer]
errors:
  Missing: {status-code: 404, type: string}
service:
  base-path: /jobs
  auth: false
  endpoints:
    get:
      method: GET
      path: /{id}
      path-parameters: {id: string}
      response: Job
      errors: [Missing]
    create:
      method: POST
      path: ""
      request:
        name: CreateRequest
        query-parameters: {dry: optional<boolean>}
        headers: {code: integer, mark: Either}
        body: {properties: {name: optional<string>, order: Order, truncate: optional<Truncate>}}
      response: Job
    events: {method: GET, path: /events, response: list<Event>}
    choose: {method: GET, path: /either, response: Either}
"""


@dataclass(frozen=True)
class Client:
    api: ir.Api
    package: Package


def client(
    folder: Path,
    jobs: str = JOBS,
    *,
    api: str = API,
    files: Mapping[str, str] | None = None,
    **naming: Mapping[str, object],
) -> Client:
    """A client of the definition; `naming` are the settings for names."""
    folder.mkdir(parents=True)
    for name, text in {"api.yml": api, "jobs.yml": jobs, **(files or {})}.items():
        (folder / name).write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    values = {"spec": folder, "output": folder / "out", "package": "acme"}
    settings = config.load(None, values, diagnostics, folder)
    assert settings is not None, [diagnostic.render() for diagnostic in diagnostics.reported]
    settings = replace(settings, naming=replace(settings.naming, **naming))
    built = fern.read(settings, Sources(diagnostics, folder), diagnostics)
    package = python.build(built, settings, diagnostics)
    assert not diagnostics.errors, [error.render() for error in diagnostics.errors]
    return Client(built, package)


def compared(old: Client, new: Client) -> review.Review:
    clients = compare_packages(old.api, new.api, old.package, new.package)
    return review.compare(old.api, new.api, clients)
