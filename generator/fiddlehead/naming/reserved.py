"""Reserved names; an identifier with such a name gets an underscore at the end.

BREAKING: adding or removing a name renames fields, arguments and modules of generated packages. It
is a major change, and the changelog must list the names.
"""

# ruff: noqa: SIM905 - lists of words are easier to read and to compare as text.

from __future__ import annotations

# Keywords of Python. `keyword.kwlist` depends on the Python version; this list does not.
KEYWORDS = frozenset(
    "False None True and as assert async await break class continue def del elif else except "
    "finally for from global if import in is lambda nonlocal not or pass raise return try while "
    "with yield".split()
)

# Fern's Python generator treats them like keywords, so a Fern SDK has `float_` and `list_`.
FERN = frozenset("float int complex bool uuid list set map long self all kwargs".split())

# Public attributes of `pydantic.BaseModel`: a field with such a name would hide a method. The
# prefix `model_` is allowed, because `protected_namespaces` is empty.
PYDANTIC = frozenset(
    "construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json "
    "update_forward_refs validate model_computed_fields model_config model_construct model_copy "
    "model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema "
    "model_parametrized_name model_post_init model_rebuild model_validate model_validate_json "
    "model_validate_strings".split()
)

# Names in annotations of models and in the bodies of methods: a field or an argument with such a
# name would hide them.
SPELLED = frozenset("str bytes dict tuple dt datetime_ object typing pydantic builtins".split())

# Attributes of clients: the generated ones, and those that Python users expect.
CLIENT = frozenset("with_raw_response close aclose".split())

# Those that only the root client has, in Fern's packages.
ROOT_METHODS = frozenset("close aclose".split())

# Modules and subpackages of every generated package.
MODULES = frozenset("client core environment errors raw_client types version".split())

# Those that only the root package has.
ROOT_MODULES = frozenset("core environment errors version".split())

# Windows reserves them for devices, with any suffix.
DEVICES = frozenset(
    "con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 "
    "lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9".split()
)

# An argument of every method.
OPTIONS = frozenset({"request_options"})

# Attributes of pydantic's metaclass, which are found on the model as well.
METACLASS = frozenset({"mro", "register"})

FIELD = KEYWORDS | FERN | PYDANTIC | SPELLED | METACLASS
ARGUMENT = KEYWORDS | FERN | SPELLED | OPTIONS | {"cls"}
# In Fern's packages, fields and arguments have these names.
_FERN_ALLOWS = {"str", "bytes", "tuple", "object", "typing"}
FERN_FIELD = FIELD - _FERN_ALLOWS
FERN_ARGUMENT = ARGUMENT - _FERN_ALLOWS - {"dict"} - OPTIONS
METHOD = KEYWORDS | CLIENT
MODULE = KEYWORDS | FERN | MODULES | DEVICES
GROUP = KEYWORDS | FERN | MODULES | CLIENT | DEVICES
# Attributes of `enum.Enum`.
MEMBER = KEYWORDS | {"name", "value", "mro"}
# Attributes of `str`, the base class of string enums; only lower-case members can clash with them.
TEXT = frozenset(name for name in dir(str) if not name.startswith("_"))
