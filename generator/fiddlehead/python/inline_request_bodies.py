"""Bodies that are a model by reference: their properties become arguments, as in Fern's SDKs."""

from __future__ import annotations

from dataclasses import replace

from .. import ir
from ..config import PythonSettings, Settings
from ..naming import Names
from . import union_body_fields, walk
from .value_matching import Shapes


def spread(api: ir.Api, settings: Settings, names: Names) -> ir.Api:
    """The API with the properties of such models as fields of the bodies.

    A body that may be left out stays one argument, since none of its properties says that it is
    meant; so does one of a model without properties.
    """
    chosen = settings.python
    if not chosen.inline_request_params and not chosen.flatten_union_request_bodies:
        return api
    return replace(api, root=_Spreading(api, chosen, names).resource(api.root))


class _Spreading:
    def __init__(self, api: ir.Api, settings: PythonSettings, names: Names) -> None:
        self._api, self._settings, self._names = api, settings, names
        self._shapes = Shapes(api)

    def resource(self, resource: ir.Resource) -> ir.Resource:
        return replace(
            resource,
            endpoints=tuple(self._endpoint(each) for each in resource.endpoints),
            children=tuple(self.resource(each) for each in resource.children),
        )

    def _endpoint(self, endpoint: ir.Endpoint) -> ir.Endpoint:
        body = endpoint.body
        if body is None or body.type is None or body.encoding not in ("json", "form"):
            return endpoint
        if self._settings.flatten_union_request_bodies and body.required:
            union = walk.resolved(self._api, body.type)
            if isinstance(union, ir.Union) and union_body_fields.is_flat(union):
                taken = self._taken(endpoint)
                flat = union_body_fields.fields(self._api, union)
                renamed = tuple(self._renamed(each, union, taken) for each in flat)
                return replace(endpoint, body=replace(body, type=None, fields=renamed))
        model = walk.model_of(self._api, body.type)
        if model is None or not body.required or not self._settings.inline_request_params:
            return endpoint
        fields = [each for each in walk.fields(self._api, model) if each.access != "read-only"]
        if not fields:
            return endpoint
        taken = self._taken(endpoint)
        made = replace(
            body,
            type=None,
            fields=tuple(self._renamed(each, model, taken) for each in fields),
            extra=model.extra,
        )
        return replace(endpoint, body=made, examples=self._examples(endpoint, body.type, model))

    def _taken(self, endpoint: ir.Endpoint) -> set[str]:
        """The arguments that a method has besides those of its body."""
        parameters = [*endpoint.parameters]
        if endpoint.idempotent:
            parameters += self._api.idempotency_headers
        names = {self._names.argument(each.rename or each.name) for each in parameters}
        return {*names, "request_options"}

    def _renamed(self, field: ir.Field, model: ir.Model | ir.Union, taken: set[str]) -> ir.Field:
        """A property whose argument is taken has the name of its model before it (Fern's rule)."""
        wanted = field.rename or field.name
        if self._names.argument(wanted) not in taken:
            return field
        return replace(field, rename=f"{self._names.class_name(model.name.words)}_{wanted}")

    def _examples(
        self, endpoint: ir.Endpoint, type_: ir.Type, model: ir.Model
    ) -> tuple[ir.Call, ...]:
        """The examples of a call: one without a body has that of the model."""
        shown = next((each for each in endpoint.examples if each.error is None), None)
        whole = next((x for x in model.examples if self._shapes.fits(x.value, type_)), None)
        if whole is None or (shown is not None and shown.body is not None):
            return endpoint.examples
        made = replace(shown or ir.Call(), body=ir.Default(whole.value))
        return (made, *(each for each in endpoint.examples if each is not shown))
