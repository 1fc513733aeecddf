"""Values of headers that are nested too deep for Python's stack."""

import contextlib
from collections.abc import Generator


@contextlib.contextmanager
def limited() -> Generator[None, None, None]:
    """Raises ValueError instead of RecursionError."""
    try:
        yield
    except RecursionError as error:
        raise ValueError(f"a value is nested too deep ({error})") from error
