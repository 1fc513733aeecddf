"""Decodes a list of 1,000 embed jobs again and again and prints the seconds of one decoding.

One argument says how: `ours` (the generated package), `plain` (pydantic models of the same shape),
`fern` (cohere as Fern generates it: `json.loads`, then `construct_type`).
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable

JOB = {
    "job_id": "ebd-9f8a7c6d5b4e3a21",
    "name": "Customer Reviews Embedding Job",
    "status": "complete",
    "created_at": "2024-04-10T14:22:35Z",
    "input_dataset_id": "ds-1234abcd5678efgh",
    "output_dataset_id": "ds-8765hgfedcba4321",
    "model": "embed-multilingual-v2.0",
    "truncate": "END",
    "meta": {
        "api_version": {"version": "1.0.0", "is_deprecated": False, "is_experimental": False},
        "billed_units": {
            "images": 0,
            "input_tokens": 1520,
            "image_tokens": 0,
            "output_tokens": 1520,
            "search_units": 0,
            "classifications": 0,
        },
        "tokens": {"input_tokens": 1520, "output_tokens": 1520},
        "cached_tokens": 0,
        "warnings": [],
    },
}
CONTENT = json.dumps({"embed_jobs": [JOB | {"job_id": f"ebd-{n}"} for n in range(1000)]}).encode()


def ours() -> Callable[[], object]:
    from cohere import ListEmbedJobResponse
    from cohere.core.decode import decode

    return lambda: decode(ListEmbedJobResponse, CONTENT)


def fern() -> Callable[[], object]:
    from cohere import ListEmbedJobResponse
    from cohere.core.unchecked_base_model import construct_type

    return lambda: construct_type(type_=ListEmbedJobResponse, object_=json.loads(CONTENT))


def plain() -> Callable[[], object]:
    from typing import Literal

    import pydantic

    class Version(pydantic.BaseModel):
        version: str
        is_deprecated: bool | None = None
        is_experimental: bool | None = None

    class Units(pydantic.BaseModel):
        images: float | None = None
        input_tokens: float | None = None
        image_tokens: float | None = None
        output_tokens: float | None = None
        search_units: float | None = None
        classifications: float | None = None

    class Tokens(pydantic.BaseModel):
        input_tokens: float | None = None
        output_tokens: float | None = None

    class Meta(pydantic.BaseModel):
        api_version: Version | None = None
        billed_units: Units | None = None
        tokens: Tokens | None = None
        cached_tokens: float | None = None
        warnings: list[str] | None = None

    class Job(pydantic.BaseModel):
        job_id: str
        name: str | None = None
        status: Literal["processing", "complete", "cancelling", "cancelled", "failed"]
        created_at: dt.datetime
        input_dataset_id: str
        output_dataset_id: str | None = None
        model: str
        truncate: Literal["START", "END"]
        meta: Meta | None = None

    class Jobs(pydantic.BaseModel):
        embed_jobs: list[Job]

    # The names are local: the annotations must be resolved here.
    for model in (Meta, Job, Jobs):
        model.model_rebuild(_types_namespace=locals())
    return lambda: Jobs.model_validate_json(CONTENT)


def main() -> None:
    decode = {"ours": ours, "plain": plain, "fern": fern}[sys.argv[1]]()
    jobs = decode().embed_jobs  # type: ignore[attr-defined]  # three classes, one shape
    assert len(jobs) == 1000 and jobs[999].meta.billed_units.input_tokens == 1520
    assert jobs[0].created_at == dt.datetime(2024, 4, 10, 14, 22, 35, tzinfo=dt.timezone.utc)
    # As timeit does: no garbage collection, and memory that earlier rounds have asked for and
    # given back; what is still held decides by chance whether the allocator asks anew each time.
    del jobs
    gc.disable()
    times: list[float] = []
    for round_ in range(70):
        start = time.perf_counter()
        decode()
        if round_ >= 10:
            times.append(time.perf_counter() - start)
    print(statistics.median(times))


if __name__ == "__main__":
    main()
