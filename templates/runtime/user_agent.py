"""What requests tell about the platform and about the application."""

import platform
import re
from typing import TypedDict

from typing_extensions import NotRequired, Required

_OTHER = re.compile(
    r"[^!#$%&'*+\-.^`|~\w]+", re.ASCII
)  # RFC 9110: no characters of a token
_UNSAFE = re.compile(r"[^\x20-\x7e]|[()\\]")


class AppInfo(TypedDict, total=False):
    """The application that uses the client, for the ``User-Agent`` header."""

    name: Required[str]
    version: NotRequired[str]
    comment: NotRequired[str]


def platform_headers() -> dict[str, str]:
    """The versions of Python and of the operating system, as headers."""
    system = f"{platform.system().lower()}/{platform.release()}"
    return {
        "X-Fern-Runtime": f"python/{platform.python_version()}",
        "X-Fern-Platform": system,
    }


def with_platform(product: str) -> str:
    """``product`` with the operating system and the version of Python."""
    machine = platform.machine()
    if machine.lower() in ("x64", "amd64", "x86_64"):
        machine = "x86_64"
    known = "; ".join(filter(None, (platform.system().lower(), machine)))
    system = f" ({known})" if known else ""
    return f"{product}{system} Python/{platform.python_version()}"


def with_app(product: str, app_info: AppInfo | None) -> str:
    """``product`` with the application, if the caller names it."""
    if app_info is None:
        return product
    name = _OTHER.sub("-", app_info["name"]).strip("-")
    if not name:
        return product
    version = _OTHER.sub("-", app_info.get("version", "")).strip("-")
    comment = _UNSAFE.sub(" ", app_info.get("comment", "")).strip()
    result = f"{product} {name}/{version}" if version else f"{product} {name}"
    return f"{result} ({comment})" if comment else result
