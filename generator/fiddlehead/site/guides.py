"""The pages about the whole API: authentication and errors."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir
from ..markdown import code
from ..python.facts import Facts, auth_kind
from ..python.readme import error_handling
from ..python.type_entries import Item, Section
from .page import ExampleCall, SitePage, Tab


def authentication(facts: Facts) -> SitePage:
    """Every authentication scheme, with the arguments of the client for it."""
    schemes = [each for _, each in sorted(facts.api.auth_schemes.items())]
    text = "The client takes the credentials as arguments and sends them with each call."
    if not schemes:
        text = "Calls of this API need no credentials."
    items = tuple(_scheme(facts, each) for each in schemes)
    sections = (Section("Credentials", items=items),) if items else ()
    return SitePage(
        "authentication",
        "Authentication",
        text=text,
        label="Authentication",
        sections=sections,
        examples=tuple(_constructions(facts, schemes)),
    )


def _scheme(facts: Facts, scheme: ir.AuthScheme) -> Item:
    """The arguments of one scheme, and the environment variables that replace them."""
    notes = [
        f"Without the argument {code(_argument(facts, each))}, the client reads the environment "
        f"variable {code(each.env)}."
        for each in scheme.credentials
        if each.env is not None
    ]
    return Item(
        ", ".join(_argument(facts, each) for each in scheme.credentials) or scheme.id,
        facts=(auth_kind(scheme),),
        doc=scheme.doc,
        notes=tuple(notes),
        wire=scheme.id,
    )


def _argument(facts: Facts, credential: ir.Credential) -> str:
    found = facts.client_argument(credential.name)
    return found.name if found else credential.name


def _constructions(facts: Facts, schemes: list[ir.AuthScheme]) -> Iterator[ExampleCall]:
    """The construction of the client for each set of schemes that is enough for a call."""
    by_id = {each.id: each for each in schemes}
    sets = [each for each in facts.api.auth if each]
    sets += [(each,) for each in by_id if not any(each in one for one in sets)]
    for ids in sets:
        credentials = (each for id_ in ids for each in by_id[id_].credentials)
        names = list(dict.fromkeys(_argument(facts, each) for each in credentials))
        tabs = tuple(
            Tab(
                label, _construction(facts.package.name, f"{prefix}{facts.client}", names), "python"
            )
            for label, prefix in (("Python", ""), ("Async", "Async"))
        )
        yield ExampleCall(", ".join(names) if len(sets) > 1 else "", "", tabs)


def _construction(package: str, client: str, names: list[str]) -> str:
    given = [f'{each}="YOUR_{each.strip("_").upper()}"' for each in names]
    call = f"client = {client}({', '.join(given)})"
    if len(call) > 60:
        call = "\n".join([f"client = {client}(", *(f"    {each}," for each in given), ")"])
    return f"from {package} import {client}\n\n{call}"


def errors(facts: Facts) -> SitePage:
    """Every error class, with its status and body."""
    items: list[Item] = []
    for each in sorted(facts.package.errors, key=lambda each: (each.status, each.name)):
        declared = facts.api.errors.get(each.id)
        doc = declared.doc if declared else None
        items.append(Item(each.name, each.body, (each.status,), doc, wire=each.name))
    text = (
        "A response with an error status raises an `ApiError`, which has the status, the headers "
        "and the decoded body. The statuses that the API documents have classes of their own."
    )
    sections = (Section("Classes", items=tuple(items), style="errors"),) if items else ()
    lines = error_handling(facts)
    tabs = (Tab("Python", "\n".join(lines), "python"),) if lines else ()
    return SitePage(
        "errors",
        "Errors",
        text=text,
        label="Errors",
        sections=sections,
        examples=(ExampleCall("", "", tabs),) if tabs else (),
    )
