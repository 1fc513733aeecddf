"""Names that an identifier cannot have; each gets an underscore at its end.

BREAKING: a name that is added here or taken away renames fields, arguments and modules of every
package that is generated with it. It is a major change, and the changelog has to list the names.
"""

# ruff: noqa: SIM905 - lists of words are easier to read and to compare as text.

from __future__ import annotations

# Python's grammar does not allow them. `keyword.kwlist` differs between Pythons; this does not.
KEYWORDS = frozenset(
    "False None True and as assert async await break class continue def del elif else except "
    "finally for from global if import in is lambda nonlocal not or pass raise return try while "
    "with yield".split()
)

# Fern's Python generator treats them like keywords, so a Fern SDK has `float_` and `list_`.
FERN = frozenset("float int complex bool uuid list set map long self all kwargs".split())

# Public attributes of `pydantic.BaseModel`: a field of that name would hide a method that users
# (and pydantic itself) call. `model_` as a prefix is free: `protected_namespaces` is empty.
PYDANTIC = frozenset(
    "construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json "
    "update_forward_refs validate model_computed_fields model_config model_construct model_copy "
    "model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema "
    "model_parametrized_name model_post_init model_rebuild model_validate model_validate_json "
    "model_validate_strings".split()
)

# Annotations of our models and the bodies of our methods spell them; in the scope of a class or
# of a function, a field or an argument of that name would hide them.
SPELLED = frozenset("str bytes dict tuple dt datetime_ object typing pydantic builtins".split())

# Our clients have them: the generated attributes, and what Python users expect of a client.
CLIENT = frozenset("with_raw_response close aclose".split())

# Modules and sub-packages that every generated package has.
MODULES = frozenset("client core environment errors raw_client types version".split())

# Those of them that only the package itself has.
ROOT_MODULES = frozenset("core environment errors version".split())

# Windows keeps them for devices: no file there can be called so, whatever its suffix.
DEVICES = frozenset(
    "con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 "
    "lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9".split()
)

# An argument that every method has.
OPTIONS = frozenset({"request_options"})

# Attributes of the class of a model's class, which pydantic finds on the model as well.
METACLASS = frozenset({"mro", "register"})

FIELD = KEYWORDS | FERN | PYDANTIC | SPELLED | METACLASS
ARGUMENT = KEYWORDS | FERN | SPELLED | OPTIONS | {"cls"}
METHOD = KEYWORDS | CLIENT
MODULE = KEYWORDS | FERN | MODULES | DEVICES
GROUP = KEYWORDS | FERN | MODULES | CLIENT | DEVICES
# `enum.Enum` has them.
MEMBER = KEYWORDS | {"name", "value", "mro"}
# Attributes of `str`, whose subclasses enums of text are; only a member that is written in lower
# case can be one of them.
TEXT = frozenset(name for name in dir(str) if not name.startswith("_"))
