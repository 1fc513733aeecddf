"""Error classes: one for each status, named as in Fern, shared by all operations."""

from __future__ import annotations

from dataclasses import dataclass, field

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frontend_kit.node_values import frozen
from ...frozen import replace
from ..document.context import Context
from ..document.name_parts import class_key
from ..schemas.converter import SchemaConverter
from . import response_headers, responses
from .encodings import encoding_of
from .groups import Operation
from .response import Response

NAMES: dict[str, str] = {
    "400": "BadRequestError",
    "401": "UnauthorizedError",
    "402": "PaymentRequiredError",
    "403": "ForbiddenError",
    "404": "NotFoundError",
    "405": "MethodNotAllowedError",
    "406": "NotAcceptableError",
    "407": "ProxyAuthenticationRequiredError",
    "408": "RequestTimeoutError",
    "409": "ConflictError",
    "410": "GoneError",
    "411": "LengthRequiredError",
    "412": "PreconditionFailedError",
    "413": "ContentTooLargeError",
    "414": "UriTooLongError",
    "415": "UnsupportedMediaTypeError",
    "416": "RangeNotSatisfiableError",
    "417": "ExpectationFailedError",
    "418": "ImATeapotError",
    "421": "MisdirectedRequestError",
    "422": "UnprocessableEntityError",
    "423": "LockedError",
    "424": "FailedDependencyError",
    "425": "TooEarlyError",
    "426": "UpgradeRequiredError",
    "428": "PreconditionError",
    "429": "TooManyRequestsError",
    "431": "RequestHeaderFieldsTooLargeError",
    "451": "UnavailableForLegalReasonsError",
    "498": "InvalidTokenError",
    "499": "ClientClosedRequestError",
    "500": "InternalServerError",
    "501": "NotImplementedError",
    "502": "BadGatewayError",
    "503": "ServiceUnavailableError",
    "504": "GatewayTimeoutError",
    "505": "HttpVersionNotSupportedError",
    "507": "InsufficientStorageError",
    "508": "LoopDetectedError",
    "511": "NetworkAuthenticationRequiredError",
    "4XX": "ClientRequestError",
    "5XX": "ServerError",
}
"""The names of errors by status, as in Fern's importer where it has one."""


@dataclass
class Errors:
    """The errors of one run, by id, with the bodies in operations."""

    context: Context
    schemas: SchemaConverter
    by_name: dict[str, ir.Error] = field(default_factory=dict[str, ir.Error])
    _bodies: dict[str, list[ir.Type | None]] = field(
        default_factory=dict[str, list[ir.Type | None]]
    )

    _shared: dict[tuple[int, str], tuple[Response, ir.ErrorResponse]] = field(
        default_factory=dict[tuple[int, str], tuple[Response, ir.ErrorResponse]]
    )
    """Responses of the components that do not depend on the operation, by the id of their node."""

    def read(self, operation: Operation, place: NameContext) -> tuple[ir.ErrorResponse, ...]:
        """The error responses of an operation; their errors are declared."""
        result: list[ir.ErrorResponse] = []
        for failure in responses.failures(responses.responses(self.context, operation)):
            key = (id(failure.node), failure.status)
            known = self._shared.get(key)
            response = known[1] if known is not None else self._response(failure, place)
            # In layout `fern`, and in headers, names of types can begin with the operation.
            if (
                failure.shared is not None
                and not response.headers
                and self.context.settings.layout != "fern"
            ):
                self._shared[key] = (failure, response)
            result.append(response)
        return tuple(result)

    def _response(self, response: Response, place: NameContext) -> ir.ErrorResponse:
        name = NAMES.get(response.status, f"Status{response.status}Error")
        type_ = self._type(response, place, name)
        error = self.by_name.get(name)
        doc = self.context.doc(response.node)
        if error is None:
            error = ir.Error(
                name, ir.Name((name,)), response.status, type_, doc, span=response.node.span
            )
        elif error.doc != doc:
            # A description in only one operation is not used for the class.
            error = replace(error, doc=None)
        self.by_name[name] = error
        self._bodies.setdefault(name, []).append(type_)
        return ir.ErrorResponse(
            name,
            type_,
            doc=doc,
            examples=tuple(self._examples(response)),
            headers=response_headers.of_failure(self.context, self.schemas, response.node, place),
            span=response.node.span,
        )

    def _type(self, response: Response, place: NameContext, name: str) -> ir.Type | None:
        for media, content in response.contents(self.context):
            schema = content.get("schema")
            if schema is None:
                continue
            if encoding_of(media) == "text":
                return ir.Primitive("string", span=schema.span)
            if encoding_of(media) != "json":
                continue
            # One body for all statuses of `default`.
            where = place.add("Error" if response.is_default else name).add("Body", "Error")
            if self.context.settings.layout == "fern":
                # Fern names the body after the error, not after an operation.
                body = "Error" if response.is_default else name
                where = NameContext((body, "Body"), (), where.owner, where.long)
            elif response.shared is not None:
                words = (response.shared, "Body")
                where = NameContext(words, (), None, ("components", "responses", *words))
            return self.schemas.convert(schema, where)
        return None

    def _examples(self, response: Response) -> list[ir.Example]:
        examples: list[ir.Example] = []
        for _, content in response.contents(self.context):
            child = content.get("example")
            if child is not None:
                examples.append(ir.Example(frozen(child), span=child.span))
            for name, item in self.context.entries(content, "examples"):
                target = self.context.follow(item, "an example")
                value = target.get("value") if target is not None else None
                if target is not None and value is not None:
                    doc = self.context.doc(target) or self.context.doc(target, "summary")
                    examples.append(ir.Example(frozen(value), name, doc, span=value.span))
        return examples

    def names(self) -> set[str]:
        """The class names of the errors. In Fern's packages, no schema has the name of an error,
        whether the API has that error or not."""
        names = {class_key(error.name.words) for error in self.by_name.values()}
        if self.context.settings.layout == "fern":
            names.update(name for status, name in NAMES.items() if status.isdigit())
        return names

    def errors(self) -> dict[str, ir.Error]:
        """The errors with their body, if all operations have the same one."""
        errors: dict[str, ir.Error] = {}
        for id, error in sorted(
            self.by_name.items(), key=lambda named_error: named_error[1].status
        ):
            bodies = self._bodies[id]
            agreed = all(body == bodies[0] for body in bodies)
            errors[id] = replace(error, type=bodies[0] if agreed else None)
        return errors
