"""Helpers that check the signatures of webhooks, with signatures as servers make them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from ..support import checkers
from ..support.pipeline import ROOT
from .workbench import bench, make

OPENAPI = (ROOT / "tests/cases/signed-webhooks/openapi.yaml").read_text(encoding="utf-8")
FERN = {
    "api.yml": "name: acme\n",
    "jobs.yml": """
webhook-signature:
  type: hmac
  header: X-Acme-Signature
  signature-prefix: "sha256="
  payload-format: {components: [timestamp, body], delimiter: "."}
  timestamp: {header: X-Acme-Time, format: unix-seconds, tolerance: 60}
webhooks:
  jobFinished: {method: POST, headers: {}, payload: string}
  jobFailed: {method: POST, headers: {}, payload: string}
  invoicePaid:
    method: POST
    headers: {}
    payload: string
    signature:
      type: hmac
      header: X-Billing-Signature
      algorithm: sha1
      encoding: base64
      payload-format: {components: [notification-url, body], delimiter: ""}
""",
}
BODY = '{"id": "jöb"}'


def signed(moment: str, body: str = BODY, key: str = "secret") -> str:
    text = f"{moment}.{body}".encode()
    return "sha256=" + hmac.new(key.encode(), text, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("described", [OPENAPI, FERN], ids=["openapi", "fern"])
def test_signatures_with_a_time(tmp_path: Path, described: str | Mapping[str, str]) -> None:
    with bench(tmp_path, described) as it:
        verify = it.package.WebhooksHelper.verify_signature
        now = str(int(time.time()))
        good = {
            "request_body": BODY,
            "signature_header": signed(now),
            "signature_key": "secret",
            "timestamp_header": now,
        }
        assert verify(**good) is True
        assert verify(**{**good, "request_body": BODY.encode(), "signature_key": b"secret"})
        assert verify(**{**good, "signature_header": signed(now).upper().replace("SHA", "sha")})
        later = str(int(time.time()) - 61)
        wrong = [
            {"request_body": BODY + " "},
            {"signature_key": "other"},
            {"signature_key": ""},
            {"signature_header": ""},
            {"signature_header": "sha256=ü"},
            {"signature_header": signed(now)[:-1]},
            {"timestamp_header": str(int(now) + 1)},
            {"timestamp_header": "yesterday"},
            {"timestamp_header": later, "signature_header": signed(later)},
        ]
        for change in wrong:
            assert verify(**{**good, **change}) is False, change


@pytest.mark.parametrize("described", [OPENAPI, FERN], ids=["openapi", "fern"])
def test_signatures_of_the_address(tmp_path: Path, described: str | Mapping[str, str]) -> None:
    with bench(tmp_path, described) as it:
        verify = it.package.InvoicePaidWebhooksHelper.verify_signature
        url = "https://me.test/hook?a=b"
        made = hmac.new(b"secret", (url + BODY).encode(), hashlib.sha1).digest()
        given = {
            "request_body": BODY,
            "signature_header": base64.b64encode(made).decode(),
            "signature_key": "secret",
        }
        assert verify(**given, notification_url=url) is True
        assert verify(**given, notification_url=f"{url}#") is False


def test_a_known_signature(tmp_path: Path) -> None:
    """RFC 4231, test case 2."""
    with bench(tmp_path, OPENAPI) as it:
        known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        verify = it.module("core.webhooks").verify
        assert verify(known, "Jefe", ["what do ya want for nothing?"])
        assert not verify(known, "Jefe", ["what do ya want for nothing"])


@pytest.mark.parametrize(
    ("format", "ago", "recent"),
    [
        ("iso8601", 0, True),
        ("iso8601", 400, False),
        ("unix-millis", 0, True),
        ("unix-millis", 400, False),
    ],
)
def test_times(tmp_path: Path, format: str, ago: int, recent: bool) -> None:
    with bench(tmp_path, OPENAPI) as it:
        moment = time.time() - ago
        text = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
        text = text if format == "iso8601" else str(int(moment * 1000))
        assert it.module("core.webhooks").is_recent(text, 300, format) is recent


def test_helpers_have_types(tmp_path: Path) -> None:
    make(tmp_path, OPENAPI).write(tmp_path / "out")
    assert checkers.mypy(tmp_path / "out", ["acme"])["acme"] == []
    assert checkers.pyright(tmp_path / "out", ["acme"])["acme"] == []
