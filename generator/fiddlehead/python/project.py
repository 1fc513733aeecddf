"""The project file of the generated package: pyproject.toml."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import get_args

from .. import ir, markdown
from ..config import Settings
from . import default_clients
from .facts import Facts

_HTTPX2, _HTTPX = "httpx2>=2.0,<3", "httpx>=0.27,<1"
HTTP_LIBRARIES = {
    "auto": (f"{_HTTPX}; python_version < '3.11'", f"{_HTTPX2}; python_version >= '3.11'"),
    "httpx": (_HTTPX,),
    "httpx2": (_HTTPX2,),
}
"""What each value of the setting `http-library` depends on. httpx2 needs Python 3.11."""
RUNTIME = ("pydantic>=2.11,<3", "typing_extensions>=4.12.2")
"""What else the copied runtime imports, from the releases on that its tests were run with: pydantic
2.9 cannot build an alias that names itself, and 2.11 needs that typing_extensions."""


WEBSOCKETS = "websockets>=14.2,<18"
"""What a package with channels needs: from the release on that the tests of the
runtime were run with."""


CRYPTOGRAPHY = "cryptography>=42,<60"
"""What a package needs whose webhooks are signed with private keys."""
ASYMMETRIC = frozenset(get_args(ir.AsymmetricAlgorithm))


def dependencies(settings: Settings, api: ir.Api | None = None) -> tuple[str, ...]:
    """What the package of an API needs, as PEP 508 writes it."""
    channels = ir.channels(api.root) if api is not None else ()
    opens = settings.python.websocket_clients and any(channels)
    signatures = [each.signature for each in api.webhooks] if api is not None else []
    has_keys = any(each is not None and each.algorithm in ASYMMETRIC for each in signatures)
    return (
        *HTTP_LIBRARIES[settings.http_library],
        *RUNTIME,
        *((WEBSOCKETS,) if opens else ()),
        *((CRYPTOGRAPHY,) if has_keys else ()),
    )


def oldest_python(settings: Settings) -> str:
    """The oldest version of Python that the package can be installed on."""
    return "3.11" if settings.http_library == "httpx2" else "3.10"


@dataclass(frozen=True)
class Project:
    """The file's values, each as TOML."""

    header: str
    name: str
    version: str
    description: str
    requires_python: str
    dependencies: tuple[str, ...]
    extras: tuple[tuple[str, tuple[str, ...]], ...]
    package: str
    more: str
    """TOML of the settings, at the end."""


def project(facts: Facts) -> Project:
    """The project around a package."""
    settings = facts.settings.python
    specifiers = {each.name: f"{each.name}{each.specifier}" for each in settings.extra_dependencies}
    own = [specifiers[x.name] for x in settings.extra_dependencies if not x.optional]
    extras = dict(settings.extras)
    if default_clients.has_them(facts.settings):
        extras.setdefault(default_clients.EXTRA[0], default_clients.EXTRA[1:])
    needed = (*dependencies(facts.settings, facts.api), *sorted(own))
    return Project(
        header=markdown.one_line(facts.package.header),
        name=_string(facts.distribution),
        version=_string(facts.settings.version),
        description=_string(f"{facts.title}: the Python client"),
        requires_python=_string(f">={oldest_python(facts.settings)}"),
        dependencies=tuple(_string(each) for each in needed),
        extras=tuple(
            (_string(name), tuple(_string(specifiers.get(each, each)) for each in wanted))
            for name, wanted in sorted(extras.items())
        ),
        package=_string(facts.package.name),
        more=(settings.pyproject_toml or "").strip("\n"),
    )


def _string(text: str) -> str:
    """A basic string of TOML 1.0, whose escapes are JSON's."""
    return json.dumps(markdown.one_line(text), ensure_ascii=False)
