"""The pages about the whole API: authentication and errors."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir
from ..markdown import code
from ..python.pages.facts import Facts, auth_kind
from ..python.pages.readme import error_handling
from ..python.pages.type_entries import Item, Section
from .page import ExampleCall, SitePage, Tab


def authentication(facts: Facts) -> SitePage:
    """Every authentication scheme, with the arguments of the client for it."""
    schemes = [scheme for _, scheme in sorted(facts.api.auth_schemes.items())]
    text = "The client takes the credentials as arguments and sends them with each call."
    if not schemes:
        text = "Calls of this API need no credentials."
    items = tuple(_scheme(facts, scheme) for scheme in schemes)
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
        f"Without the argument {code(_argument(facts, credential))}, the client reads the environment "
        f"variable {code(credential.env)}."
        for credential in scheme.credentials
        if credential.env is not None
    ]
    return Item(
        ", ".join(_argument(facts, credential) for credential in scheme.credentials) or scheme.id,
        facts=(auth_kind(scheme),),
        doc=scheme.doc,
        notes=tuple(notes),
        wire=scheme.id,
    )


def _argument(facts: Facts, credential: ir.Credential) -> str:
    argument = facts.client_argument(credential.name)
    return argument.name if argument else credential.name


def _constructions(facts: Facts, schemes: list[ir.AuthScheme]) -> Iterator[ExampleCall]:
    """The construction of the client for each set of schemes that is enough for a call."""
    by_id = {scheme.id: scheme for scheme in schemes}
    sets = [scheme_ids for scheme_ids in facts.api.auth if scheme_ids]
    sets += [(scheme_id,) for scheme_id in by_id if not any(scheme_id in one for one in sets)]
    for ids in sets:
        credentials = (credential for id_ in ids for credential in by_id[id_].credentials)
        names = list(dict.fromkeys(_argument(facts, credential) for credential in credentials))
        tabs = tuple(
            Tab(
                label, _construction(facts.package.name, f"{prefix}{facts.client}", names), "python"
            )
            for label, prefix in (("Python", ""), ("Async", "Async"))
        )
        yield ExampleCall(", ".join(names) if len(sets) > 1 else "", "", tabs)


def _construction(package: str, client: str, names: list[str]) -> str:
    arguments = [f'{name}="YOUR_{name.strip("_").upper()}"' for name in names]
    call = f"client = {client}({', '.join(arguments)})"
    if len(call) > 60:
        call = "\n".join(
            [f"client = {client}(", *(f"    {argument}," for argument in arguments), ")"]
        )
    return f"from {package} import {client}\n\n{call}"


def errors(facts: Facts) -> SitePage:
    """Every error class, with its status and body."""
    items: list[Item] = []
    for error in sorted(
        facts.package.errors, key=lambda error_class: (error_class.status, error_class.name)
    ):
        declared = facts.api.errors.get(error.id)
        doc = declared.doc if declared else None
        items.append(Item(error.name, error.body, (error.status,), doc, wire=error.name))
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
