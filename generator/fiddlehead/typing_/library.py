"""The classes of datamodel-code-generator, imported on first use; nothing else imports it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datamodel_code_generator.imports import Import
    from datamodel_code_generator.model.enum import Enum
    from datamodel_code_generator.model.pydantic_v2 import BaseModel, DataModelField
    from datamodel_code_generator.model.type_alias import TypeAlias, TypeAliasTypeBackport
    from datamodel_code_generator.reference import Reference
    from datamodel_code_generator.types import DataType


@dataclass(frozen=True)
class Library:
    """The classes of datamodel-code-generator that this module uses."""

    Type: type[DataType]
    Generic: type[DataType]
    """A generic class, which the library knows for containers only."""
    OptionalAny: type[DataType]
    """A class that is called `Any` and may be None: the library takes it for `typing.Any`."""
    Import: type[Import]
    Reference: type[Reference]
    DataModelField: type[DataModelField]
    BaseModel: type[BaseModel]
    Enum: type[Enum]
    TypeAlias: type[TypeAlias]
    TypeAliasType: type[TypeAliasTypeBackport]


@functools.cache
def library() -> Library:
    # Imported on first use: `--help`, `verify` and an up-to-date `check` must not pay for it.
    from datamodel_code_generator.format import PythonVersion
    from datamodel_code_generator.imports import Import as Import
    from datamodel_code_generator.model.enum import Enum
    from datamodel_code_generator.model.pydantic_v2 import (
        BaseModel,
        DataModelField,
        DataTypeManager,
    )
    from datamodel_code_generator.model.type_alias import TypeAlias, TypeAliasTypeBackport
    from datamodel_code_generator.reference import Reference
    from datamodel_code_generator.types import DataType

    manager = DataTypeManager(
        PythonVersion.PY_310, use_standard_collections=True, use_union_operator=True
    )

    class Generic(DataType):
        @property
        def type_hint(self) -> str:
            items = ", ".join(each.type_hint for each in self.data_types)
            return f"{self.alias or self.type}[{items}]"

    class OptionalAny(DataType):
        @property
        def type_hint(self) -> str:
            return f"{self.data_types[0].type_hint} | None"

    return Library(
        manager.data_type,
        Generic,
        OptionalAny,
        Import,
        Reference,
        DataModelField,
        BaseModel,
        Enum,
        TypeAlias,
        TypeAliasTypeBackport,
    )
