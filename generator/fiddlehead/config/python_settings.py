"""The settings of the Python code that is generated, with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from ..frozen import dataclass


@dataclass(frozen=True)
class PydanticSettings:
    """Fern's `pydantic_config`, as far as it affects the output."""

    frozen: bool = False
    extra_fields: Literal["allow", "forbid", "ignore"] = "allow"
    enum_type: Literal["literals", "python_enums", "forward_compatible_python_enums"] = "literals"
    union_naming: Literal["v0", "v1"] = "v1"
    require_optional_fields: bool = False
    use_provided_defaults: bool = False
    coerce_numbers_to_str: bool = False
    """Whether models accept a number where the description has a string, and convert it."""
    positional_single_property_constructors: bool = False
    """Whether a model with one required field accepts its value by position."""
    orm_mode: bool = False
    """Whether models can be made from the attributes of other objects (`from_attributes`)."""
    skip_validation: bool = True
    """Layout `fern`: whether a response that does not match the description is kept unchanged.
    Otherwise it raises ParsingError, which is the default of a generators.yml."""


@dataclass(frozen=True)
class InitExport:
    """Names of a hand-written module that the package root exports."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ReadmeSection:
    """A section of README.md with Markdown from the settings."""

    title: str
    content: str


@dataclass(frozen=True)
class Dependency:
    """A dependency of the generated project, with a PEP 508 version specifier."""

    name: str
    specifier: str = ""
    optional: bool = False


@dataclass(frozen=True)
class KeepAlive:
    """TCP keep-alive probes: seconds before the first, seconds between probes, number of probes."""

    idle_seconds: int = 60
    interval_seconds: int = 30
    count: int = 5


@dataclass(frozen=True)
class PhaseTimeouts:
    """Seconds for phases of a request; the others have the timeout of the client."""

    connect: float | None = None
    read: float | None = None
    write: float | None = None


@dataclass(frozen=True)
class IdempotencyKey:
    """A header with a random key, so that a request can be retried safely."""

    header_name: str = "Idempotency-Key"
    methods: tuple[str, ...] = ("POST",)
    """The HTTP methods whose requests get the header, in upper case."""


@dataclass(frozen=True)
class PythonSettings:
    """How the Python code is generated."""

    client_class_name: str | None = None
    """The class of the root client; None means AcmeClient for the package `acme`. The asynchronous
    class has the prefix `Async`."""
    client_module: str = "client"
    exported_client_class_name: str | None = None
    """A hand-written class that docs and examples show instead of the generated one."""
    exported_client_module: str | None = None
    environment_class_name: str | None = None
    additional_init_exports: tuple[InitExport, ...] = ()
    exclude_types_from_init_exports: bool = False
    """Whether only the packages `types` export types; the client and groups export none."""
    inline_request_params: bool = True
    inline_path_params: bool = False
    flatten_union_request_bodies: bool = False
    use_typeddict_requests: bool = False
    """Layout `fern`: arguments accept plain dicts for objects, with a TypedDict for each class."""
    use_typeddict_requests_for_file_upload: bool = False
    """Layout `fern`: the same for the parts of a multipart body."""
    improved_imports: bool = True
    """Layout `fern`: if false, the child groups of a group are in a package `resources` of it."""
    respect_optional_request_body: bool = False
    """Layout `fern`: an optional body is one argument, `request`; otherwise, as in Fern, its
    properties are arguments. In layout `compact` it is always one argument."""
    timeout: float | None = 60.0
    """Seconds; None means no timeout."""
    timeouts: PhaseTimeouts | None = None
    max_retries: int = 2
    follow_redirects: bool = True
    stream_abstraction: bool = True
    """Annotate streams as `Stream[T]`; False means `Iterator[T]`, as in Fern."""
    default_bytes_stream_chunk_size: int | None = None
    tcp_keepalive: KeepAlive | None = None
    http_library: Literal["auto", "httpx2", "httpx"] | None = None
    """The HTTP library of the package; None means `Settings.http_library`."""
    auto_generate_idempotency_key: IdempotencyKey | None = None
    optional_auth: bool = False
    custom_pager_name: str | None = None
    offset_semantics: Literal["item-index", "page-index"] = "item-index"
    send_empty_bodies: bool = True
    """Layout `fern`: whether `core.http_client` sends a body without properties."""
    retry_status_codes: Literal["legacy", "recommended"] = "legacy"
    """Layout `fern`: whether all statuses from 500 on are retried, or only 502, 503 and 504."""
    datetime_milliseconds: bool = False
    """Whether datetimes are sent with three digits of seconds (`12:00:00.000Z`)."""
    recursion_limit: int | None = None
    """Importing the package raises Python's recursion limit to this number."""
    package_path: str | None = None
    """The package is a package inside `package`, at this path (`sub/dir`)."""
    license_header: str | None = None
    """Text that begins each Python file, as comments."""
    mypy_exclude: tuple[str, ...] = ()
    """Folders that mypy does not check, in the generated pyproject.toml."""
    readme_introduction: str | None = None
    """Markdown at the top of README.md, instead of the description of the API."""
    readme_sections: tuple[ReadmeSection, ...] = ()
    retry_connection_errors: bool = True
    """Layout `fern`: whether `core.http_client` repeats a request after a connection error."""
    pager_has_page_type: bool = True
    """Whether a pager has the type of its pages: `SyncPager[Item, Page]`."""
    user_agent: str | None = None
    fern_headers: bool = False
    """Whether requests have Fern's X-Fern-… headers."""
    platform_headers: Literal["none", "separate", "user-agent"] = "none"
    """Where requests have the platform: in X-Fern-Runtime and X-Fern-Platform, or in User-Agent."""
    user_agent_app_info: bool = False
    """Whether callers can add their application to User-Agent (`app_info`)."""
    custom_transport: bool = False
    """Whether the client has an argument `http_client` for a transport of the HTTP library."""
    import_paths: tuple[str, ...] = ()
    """Modules of the package that are imported with it if they exist."""
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    extra_dependencies: tuple[Dependency, ...] = ()
    pyproject_toml: str | None = None
    """TOML that is appended to the generated pyproject.toml."""
    websocket_clients: bool = True
    testing: bool = True
    """Whether the package has a fake client for tests of code that uses it (`PACKAGE.testing`)."""
    tests: bool = False
    """Whether pytest tests of the package are written to the folder `tests` of the output."""
    tests_over_http: bool = False
    """Whether these tests send their requests to a server on loopback instead of an in-memory
    transport."""
    tests_exclude: tuple[str, ...] = ()
    """Methods without a test: `jars.get`, or `jars.*` for all of a group and of its groups."""
    use_request_defaults: Literal["none", "parameters", "all"] = "none"
    pydantic: PydanticSettings = PydanticSettings()
