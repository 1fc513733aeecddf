"""Reads or writes a large body, in blocks, and prints the seconds of one repetition.

The argument selects the work: `embeddings` (96 vectors of 1,024 floats, decoded by the generated
package's runtime), `embeddings-parser` (by pydantic-core's JSON parser alone), `body` (1,000 embed
jobs as a request body of the package `bodies`), `body-plain` (`model_dump_json` of plain pydantic
models with the same fields).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from blocks import repeat, serve
from decode_jobs import CONTENT, plain

EMBEDDINGS = json.dumps(
    {"id": "e1", "embeddings": [[(row * 31 + n) / 7919 for n in range(1024)] for row in range(96)]}
).encode()


def embeddings() -> Callable[[], object]:
    from cohere.core.decode import decode
    from cohere.core.unchecked_base_model import UncheckedBaseModel

    model = type(
        "Embeddings",
        (UncheckedBaseModel,),
        {"__annotations__": {"id": str, "embeddings": list[list[float]]}, "__module__": __name__},
    )
    return lambda: decode(model, EMBEDDINGS)


def embeddings_parser() -> Callable[[], object]:
    from pydantic_core import from_json

    return lambda: from_json(EMBEDDINGS)


def body() -> Callable[[], object]:
    from bodies import ListEmbedJobResponse  # type: ignore[import-not-found]  # made by `clients`
    from bodies.core.decode import decode  # type: ignore[import-not-found]
    from bodies.core.encode import to_json  # type: ignore[import-not-found]

    jobs = decode(ListEmbedJobResponse, CONTENT)
    return lambda: to_json(jobs)


def body_plain() -> Callable[[], object]:
    jobs = plain()()
    return lambda: jobs.model_dump_json()  # type: ignore[attr-defined]  # a model defined inside


KINDS = {
    "embeddings": embeddings,
    "embeddings-parser": embeddings_parser,
    "body": body,
    "body-plain": body_plain,
}


def main() -> None:
    work = KINDS[sys.argv[1]]()
    serve(lambda: repeat(work, 5, 2))


if __name__ == "__main__":
    main()
