"""README.md of the generated project: how to use the package."""

from __future__ import annotations

from collections.abc import Iterator

from ... import ir, markdown
from ...frozen import dataclass
from ...package import Method, Resource
from ..examples.value_expressions import Imports
from .entries import USAGE
from .facts import Facts
from .project import oldest_python
from .readme_texts import CAREFUL, ERRORS, LOGS, OWN_CLIENT, RAW, RETRIES, SOCKETS, UNKNOWN, WAITING


@dataclass(frozen=True)
class Part:
    """A section of the page: a heading, its anchor, and Markdown."""

    heading: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Readme:
    """The whole page, as Markdown."""

    title: str
    header: str
    text: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class _Shown:
    """The parts of an example: imports, the construction of the client, the call."""

    imports: list[str]
    construct: list[str]
    call: list[str]


def readme(facts: Facts) -> Readme:
    """The README of a package, with sections for the features of the API."""
    anchors = markdown.Anchors()
    title = facts.distribution
    anchors.add(title)
    anchors.add("Contents")
    parts = tuple(Part(title, anchors.add(title), text) for title, text in _parts(facts) if text)
    return Readme(
        title=markdown.words(title),
        header=facts.package.header.replace("--", "- -"),
        text=_introduction(facts),
        parts=parts,
    )


def _introduction(facts: Facts) -> str:
    own = facts.settings.python.readme_introduction
    if own is not None:
        return own.strip("\n")
    return markdown.prose(facts.api.doc or f"The Python client of {facts.title}.")


def _parts(facts: Facts) -> Iterator[tuple[str, str]]:
    yield "Installation", _installation(facts)
    main = main_method(facts)
    if main is not None:
        method = main[1]
        yield "Usage", _usage(facts, method)
        yield "Asynchronous use", _asynchronous(facts, method)
    yield "Streaming", _kind(facts, "stream", _used("stream"))
    yield "Pages", _kind(facts, "pages", _used("pages"))
    yield "Waiting", _kind(facts, "wait", WAITING)
    yield "WebSockets", _kind(facts, "socket", SOCKETS)
    yield "Downloads", _kind(facts, "download", _used("download"))
    yield "Uploads", _uploads(facts)
    short = _short(facts)
    if short is not None:
        yield "Errors", ERRORS.format(example=_block(error_handling(facts)))
        yield "Headers and status", _raw(short[0], short[1])
    yield "Timeouts and retries", _retries(facts, short[1] if short else None)
    yield "Your own HTTP client", _own_client(facts)
    yield "Unknown values", UNKNOWN
    yield "Logging", LOGS.format(package=facts.settings.import_name)
    for section in facts.settings.python.readme_sections:
        content = section.content.replace("{{ packageName }}", facts.distribution)
        yield markdown.one_line(section.title), content.strip("\n")


def _installation(facts: Facts) -> str:
    library = facts.settings.http_library
    http = "`httpx2` (on Python 3.10 `httpx`)" if library == "auto" else f"`{library}`"
    python = oldest_python(facts.settings)
    channels = facts.settings.python.websocket_clients and any(ir.channels(facts.api.root))
    sockets = ", `websockets` 14 or newer" if channels else ""
    needs = f"Python {python} or newer, with {http}, `pydantic` 2.11 or newer{sockets} and `typing_extensions`."
    install = markdown.fenced(f"pip install {facts.distribution}", "sh")
    return f"{install}\n\nRequirements: {needs}"


def _usage(facts: Facts, method: Method) -> str:
    text = [markdown.fenced(facts.example_code(method), "python")]
    auth = facts.authentication()
    if auth:
        text += ["The client authenticates with:", "\n".join(auth)]
    text.append("[reference.md](reference.md) documents every method with an example.")
    return "\n\n".join(text)


def _asynchronous(facts: Facts, method: Method) -> str:
    kinds = {x.kind for _, x in _methods(facts)}
    streams = [word for kind, word in _ITERATED.items() if kind in kinds]
    text = [
        f"`Async{facts.client}` has the same methods, which are awaited:",
        markdown.fenced(facts.example_code(method, is_async=True), "python"),
    ]
    more: list[str] = []
    if streams:
        words = " and ".join(streams)
        more.append(
            f"{words[0].upper()}{words[1:]} are iterated with `async for`, without `await`."
        )
    if "pages" in kinds:
        more.append("For pages, `await` gives an object that `async for` iterates.")
    if "socket" in kinds:
        more.append("WebSockets are opened with `async with`.")
    return "\n\n".join([*text, *([" ".join(more)] if more else [])])


_ITERATED = {"stream": "streams", "download": "downloads"}


def _kind(facts: Facts, kind: str, text: str) -> str:
    method = next((x for _, x in _methods(facts) if x.kind == kind and x.examples), None)
    if method is None:
        return ""
    example = markdown.fenced(facts.example_code(method), "python")
    return text.format(example=example, package=facts.place("WaitFailedError", "core.waiter"))


def _used(kind: str) -> str:
    return f"{USAGE[kind]}:\n\n{{example}}"


def _uploads(facts: Facts) -> str:
    """The first upload, preferably one whose example has a file."""
    methods = [
        method
        for _, method in _methods(facts)
        if method.examples and any(argument.location == "file" for argument in method.arguments)
    ]
    required = (
        method
        for method in methods
        if any(x.required for x in method.arguments if x.location == "file")
    )
    method = next(required, next(iter(methods), None))
    if method is None:
        return ""
    return f"{USAGE['upload']}:\n\n{markdown.fenced(facts.example_code(method), 'python')}"


def error_handling(facts: Facts) -> list[str]:
    """The lines of an example that handles errors; empty without a request to show."""
    example = _short(facts)
    if example is None:
        return []
    method = example[1]
    code = _split_example(method)
    classes = facts.errors(method)
    preferred = [name for name in ("NotFoundError", "BadRequestError") if name in classes]
    specific = next(iter((*preferred, *classes)), None)
    imports = _imported(code.imports, "ApiError", facts.place("ApiError", "core.api_error"))
    caught: list[str] = []
    if specific is not None:
        imports = _imported(imports, specific, facts.error_place(method, specific))
        caught = [f"except {specific} as error:", "    print(error.body)"]
    return [
        *imports,
        "",
        *code.construct,
        "try:",
        *(f"    {line}" for line in code.call),
        *caught,
        "except ApiError as error:",
        "    print(error.status_code, error.headers, error.body)",
    ]


def _raw(resource: Resource, method: Method) -> str:
    if method.raw is None:
        return ""
    split = _split_example(method)
    plain = ".".join(("client", *resource.attribute))
    call = split.call[0].replace(f"{plain}.", f"{plain}.with_raw_response.", 1)
    code = [
        *split.imports,
        "",
        *split.construct,
        f"response = {call}",
        *split.call[1:],
        "print(response.status_code, response.headers)",
        "print(response.data)",
    ]
    return RAW.format(example=_block(code))


def _retries(facts: Facts, method: Method | None) -> str:
    arguments = {argument.name for argument in facts.package.root.arguments}
    if method is None or not {"timeout", "max_retries"} <= arguments:
        return ""
    split = _split_example(method)
    construct = _with(split.construct, "timeout=20.0, max_retries=5")
    call = _with(split.call, 'request_options={"timeout": 5.0, "max_retries": 0}')
    code = [*split.imports, "", *construct, *call]
    careful = "" if facts.settings.layout == "fern" else CAREFUL
    return RETRIES.format(example=_block(code), careful=careful)


def _own_client(facts: Facts) -> str:
    example = _short(facts)
    arguments = {argument.name for argument in facts.package.root.arguments}
    if example is None or "httpx_client" not in arguments:
        return ""
    split = _split_example(example[1])
    library = "httpx" if facts.settings.http_library == "httpx" else "httpx2"
    keyword = f'httpx_client={library}.Client(headers={{"X-Team": "search"}})'
    code = [f"import {library}", "", *split.imports, ""]
    code += [*_with(split.construct, keyword), *split.call]
    return OWN_CLIENT.format(example=_block(code), library=library)


def _methods(facts: Facts) -> Iterator[tuple[Resource, Method]]:
    for resource in facts.resources:
        for method in resource.methods:
            if not method.alias_of and method.deprecated is None:
                yield resource, method


def main_method(facts: Facts) -> tuple[Resource, Method] | None:
    """The method for the main example: the first one that has a body and returns a value."""
    documented = [method for method in _methods(facts) if method[1].examples]
    plain = [
        entry
        for entry in documented
        if entry[1].kind == "request" and entry[1].returns.head != "None"
    ]
    bodies = ("body", "part", "file", "request")
    rich = [x for x in plain if any(y.location in bodies for y in x[1].arguments)]
    return next(iter(rich or plain or documented), None)


def _short(facts: Facts) -> tuple[Resource, Method] | None:
    """The request with the shortest example, preferably with arguments and a result."""
    candidates = [
        method for method in _methods(facts) if method[1].examples and method[1].kind == "request"
    ]
    with_result = [entry for entry in candidates if entry[1].returns.head != "None"]
    taking = [entry for entry in with_result if "()" not in _split_example(entry[1]).call[0]]
    best = taking or with_result or candidates
    return min(best, key=lambda entry: len("".join(_split_example(entry[1]).call)), default=None)


def _split_example(method: Method) -> _Shown:
    lines = method.examples[0].code.split("\n")
    last = max(i for i, line in enumerate(lines) if line.startswith(("import ", "from ")))
    at = next(i for i, line in enumerate(lines) if line.startswith("client = "))
    after = next(
        i for i, line in enumerate(lines) if i > at and not line.startswith((" ", ")")) and line
    )
    return _Shown(lines[: last + 1], lines[at:after], lines[after:])


def _imported(lines: list[str], name: str, module: str) -> list[str]:
    """The import lines with one more name, combined with other names of its module."""
    at = lines.index("") + 1 if "" in lines else 0
    imports = Imports()
    imports.name(module, name)
    for line in lines[at:]:
        package, _, names = line.removeprefix("from ").partition(" import ")
        for text in names.split(", "):
            imports.name(package, text)
    return [*lines[:at], *imports.lines()]


def _with(call: list[str], argument: str) -> list[str]:
    """A call with one more argument."""
    if len(call) > 1:
        return [*call[:-2], call[-2].removesuffix(",") + ",", f"    {argument},", call[-1]]
    start = call[0][:-1]
    line = f"{start}{'' if start.endswith('(') else ', '}{argument})"
    if len(line) <= 88:
        return [line]
    opening = line.index("(") + 1
    return [line[:opening], f"    {line[opening:-1]}", ")"]


def _block(lines: list[str]) -> str:
    return markdown.fenced("\n".join(lines), "python")
