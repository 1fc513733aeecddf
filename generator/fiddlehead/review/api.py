"""The first layer of a review: changes of the HTTP interface."""

from __future__ import annotations

from .. import ir
from .documentation import compare_documentation
from .finding_collector import Collector
from .findings import Finding
from .operations import Operations
from .schema_comparer import SchemaComparer
from .service import compare_service


def compare_apis(old: ir.Api, new: ir.Api) -> list[Finding]:
    """All changes between two descriptions, in no particular order."""
    collector = Collector()
    schemas = SchemaComparer(old, new, collector)
    Operations(old, new, schemas, collector).compare()
    compare_service(old, new, schemas, collector)
    compare_documentation(old, new, collector)
    return collector.findings()
