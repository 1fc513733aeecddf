"""The certificates that clients trust in tests.

There is only one, because each new client reads all of them, which takes longer than the calls of a
test. No test has a server with TLS.
"""

from __future__ import annotations

import os
from pathlib import Path

AUTHORITY = Path(__file__).with_name("authority.pem")
"""A certificate that signed no other one."""
_NAME, _BEFORE = "SSL_CERT_FILE", "SSL_CERT_FILE_BEFORE_TESTS"


def trust_one() -> None:
    """Make this process, and those that it starts, trust only `AUTHORITY`."""
    os.environ.setdefault(_BEFORE, os.environ.get(_NAME, ""))
    os.environ[_NAME] = str(AUTHORITY)


def environment_for_downloads() -> dict[str, str]:
    """The environment variables for a process that trusts the same certificates as outside of the
    tests."""
    variables = {key: value for key, value in os.environ.items() if key not in (_NAME, _BEFORE)}
    before = os.environ.get(_BEFORE, "")
    return {**variables, _NAME: before} if before else variables
