"""Verification of webhook signatures that are made with a private key.

The library `cryptography` is imported when a signature is checked.
"""

import base64
import importlib
import json
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

from . import http_library

Algorithm = Literal[
    "rsa-sha256",
    "rsa-sha384",
    "rsa-sha512",
    "ecdsa-sha256",
    "ecdsa-sha384",
    "ecdsa-sha512",
    "ed25519",
]
Key = str | bytes | Mapping[str, object]
"""A public key as PEM, a JSON Web Key, or a JSON Web Key Set (RFC 7517)."""
_PAUSE = 60.0
"""Seconds until a key set may be fetched again for a key that it did not have."""
_lock, _sets = threading.Lock(), dict[str, tuple[float, Any]]()


def verify_with_key(
    signature: str,
    key: Key | None,
    parts: Sequence[str | bytes],
    *,
    algorithm: Algorithm,
    encoding: Literal["hex", "base64"] = "base64",
    prefix: str = "",
    delimiter: str = "",
    key_id: str | None = None,
    jwks_url: str | None = None,
) -> bool:
    """Return whether ``signature`` of ``parts`` was made with the private key of
    ``key``.

    In a key set, the key is the one with the id ``key_id``, or the only one. Without
    ``key``, the set is fetched from ``jwks_url`` and cached. Raises ValueError for an
    invalid public key of ``algorithm``.
    """
    encoded = signature.strip().removeprefix(prefix)
    try:
        raw = bytes.fromhex(encoded) if encoding == "hex" else _unpadded(encoded)
    except ValueError:
        return False
    if not raw:
        return False
    payload = delimiter.encode().join(map(_bytes, parts))
    public_key = _key(key, key_id, jwks_url)
    return public_key is not None and _verified(public_key, raw, payload, algorithm)


def _key(key: Key | None, key_id: str | None, jwks_url: str | None) -> Any:
    """The key as an object of `cryptography`; None if a set has no such key."""
    if key is None:
        if jwks_url is None:
            raise ValueError("a public key is needed")
        public_key = _of_set(_fetched(jwks_url, 0.0), key_id)
        if public_key is None:
            public_key = _of_set(_fetched(jwks_url, _PAUSE), key_id)
        return public_key
    if isinstance(key, Mapping):
        return _of_set(key, key_id) if "keys" in key else _of_jwk(key)
    text = _bytes(key).strip()
    if text.startswith(b"{"):
        return _key(json.loads(text), key_id, jwks_url)
    load = _crypto("primitives.serialization").load_pem_public_key
    return load(text)


def _fetched(url: str, renew_after: float) -> Any:
    """A key set, fetched again if it is older than ``renew_after``."""
    with _lock:
        known = _sets.get(url)
        if known and not (renew_after and time.monotonic() - known[0] > renew_after):
            return known[1]
        library: Any = http_library.library_of(None, False, None)
        response = library.get(url, timeout=10.0)
        response.raise_for_status()
        _sets[url] = (time.monotonic(), response.json())
        return _sets[url][1]


def _of_set(keys: Mapping[str, Any], key_id: str | None) -> Any:
    """The key of a set with an id, or without one its only key."""
    listed = cast("list[Mapping[str, Any]]", keys.get("keys") or [])
    fitting = [key for key in listed if key_id is None or key.get("kid") == key_id]
    return _of_jwk(fitting[0]) if len(fitting) == 1 else None


def _of_jwk(key: Mapping[str, Any]) -> Any:
    """A JSON Web Key as a public key (RFC 7518, section 6; RFC 8037, section 2)."""
    numbers = {
        name: int.from_bytes(_unpadded(str(key[name])), "big")
        for name in ("n", "e", "x", "y")
        if name in key
    }
    if key.get("kty") == "RSA":
        rsa = _crypto("primitives.asymmetric.rsa")
        return rsa.RSAPublicNumbers(numbers["e"], numbers["n"]).public_key()
    curves = {"P-256": "SECP256R1", "P-384": "SECP384R1", "P-521": "SECP521R1"}
    if key.get("kty") == "EC" and key.get("crv") in curves:
        ec = _crypto("primitives.asymmetric.ec")
        curve = getattr(ec, curves[key["crv"]])()
        numbers_ = ec.EllipticCurvePublicNumbers(numbers["x"], numbers["y"], curve)
        return numbers_.public_key()
    if key.get("kty") == "OKP" and key.get("crv") == "Ed25519":
        ed25519 = _crypto("primitives.asymmetric.ed25519")
        return ed25519.Ed25519PublicKey.from_public_bytes(_unpadded(str(key["x"])))
    raise ValueError(f"no public key that is understood: {key.get('kty')!r}")


def _verified(key: Any, signature: bytes, payload: bytes, algorithm: Algorithm) -> bool:
    invalid: type[Exception] = _crypto("exceptions", "").InvalidSignature
    family, _, digest = algorithm.partition("-")
    module = {"rsa": "rsa", "ecdsa": "ec", "ed25519": "ed25519"}[family]
    names = {
        "rsa": "RSAPublicKey",
        "ecdsa": "EllipticCurvePublicKey",
        "ed25519": "Ed25519PublicKey",
    }
    kinds = _crypto(f"primitives.asymmetric.{module}")
    if not isinstance(key, getattr(kinds, names[family])):
        raise ValueError(f"the key is not one of {algorithm}: {type(key).__name__}")
    try:
        if family == "ed25519":
            key.verify(signature, payload)
            return True
        hashed = getattr(_crypto("primitives.hashes"), digest.upper())()
        if family == "rsa":
            padding = _crypto("primitives.asymmetric.padding").PKCS1v15()
            key.verify(signature, payload, padding, hashed)
        else:
            key.verify(_der(signature, key), payload, kinds.ECDSA(hashed))
    except invalid:
        return False
    return True


def _der(signature: bytes, key: Any) -> bytes:
    """An ECDSA signature as DER. The input may also be the two numbers, concatenated."""
    size = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * size:
        return signature
    r, s = signature[:size], signature[size:]
    encode = _crypto("primitives.asymmetric.utils").encode_dss_signature
    der = encode(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
    return cast("bytes", der)


def _unpadded(text: str) -> bytes:
    """The bytes of base64 in either alphabet, with or without padding."""
    plain = text.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def _crypto(module: str, layer: str = "hazmat.") -> Any:
    try:
        return importlib.import_module(f"cryptography.{layer}{module}")
    except ImportError as error:
        message = "signatures need the library: pip install cryptography"
        raise ImportError(message) from error
