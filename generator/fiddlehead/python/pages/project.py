"""The project file of the generated package: pyproject.toml."""

from __future__ import annotations

import json
from typing import Any, get_args

from ... import ir, markdown
from ...config import Settings
from ...frozen import dataclass
from ..clients import fern_http_clients
from .facts import Facts

_HTTPX2, _HTTPX = "httpx2>=2.0,<3", "httpx>=0.27,<1"
HTTP_LIBRARIES = {
    "auto": (f"{_HTTPX}; python_version < '3.11'", f"{_HTTPX2}; python_version >= '3.11'"),
    "httpx": (_HTTPX,),
    "httpx2": (_HTTPX2,),
}
"""The dependencies for each value of the setting `http-library`. httpx2 requires Python 3.11."""
RUNTIME = ("pydantic>=2.11,<3", "typing_extensions>=4.12.2")
"""The other dependencies of the runtime, from the oldest tested releases on: pydantic 2.9 does not
support recursive aliases, and 2.11 requires that version of typing_extensions."""


WEBSOCKETS = "websockets>=14.2,<18"
"""The dependency of packages with channels, from the oldest tested release on."""


CRYPTOGRAPHY = "cryptography>=42,<60"
"""The dependency of packages whose webhooks are signed with private keys."""
ASYMMETRIC = frozenset(get_args(ir.AsymmetricAlgorithm))


def dependencies(settings: Settings, api: ir.Api | None = None) -> tuple[str, ...]:
    """The dependencies of the package of an API (PEP 508)."""
    channels = ir.channels(api.root) if api is not None else ()
    opens = settings.python.websocket_clients and any(channels)
    signatures = [webhook.signature for webhook in api.webhooks] if api is not None else []
    has_keys = any(
        signature is not None and signature.algorithm in ASYMMETRIC for signature in signatures
    )
    return (
        *HTTP_LIBRARIES[settings.http_library],
        *RUNTIME,
        *((WEBSOCKETS,) if opens else ()),
        *((CRYPTOGRAPHY,) if has_keys else ()),
    )


def oldest_python(settings: Settings) -> str:
    """The oldest supported version of Python."""
    return "3.11" if settings.http_library == "httpx2" else "3.10"


@dataclass(frozen=True)
class Project:
    """The values of the file, each as TOML."""

    header: str
    name: str
    version: str
    description: str
    requires_python: str
    dependencies: tuple[str, ...]
    extras: tuple[tuple[str, tuple[str, ...]], ...]
    package: str
    prefix: str | None
    """The folders of the wheel around the package, if it is inside another one."""
    mypy_exclude: tuple[str, ...]
    more: str
    """TOML from the settings, appended at the end."""


def project(facts: Facts) -> Project:
    """The project file of a package."""
    settings = facts.settings.python
    specifiers = {
        dependency.name: f"{dependency.name}{dependency.specifier}"
        for dependency in settings.extra_dependencies
    }
    own = [specifiers[x.name] for x in settings.extra_dependencies if not x.optional]
    extras = dict(settings.extras)
    if fern_http_clients.has_them(facts.settings):
        extras.setdefault(fern_http_clients.EXTRA[0], fern_http_clients.EXTRA[1:])
    needed = (*dependencies(facts.settings, facts.api), *sorted(own))
    return Project(
        header=markdown.one_line(facts.package.header),
        name=_string(facts.distribution),
        version=_string(facts.settings.version),
        description=_string(f"{facts.title}: the Python client"),
        requires_python=_string(f">={oldest_python(facts.settings)}"),
        dependencies=tuple(_string(requirement) for requirement in needed),
        extras=tuple(
            (
                _string(name),
                tuple(_string(specifiers.get(dependency, dependency)) for dependency in wanted),
            )
            for name, wanted in sorted(extras.items())
        ),
        **_wheel(facts.settings),
        mypy_exclude=tuple(map(_string, settings.mypy_exclude)),
        more=(settings.pyproject_toml or "").strip("\n"),
    )


def _wheel(settings: Settings) -> dict[str, Any]:
    *prefix, package = settings.import_name.split(".")
    return {"package": _string(package), "prefix": _string("/".join(prefix)) if prefix else None}


def _string(text: str) -> str:
    """A basic string of TOML 1.0, whose escapes are JSON's."""
    return json.dumps(markdown.one_line(text), ensure_ascii=False)
