"""The page of a webhook: what the API sends, and how it is read and checked in Python."""

from __future__ import annotations

import json

from .. import ir
from ..constraint_text import limits
from ..examples.example_calls import thawed
from ..examples.shortened_values import shortened
from ..markdown import code, prose
from ..package import Model, TypeDef, WebhooksHelper
from ..python.examples.value_expressions import Imports
from ..python.pages.type_entries import Item, Section, paragraphs
from .page import ExampleCall, Response, SitePage, Tab
from .page_writer import PageWriter, cut, webhook_key, webhook_name


def page(writer: PageWriter, webhook: ir.Webhook) -> SitePage:
    """The page of one webhook."""
    name = webhook_name(webhook)
    example = _payload(writer, webhook)
    sections: list[Section] = []
    if webhook.headers:
        sections.append(
            Section("Headers", items=tuple(_header(writer, x) for x in webhook.headers))
        )
    if example is not None:
        href = writer.plan.href(_id(webhook) or "")
        entry = writer.entries.type_(example)
        text = f"The body is a [{code(example.name)}]({href})."
        sections.append(Section("Payload", paragraphs(text, entry.text)))
        for section in entry.sections:
            sections.append(section)
    text = prose(webhook.doc or "")
    helper = _helper(writer, webhook)
    if webhook.signature is not None and helper is not None:
        sentence = (
            f"The request is signed: {code(helper.name + '.verify_signature')} checks that the "
            f"header {code(webhook.signature.header)} is valid for the body."
        )
        text = paragraphs(text, sentence)
    return SitePage(
        path=writer.plan.paths[webhook_key(webhook)],
        title=" ".join(webhook.name),
        summary="A webhook",
        text=text,
        verb="WEBHOOK",
        label=" ".join(webhook.name),
        group="webhook pages",
        group_label="Webhooks",
        sections=tuple(sections),
        examples=(
            ExampleCall(
                "",
                "",
                (Tab("Python", _code(writer, webhook, example, helper), "python"),),
                _sent(writer, webhook),
            ),
        ),
        fields=(
            tuple(field.wire for field in example.fields) if isinstance(example, Model) else (name,)
        ),
    )


def _id(webhook: ir.Webhook) -> str | None:
    return webhook.payload.id if isinstance(webhook.payload, ir.Ref) else None


def _payload(writer: PageWriter, webhook: ir.Webhook) -> TypeDef | None:
    """The generated type of the body; None where it has none of its own."""
    return writer.facts.package.types.get(_id(webhook) or "")


def _header(writer: PageWriter, header: ir.Parameter) -> Item:
    return Item(
        header.name,
        facts=("required" if header.required else "optional",),
        doc=header.doc,
        limits=limits(writer.facts.api, header.type),
        wire=header.name,
    )


def _helper(writer: PageWriter, webhook: ir.Webhook) -> WebhooksHelper | None:
    """The class that checks the signature of a webhook."""
    if webhook.signature is None:
        return None
    helpers = [
        item
        for module in writer.facts.package.modules
        for item in module.items
        if isinstance(item, WebhooksHelper)
    ]
    listed = f"`{'.'.join(webhook.name)}`"
    return next((helper for helper in helpers if listed in helper.doc), None)


def _sent(writer: PageWriter, webhook: ir.Webhook) -> tuple[Response, ...]:
    """The bodies that the description shows, or one that is made up."""
    example_calls = writer.entries.example_calls
    payloads = [(example.name, example.value) for example in webhook.examples[:8]]
    if not payloads:
        payloads = [(None, example_calls.samples.value(webhook.payload, "payload", "response"))]
    return tuple(
        Response(
            f"Example payload{f' ({name})' if name else ''}",
            (cut(json.dumps(thawed(shortened(value, text=120)), indent=2, ensure_ascii=False)),),
        )
        for name, value in payloads
    )


def _code(
    writer: PageWriter, webhook: ir.Webhook, example: TypeDef | None, helper: WebhooksHelper | None
) -> str:
    """A function that reads a request of this webhook."""
    facts = writer.facts
    imports = Imports()
    if helper is not None:
        imports.modules |= {"import os", "from collections.abc import Mapping"}
        imports.name(facts.package.name, helper.name)
    if example is None:
        imports.modules.add("import json")
        read, type_ = "json.loads(body)", "object"
    else:
        imports.name(facts.importable(_id(webhook) or ""), example.name)
        read, type_ = f"{example.name}.model_validate_json(body)", example.name
        if not isinstance(example, Model):
            imports.modules.add("import pydantic")
            read = f"pydantic.TypeAdapter({example.name}).validate_json(body)"
    lines = [*imports.lines(), "", ""]
    if helper is None:
        return "\n".join([*lines, f"def handle(body: bytes) -> {type_}:", f"    return {read}"])
    signature = webhook.signature
    assert signature is not None
    arguments: list[str] = []
    for argument in helper.arguments:
        if argument.default is not None:
            continue
        value = {
            "request_body": "body",
            "signature_header": f'headers["{signature.header}"]',
            "signature_key": 'os.environ["WEBHOOK_SECRET"]',
            "key_id_header": f'headers["{signature.key_id_header}"]',
            "timestamp_header": f'headers["{signature.timestamp_header}"]',
        }.get(argument.name, argument.name)
        arguments.append(f"        {argument.name}={value},")
    own = [
        argument.name
        for argument in helper.arguments
        if argument.name in ("notification_url", "message_id")
    ]
    extra = "".join(f", {name}: str" for name in own)
    lines += [
        f"def handle(body: bytes, headers: Mapping[str, str]{extra}) -> {type_}:",
        f"    if not {helper.name}.verify_signature(",
        *arguments,
        "    ):",
        '        raise PermissionError("invalid signature")',
        f"    return {read}",
    ]
    return "\n".join(lines)
