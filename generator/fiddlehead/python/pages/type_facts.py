"""Facts about generated types for pages."""

from __future__ import annotations

from collections.abc import Mapping

from ... import ir, queries
from ...package import Model, TypeDef
from ...typing_ import Type


class TypeFacts:
    """Facts about the types of one API. `types_by_id` has the generated types, those of unions'
    variants among them."""

    def __init__(self, api: ir.Api, types_by_id: Mapping[str, TypeDef]) -> None:
        self.api = api
        self.types_by_id = types_by_id
        self._fields: dict[str, Mapping[str, ir.Field]] = {}

    def name_of(self, id_: str) -> str | None:
        """The name of the generated type of an id; None where there is none."""
        type_def = self.types_by_id.get(id_)
        return type_def.name if type_def is not None else None

    def model(self, annotation: Type) -> Model | None:
        """The model in an annotation, if it is a required model."""
        type_def = self.types_by_id.get(annotation.id or "")
        return type_def if isinstance(type_def, Model) else None

    def named(self, annotation: Type) -> TypeDef | None:
        """The only generated type in an annotation."""
        references = annotation.references
        return self.types_by_id.get(references[0]) if len(references) == 1 else None

    def fields_of(self, model: Model) -> Mapping[str, ir.Field]:
        """The declared fields of a model, by wire name."""
        field = self._fields.get(model.id)
        if field is None:
            field = self._fields[model.id] = self._declared_fields(model.id)
        return field

    def _declared_fields(self, id_: str) -> Mapping[str, ir.Field]:
        declared = self.api.declarations.get(id_)
        if isinstance(declared, ir.Model):
            return {field.name: field for field in queries.fields(self.api, declared)}
        variant = self._variant(id_)
        return {field.name: field for field in queries.fields(self.api, variant)} if variant else {}

    def _variant(self, id_: str) -> ir.Model | None:
        """The variant that has the class of this id, as an object."""
        at = id_.find("#")
        while at >= 0:
            # The id of a union may have the character itself.
            union = self.api.declarations.get(id_[:at])
            if isinstance(union, ir.Union):
                for variant in queries.classed(union):
                    if queries.variant_id(union, variant) == id_:
                        return queries.variant_model(self.api, union, variant)
            at = id_.find("#", at + 1)
        return None
