"""Helpers that check signatures of webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

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
        built = hmac.new(b"secret", (url + BODY).encode(), hashlib.sha1).digest()
        arguments = {
            "request_body": BODY,
            "signature_header": base64.b64encode(built).decode(),
            "signature_key": "secret",
        }
        assert verify(**arguments, notification_url=url) is True
        assert verify(**arguments, notification_url=f"{url}#") is False


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


def described_by_key(algorithm: str, more: str = "") -> str:
    return f"""
x-fern-webhook-signature:
  type: asymmetric
  header: X-Signature
  asymmetric-algorithm: {algorithm}
  signature-prefix: "v1="
  payload-format: {{components: [timestamp, body], delimiter: "."}}
  timestamp: {{header: X-Time, tolerance: 60}}
{more}
webhooks:
  done: {{post: {{requestBody: {{content: {{application/json: {{schema: {{type: string}}}}}}}}, responses: {{}}}}}}
paths: {{}}
"""


def _pair(algorithm: str) -> tuple[Any, Callable[[bytes], bytes]]:
    """A public key, and what signs with its private half."""
    if algorithm == "ed25519":
        own = ed25519.Ed25519PrivateKey.generate()
        return own.public_key(), own.sign
    digest = hashes.SHA256()
    if algorithm == "rsa-sha256":
        key = rsa.generate_private_key(65537, 2048)
        return key.public_key(), lambda text: key.sign(text, padding.PKCS1v15(), digest)
    curve = ec.generate_private_key(ec.SECP256R1())
    return curve.public_key(), lambda text: curve.sign(text, ec.ECDSA(digest))


def _base64url(number: int | bytes) -> str:
    raw = (
        number
        if isinstance(number, bytes)
        else number.to_bytes((number.bit_length() + 7) // 8, "big")
    )
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _jwk(key: Any) -> dict[str, str]:
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return {"kty": "RSA", "n": _base64url(numbers.n), "e": _base64url(numbers.e)}
    if isinstance(key, ec.EllipticCurvePublicKey):
        point = key.public_numbers()
        return {"kty": "EC", "crv": "P-256", "x": _base64url(point.x), "y": _base64url(point.y)}
    return {"kty": "OKP", "crv": "Ed25519", "x": _base64url(key.public_bytes_raw())}


@pytest.mark.parametrize("algorithm", ["rsa-sha256", "ecdsa-sha256", "ed25519"])
def test_signatures_by_a_private_key(tmp_path: Path, algorithm: str) -> None:
    key, sign = _pair(algorithm)
    pem = key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    other, _ = _pair(algorithm)
    now = str(int(time.time()))
    with bench(tmp_path, described_by_key(algorithm)) as it:
        verify = it.package.WebhooksHelper.verify_signature
        signature = sign(f"{now}.{BODY}".encode())
        good = {
            "request_body": BODY,
            "signature_header": f"v1={base64.b64encode(signature).decode()}",
            "timestamp_header": now,
        }
        jwk = _jwk(key)
        accepted = [pem, pem.decode(), jwk, {"keys": [jwk]}, json.dumps(jwk)]
        assert all(verify(**good, signature_key=item) for item in accepted)
        assert not verify(**{**good, "request_body": "changed"}, signature_key=pem)
        assert not verify(**{**good, "signature_header": "v1=???"}, signature_key=pem)
        assert not verify(**{**good, "signature_header": ""}, signature_key=pem)
        assert not verify(**{**good, "timestamp_header": "1"}, signature_key=pem)
        assert not verify(**good, signature_key=_jwk(other))
        wrong, _ = _pair("ed25519" if algorithm != "ed25519" else "ecdsa-sha256")
        with pytest.raises(ValueError, match="not one of"):
            verify(**good, signature_key=_jwk(wrong))
        if algorithm == "ecdsa-sha256":
            numbers = utils.decode_dss_signature(signature)
            raw = b"".join(number.to_bytes(32, "big") for number in numbers)
            plain = {**good, "signature_header": f"v1={base64.b64encode(raw).decode()}"}
            assert verify(**plain, signature_key=pem)


def test_a_key_set_is_fetched_and_kept(tmp_path: Path) -> None:
    key, sign = _pair("ed25519")
    other, _ = _pair("ed25519")
    sets = [{"keys": [{**_jwk(other), "kid": "old"}, {**_jwk(key), "kid": "new"}]}]
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(sets[0]).encode())

        def log_message(self, format: str, *args: object) -> None:
            return None

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/keys"
        more = f"  jwks-url: {url}\n  key-id-header: X-Key-Id\n  encoding: hex"
        with bench(tmp_path, described_by_key("ed25519", more)) as it:
            verify = it.package.WebhooksHelper.verify_signature
            now = str(int(time.time()))
            good = {
                "request_body": BODY,
                "signature_header": f"v1={sign(f'{now}.{BODY}'.encode()).hex()}",
                "timestamp_header": now,
            }
            assert verify(**good, key_id_header="new")
            assert not verify(**good, key_id_header="old")
            assert not verify(**good, key_id_header="unknown")
            assert asked == ["/keys"]
            project = it.generated.files["pyproject.toml"]
            assert '"cryptography>=42,<60"' in project
        server.shutdown()


BY_KEY_AND_BY_SECRET = {
    "api.yml": "name: acme\n",
    "jobs.yml": """
webhook-signature: {type: asymmetric, header: X-Sig, asymmetric-algorithm: rsa-sha512, jwks-url: "https://acme.test/keys"}
webhooks: {done: {method: POST, headers: {}, payload: string}}
""",
    # Both ways in one module.
    "pets.yml": """
webhook-signature: {type: hmac, header: X-Pet}
webhooks: {born: {method: POST, headers: {}, payload: string}}
""",
}


def test_signatures_by_a_private_key_in_a_definition(tmp_path: Path) -> None:
    built = make(tmp_path, BY_KEY_AND_BY_SECRET)
    assert not built.diagnostics.reported
    text = built.files["acme/webhooks_helper.py"]
    assert "verify_with_key(" in text and " verify(" in text
    assert 'algorithm="rsa-sha512"' in text
    assert 'jwks_url="https://acme.test/keys"' in text
