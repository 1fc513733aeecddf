"""Error classes, and the table that says which response becomes which."""

from __future__ import annotations

from collections import Counter

from .. import ir, queries
from ..literals import literal
from ..naming import Named, rename_hint
from ..package import ErrorClass, ErrorTable, Module
from .context import Context


def build(context: Context) -> tuple[Module | None, tuple[ErrorClass, ...]]:
    """The module of errors; None where the API describes none."""
    declared = sorted(context.api.errors.values(), key=lambda each: (each.name.words, each.id))
    if not declared:
        return None, ()
    scope = context.names.scope("the errors")
    used = {ref.id for each in declared if each.type for ref in queries.references(each.type)}
    defined = [name(context, each).name for each in declared]
    namespace = context.namespace(path(context), defined, used)
    base = namespace.core("api_error", "ApiError")
    classes: list[ErrorClass] = []
    for each in declared:
        named = name(context, each)
        scope.claim(named.name, ".".join(each.name.words), each.span, hint=rename_hint(named.key))
        typed = each.type is not None and not isinstance(each.type, ir.Unknown)
        classes.append(
            ErrorClass(
                name=named.name,
                base=base,
                status=each.status,
                typed=typed,
                body=namespace.annotation(each.type or ir.Unknown()),
                doc=each.doc,
                discriminant=each.discriminant,
                old_names=named.old_names,
                key=named.key,
                id=each.id,
                span=each.span,
            )
        )
    shared = ambiguous(context)
    table = ErrorTable(
        base=base,
        entries=tuple(_entry(x) for x in sorted(classes, key=_order) if x.id not in shared),
        property=context.api.error_property,
    )
    module = Module(path=path(context), items=(*classes, table), imports=namespace.imports)
    return module, tuple(classes)


def path(context: Context) -> str:
    """The module of errors."""
    return "errors/__init__.py" if context.fern else "errors.py"


def ambiguous(context: Context) -> set[str]:
    """The errors of a status that others have too: which it is, only an endpoint can say."""
    if context.api.error_property is not None:
        return set()
    counted = Counter(each.status for each in context.api.errors.values())
    return {id_ for id_, each in context.api.errors.items() if counted[each.status] > 1}


def name(context: Context, error: ir.Error) -> Named:
    """What an error class is called."""
    generated = context.names.class_name(error.name.words)
    shown = ".".join(error.name.words)
    return context.names.decide(generated, f"errors.{generated}", shown, error.span)


def _entry(error: ErrorClass) -> tuple[str, str]:
    if error.discriminant is not None:
        return literal(error.discriminant), error.name
    return (error.status if error.status.isdigit() else literal(error.status)), error.name


def _order(error: ErrorClass) -> tuple[str, str]:
    return (error.status, error.name)
