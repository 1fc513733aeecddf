"""Deeply nested models: long chains and cycles of types, and deep responses."""

import json
import threading
from typing import Any, cast

import pydantic
from pydantic_core import ErrorDetails
from pydantic_core import core_schema as cs

from .checks import all_errors
from .decode import WIRE, adapter, construct_type

MAX_CHAIN = 24
"""The most models that are nested in one schema: pydantic walks it by recursion."""
MAX_DEPTH = 150
"""The most levels of models in a response."""
MAX_NESTING = 500
"""The most levels of JSON in it: pydantic reads each by recursion, on the C stack."""
MAX_IN_PLACE = 16
"""The most levels of objects that are read in the thread of the caller."""
STACK = 32 * 1024 * 1024
"""The stack of the thread that reads more: a level takes up to 25 KB of it, and threads
have 1 MB on musl, and 2 MB on Windows."""
_OTHERS = bytes(byte for byte in range(256) if byte not in b"{}")
_building = threading.local()
_roomy = threading.local()
_starting = threading.Lock()
_heights: dict[type, int] = {}


class NestingError(ValueError):
    """A value in which models or JSON are nested too deep."""

    def __init__(self) -> None:
        limit = f"the limit of {MAX_DEPTH} levels of models, or {MAX_NESTING} of JSON"
        super().__init__(f"the value is nested deeper than {limit}")


def fits_stack(content: bytes) -> bool:
    """Whether the stack of this thread is large enough to decode ``content``."""
    return hasattr(_roomy, "active") or not _is_deeper(content, MAX_IN_PLACE)


def with_large_stack(function: Any, *arguments: Any) -> Any:
    """Call a function in a thread with a large stack, if the system has such threads."""
    results, errors = list[Any](), list[BaseException]()

    def call() -> None:
        _roomy.active = True
        try:
            results.append(function(*arguments))
        except BaseException as error:
            errors.append(error)
        finally:
            del _roomy.active

    try:
        _started(call).join()
    except (RuntimeError, ValueError):
        call()
    if errors:
        raise errors[0]
    return results[0]


def with_more_frames(function: Any, value: Any) -> Any:
    """``function(value)`` in another thread. Raises NestingError if it is in one."""
    if hasattr(_roomy, "active"):
        raise NestingError
    return with_large_stack(function, value)


def _started(function: Any) -> threading.Thread:
    """A thread with a large stack. RuntimeError or ValueError if there are none."""
    thread = threading.Thread(target=function, daemon=True)
    with _starting:
        before = threading.stack_size(STACK)
        try:
            thread.start()
        finally:
            threading.stack_size(before)
    return thread


def _is_deeper(content: bytes, limit: int) -> bool:
    """Whether objects are nested deeper; braces in strings count, too."""
    if content.count(b"{") <= limit:
        return False
    braces = content.translate(None, _OTHERS)
    for _ in range(limit):
        before, braces = len(braces), braces.replace(b"{}", b"")
        if len(braces) == before:
            break  # The rest of the braces is in strings.
    return bool(braces)


class Limited:
    """Pydantic's handler of a model; at the end of a long chain, one without its fields."""

    def __init__(self, cls: Any, handler: Any) -> None:
        self._cls, self._handler = cls, handler
        self.resolve_ref_schema = handler.resolve_ref_schema

    def __call__(self, source: Any) -> Any:
        cls = self._cls
        if hasattr(cls, "__unknown__"):  # it has no fields
            return self._handler(source)
        depth = getattr(_building, "depth", 0)
        known = _heights.get(cls, 0) if cls.__pydantic_complete__ else 0
        if depth and depth + known > MAX_CHAIN:
            return _reference(cls)
        seen = getattr(_building, "height", 0)
        _building.depth, _building.height = depth + 1, known
        try:
            decoded = self._handler(source)
            _heights[cls] = max(known, _building.height + 1)
        finally:
            _building.depth = depth
            _building.height = max(seen, _heights.get(cls, 0))
        return decoded


def _reference(cls: Any) -> Any:
    def sent(value: Any) -> Any:
        validated = adapter(cls).validate_python(value, strict=False, **WIRE)
        if not isinstance(validated, cls):
            raise ValueError("not an object")
        return validated

    def strict(value: Any) -> Any:
        text = json.dumps(value)
        return adapter(cls).validate_json(text, strict=True, **WIRE)

    def built(value: Any) -> Any:
        return cls.model_validate(value)

    function = cs.no_info_plain_validator_function
    checked = cs.json_or_python_schema(function(strict), function(built))
    return cs.lax_or_strict_schema(function(sent), checked, strict=True)


def problems(type_: Any, content: bytes) -> list[ErrorDetails]:
    """The errors of JSON text that pydantic-core does not read at once."""
    try:
        value = _loaded(content)
        decoded = construct_type(type_, value)
        return all_errors(type_, decoded, value)
    except RecursionError:
        raise NestingError from None


def decode(type_: Any, content: bytes) -> Any:
    """Decode JSON text as ``type_``. Raises NestingError if models are nested too deep."""
    try:
        decoded = construct_type(type_, _loaded(content))
    except RecursionError:
        raise NestingError from None
    _walk(decoded)
    return decoded


def _loaded(content: bytes) -> Any:
    """The JSON value. Raises NestingError where reading it could end the C stack."""
    value: Any = json.loads(content)
    level, depth = [value], 0
    while level:
        level = [inner for item in level for inner in _items(item)]
        depth += 1
        if depth > MAX_NESTING:
            raise NestingError
    return value


def _items(value: Any) -> Any:
    if isinstance(value, dict):
        return cast("Any", value).values()
    return cast("Any", value) if isinstance(value, (list, tuple)) else ()


def checked(decoded: Any, content: bytes) -> Any:
    """The decoded value. Raises NestingError if models are nested too deep in it."""
    if _is_deeper(content, MAX_DEPTH + 1):
        _walk(decoded)
    return decoded


def _walk(decoded: Any) -> None:
    waiting = [(decoded, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, pydantic.BaseModel):
            depth, value = depth + 1, value.__dict__
            if depth > MAX_DEPTH + 1:
                raise NestingError
        waiting += [(item, depth) for item in _items(value)]
