"""Error classes, each in its package, and the table from status to class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from ... import ir, queries
from ...frozen import dataclass
from ...literals import literal
from ...naming import Claim, Names
from ...package import ErrorClass, ErrorTable, Import, Module
from ..context import Context
from ..locations.folders import Folders, member_key
from ..locations.namespace import Namespace
from ..locations.placement import TypeLocation


@dataclass(frozen=True)
class Errors:
    """The modules of errors, and all classes in them by name."""

    modules: tuple[Module, ...] = ()
    classes: tuple[ErrorClass, ...] = ()


def places(
    api: ir.Api, names: Names, folders: Folders, fern: bool, is_protected: Callable[[str], bool]
) -> Mapping[str, TypeLocation]:
    """The locations of all errors, by id. Errors of different packages may have the same name.
    Modules that `is_protected` are written by hand."""
    by_package: dict[tuple[str, ...], list[ir.Error]] = {}
    for error in _declared(api):
        by_package.setdefault(folders.packages[error.package], []).append(error)
    shared = Counter(names.class_name(error.name.words) for error in api.errors.values())
    result: dict[str, TypeLocation] = {}
    for package, declared in by_package.items():
        parent = member_key(folders.keys[package], "errors")
        claims = [_claim(error, names, shared) for error in declared]
        what = f"the errors of '{'.'.join(package)}'" if package else "the errors"
        assigned = names.assign(claims, what, parent=parent)
        module = "/".join((*package, "errors/__init__.py" if fern else "errors.py"))
        for error, named in zip(declared, assigned, strict=True):
            own = "/".join((*package, "errors", f"{names.module(named.name)}.py"))
            result[error.id] = TypeLocation(
                named.name,
                package,
                own if fern and any(map(is_protected, (own, module))) else module,
                own,
                named.key,
                named.old_names,
            )
    return result


def _declared(api: ir.Api) -> list[ir.Error]:
    return sorted(api.errors.values(), key=lambda error: (error.name.words, error.id))


def _claim(error: ir.Error, names: Names, shared: Mapping[str, int]) -> Claim:
    generated = names.class_name(error.name.words)
    unique = error.package and shared[generated] == 1
    return Claim(
        names.class_names(error.name.words, exact=error.name.exact),
        ".".join(error.name.words),
        error.span,
        other_keys=(f"errors.{generated}",) if unique else (),
    )


def build(context: Context) -> Errors:
    """The modules of errors; none if the API describes no errors.

    The root module has the table, and also the errors of groups whose names no other error has.
    """
    declared = _declared(context.api)
    if not declared:
        return Errors()
    classes: dict[str, ErrorClass] = {}
    modules: list[Module] = []
    root = path(context)
    for module in sorted(
        {type_location.module for type_location in context.errors.values()} - {root}
    ):
        built, namespace = _classes(context, module)
        classes.update(built)
        imports = namespace.imports
        modules.append(Module(path=module, items=(*built.values(),), imports=imports, future=True))
    own, namespace = _classes(context, root)
    classes.update(own)
    names = Counter(class_.name for class_ in classes.values())
    local = {
        id_: class_.name if id_ in own else _imported(context, namespace, id_, names)
        for id_, class_ in classes.items()
    }
    unclear = ambiguous(context)
    entries = [class_ for class_ in classes.values() if class_.id not in unclear]
    entries.sort(key=lambda entry: (entry.status, local[entry.id]))
    table = ErrorTable(
        base=namespace.core("api_error", "ApiError"),
        entries=tuple((_key(entry), local[entry.id]) for entry in entries),
        property=context.api.error_property,
    )
    imports = namespace.imports
    modules.append(Module(path=root, items=(*own.values(), table), imports=imports, future=True))
    sorted_classes = sorted(classes.values(), key=lambda class_: (class_.name, class_.id))
    return Errors(tuple(modules), tuple(sorted_classes))


def path(context: Context) -> str:
    """The module of the root's errors, which has the table of all errors."""
    package = "errors/__init__.py"
    if not context.fern:
        return "errors.py"
    return "errors/table.py" if context.settings.is_protected(package) else package


def ambiguous(context: Context) -> set[str]:
    """The errors whose status other errors have too: only the endpoint determines which one it is."""
    if context.api.error_property is not None:
        return set()
    counted = Counter(error.status for error in context.api.errors.values())
    return {id_ for id_, error in context.api.errors.items() if counted[error.status] > 1}


def local_name(context: Context, error: str, namespace: Namespace) -> str:
    """The local name of an error, which the module then imports."""
    type_location = context.errors[error]
    names = Counter(error.class_name for error in context.errors.values())
    alias = "" if names[type_location.class_name] == 1 else _prefixed(type_location)
    return namespace.use(Import(type_location.module, type_location.class_name, alias))


def _prefixed(type_location: TypeLocation) -> str:
    words = "".join(word.title().replace("_", "") for word in type_location.package) or "Root"
    return f"_{words}{type_location.class_name}"


def _imported(context: Context, namespace: Namespace, id_: str, names: Mapping[str, int]) -> str:
    """The name of another module's error in the root module, which exports it if it can."""
    type_location = context.errors[id_]
    if names[type_location.class_name] > 1:
        return local_name(context, id_, namespace)
    return namespace.use(
        Import(type_location.module, type_location.class_name, type_location.class_name)
    )


def _classes(context: Context, module: str) -> tuple[dict[str, ErrorClass], Namespace]:
    """The errors of a module by id, and the module's names."""
    declared = [x for x in _declared(context.api) if context.errors[x.id].module == module]
    used = {ref.id for error in declared if error.type for ref in queries.references(error.type)}
    defined = [context.errors[error.id].class_name for error in declared]
    namespace = context.namespace(module, defined, used, lazy=True)
    return {error.id: _class(context, error, namespace) for error in declared}, namespace


def _class(context: Context, error: ir.Error, namespace: Namespace) -> ErrorClass:
    type_location = context.errors[error.id]
    absent = error.empty and context.fern
    # A body that the class does not have needs no import.
    names = namespace.without_imports() if absent else namespace
    return ErrorClass(
        name=type_location.class_name,
        module=type_location.module,
        package=type_location.package,
        base=namespace.core("api_error", "ApiError"),
        status=error.status,
        typed=error.type is not None and not isinstance(error.type, ir.Unknown),
        body=names.annotation(error.type or ir.Unknown()),
        body_is="absent" if absent else "optional" if error.empty else "required",
        doc=error.doc,
        discriminant=error.discriminant,
        old_names=type_location.old_names,
        key=type_location.key,
        id=error.id,
        span=error.span,
    )


def _key(error: ErrorClass) -> str:
    if error.discriminant is not None:
        return literal(error.discriminant)
    return error.status if error.status.isdigit() else literal(error.status)
