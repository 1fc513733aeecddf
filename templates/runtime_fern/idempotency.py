"""Idempotency keys."""

import uuid


def generate_idempotency_key() -> str:
    """A new key."""
    return str(uuid.uuid4())
