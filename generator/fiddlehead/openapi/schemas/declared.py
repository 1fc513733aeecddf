"""The schemas that are declared under a name of their own, because something refers to them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frozen import dataclass
from ...source import Node
from ..document.context import Context
from .ids import SchemaIds
from .metadata import candidate_names, package_of
from .ref_names import words_of_target
from .registry import Registry


@dataclass(frozen=True)
class Waiting:
    """A declaration whose schema is not converted yet."""

    id: str
    target: Node
    place: NameContext


class DeclaredSchemas:
    """Opens a declaration for each target of a reference; its content is converted later, so that
    references can form cycles.

    `convert` converts the schema of a declaration and stores the result in the registry.
    """

    def __init__(
        self,
        context: Context,
        registry: Registry,
        ids: SchemaIds,
        convert: Callable[[str, Node, NameContext], None],
    ) -> None:
        self._context = context
        self._registry = registry
        self._ids = ids
        self._convert = convert
        self._waiting: deque[Waiting] = deque()
        self._unfilled: dict[str, Waiting] = {}
        self._resolved: dict[str, tuple[Node, str]] = {}

    def id_of(self, target: Node) -> str:
        """The provisional id of the declaration of a reference's target."""
        target = self._ids.through(target)
        id = self._ids.of(target)
        first, chosen = self._resolved.get(id, (target, None))
        if first is not target:
            return self.id_of(first)
        named = self._ids.named_by(id)
        if named is not None:
            return self.id_of(named)
        if id in self._registry.entries:
            return id
        package = package_of(self._context, target)
        name = words_of_target(self._ids, target)
        place = NameContext(name.words, package, id, name.long)
        names = candidate_names(self._context, target, place)
        if (
            name.component
            and names[0].exact
            and self._context.importer.type_names_begin_inline_names
        ):
            place = NameContext(names[0].words, package, id, name.long)
        component = name.component
        if chosen is not None:
            names = [ir.Name((chosen,), exact=True)]
            if self._context.settings.layout == "fern":
                place = NameContext((chosen,), package, id)
        elif not component:
            names = [*names, ir.Name(name.long)]
        owner = None if component else id
        entry = self._registry.open(
            id, names, package, target.span, component=component, owner=owner
        )
        if entry is not None:
            waiting = self._unfilled[id] = Waiting(id, target, place)
            self._waiting.append(waiting)
        return id

    def work(self) -> None:
        """Read the referenced components until none is left."""
        while self._waiting:
            waiting = self._waiting.popleft()
            if waiting.id in self._unfilled:
                self.fill(waiting)

    def fill_now(self, id: str) -> None:
        """Convert the schema of a declaration, if it is not converted yet."""
        waiting = self._unfilled.get(id)
        if waiting is not None:
            self.fill(waiting)

    def take_waiting(self) -> list[Waiting]:
        """Takes the declarations whose schemas are not converted yet."""
        taken = [*self._waiting]
        self._waiting.clear()
        return taken

    def add_waiting(self, waiting: Iterable[Waiting]) -> None:
        self._waiting.extend(waiting)

    def declare(self, node: Node) -> None:
        """Declare one component, without the components that it refers to."""
        self.id_of(node)
        self.fill(self._waiting.popleft())
        self._waiting.clear()

    def resolve(self, name: str, targets: list[Node]) -> None:
        """Declare several schemas as one, with the name `name` (x-fern-resolutions)."""
        first = targets[0]
        for target in targets:
            self._resolved[self._ids.of(target)] = (first, name)

    def fill(self, waiting: Waiting) -> None:
        """Convert the schema of a declaration."""
        self._unfilled.pop(waiting.id, None)
        reads = self._context.references.reads
        if reads is None:
            self._convert(waiting.id, waiting.target, waiting.place)
            return
        with reads.of(waiting.target.pointer):
            self._convert(waiting.id, waiting.target, waiting.place)
