"""The settings of a run as frozen values, with their defaults."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Literal

from ..diagnostics import Span
from ..frozen import dataclass, replace
from ..source import Node
from .rules import RuleSetting


@dataclass(frozen=True)
class ImporterSettings:
    """How OpenAPI is read: Fern's `settings` of a spec (source: Fern's generators.yml)."""

    title_as_schema_name: bool = True
    type_dates_as_strings: bool = False
    object_query_parameters: bool = True
    idiomatic_request_names: bool = True
    respect_nullable_schemas: bool = True
    wrap_references_to_nullable_in_optional: bool = False
    coerce_optional_schemas_to_nullable: bool = False
    inline_path_parameters: bool = False
    inline_all_of_schemas: bool = False
    coerce_enums_to_literals: bool = True
    coerce_consts_to: Literal["literals", "enums", "enumsCoerceableToLiterals"] = (
        "enumsCoerceableToLiterals"
    )
    message_naming: Literal["v1", "v2"] = "v1"
    """AsyncAPI 2, layout `fern`: with `v2`, the variants of a message have the names of messages,
    and names of inline types do not begin with `websocket`."""
    suffix_path_parameters: bool = False
    """Layout `fern`: whether a path parameter with the name of another argument gets the suffix
    `_path_param`. Otherwise a property of the body gets the name of the request as a prefix."""
    type_names_begin_inline_names: bool = False
    annotated_all_of_is_type: bool = False
    """Layout `fern`: whether an `allOf` of a `$ref` and annotations is a type of its own."""
    prefer_undiscriminated_unions_with_literals: bool = False
    only_include_referenced_schemas: bool = False
    respect_readonly_schemas: bool = False
    respect_forward_compatible_enums: bool | None = None
    use_bytes_for_binary_response: bool = False
    default_form_parameter_encoding: Literal["json", "form"] = "json"
    preserve_single_schema_oneof: bool = False
    resolve_aliases: bool = False
    group_environments_by_host: bool = False
    remove_discriminants_from_schemas: Literal["always", "never"] = "always"
    path_parameter_order: Literal["urlOrder", "specOrder"] = "urlOrder"
    ignore_tags: bool = False
    optional_additional_properties: bool = True
    client_defaults: bool = True
    """Whether `x-fern-default` is a default that the client sends."""
    unknown_may_be_null: bool = False
    """Layout `fern`: whether a value without a type may be null too."""
    audiences_select_properties: bool = False
    """Layout `fern`: whether a schema with properties for one of the audiences loses all others,
    and any other schema none."""
    conditional_bodies_have_classes: bool = False
    """Layout `fern`: whether a component that is used only as the body of an operation with a
    stream condition has a class."""
    respect_parameter_content: bool = False
    """Layout `fern`: whether a header with `content` has the type of its schema."""
    required_applies_to_all_of: bool = True
    """Layout `fern`: whether `required` next to an `allOf` applies to the properties of its inline
    members."""
    redeclared_properties_stay_required: bool = False
    """Layout `fern`: whether a required property that an `allOf` declares again stays required."""
    endpoints: tuple[str, ...] = ()
    """Include only these operations, as `METHOD /path` (`filter.endpoints`); empty means all."""


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


@dataclass(frozen=True)
class NamingSettings:
    """Names in the settings: `rename` maps generated names to other names.

    Keys of `rename` and `aliases` are paths that `fiddlehead names` prints: `types.EmbedJob`,
    `types.EmbedJob.job_id`, `embed_jobs.create`, `embed_jobs.create.truncate`. `aliases` maps a
    path to old names that still work, with a warning. Layout `fern` ignores `dissolve_title_groups`
    and `short_names`.
    """

    smart_casing: bool = True
    digit_word_boundary: bool = False
    group_underscores: bool = False
    """Whether groups keep underscores around their names (`client._agents`)."""
    dissolve_title_groups: bool = True
    """Whether a group that only repeats the API's title or the package is merged into the client.
    """
    short_names: bool = True
    """Whether hashes in ids are removed, and names over 60 characters are shortened."""
    rename: Mapping[str, str] = field(default_factory=dict[str, str])
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class Description:
    """An additional description of the API: its operations become methods of the same client."""

    spec: Path
    namespace: str | None = None
    """The group of its groups and types; None means the root."""
    overrides: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    importer: ImporterSettings = ImporterSettings()


@dataclass(frozen=True)
class DocsSettings:
    """The design of the docs site (`fiddlehead docs`)."""

    templates: Path | None = None
    """A folder with templates that replace those of the site (`custom_templates.SITE`)."""
    logo: Path | None = None
    """An image for the top bar."""
    css: Path | None = None
    """A style sheet that is loaded after the site's own."""


@dataclass(frozen=True)
class Settings:
    """All inputs of a run except the description and fiddlehead itself."""

    spec: Path
    output: Path
    package: str
    spec_label: str
    """The name of the description in the headers of generated files."""
    spec_path: str = ""
    """The path of the description relative to the settings file, for the manifest; only the name if
    it comes from the command line."""
    overrides: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    """Documents of the Overlay Specification, applied in this order after the overrides."""
    namespace: str | None = None
    """The group of all groups and types of the description."""
    further: tuple[Description, ...] = ()
    """Descriptions besides `spec`, in the order in which they are merged."""
    one_of_several: bool = False
    """Whether this is one of several descriptions of one client."""
    folder: str | None = None
    """The folder in `output` with the modules of the package; None means the package name."""
    layout: Literal["compact", "fern"] = "compact"
    project: bool = True
    """Whether a project (pyproject.toml, README.md, reference.md) is written next to the package.
    """
    distribution: str | None = None
    version: str = "0.1.0"
    installed_version: bool = False
    """Layout `fern`: whether `__version__` is the version of the installed distribution, as in
    Fern's packages; `version` is for a package that is not installed."""
    audiences: tuple[str, ...] = ()
    """Include only elements for these audiences; empty means all."""
    keep: tuple[str, ...] = ()
    """Patterns of files in the output that fiddlehead never changes (as in .fernignore)."""
    protected: Container[str] = field(default=(), compare=False)
    """The paths in the output that these patterns and those of a .fernignore match."""
    templates: Path | None = None
    """A folder with templates that replace those of the client (`custom_templates`)."""
    importer: ImporterSettings = ImporterSettings()
    python: PythonSettings = PythonSettings()
    naming: NamingSettings = NamingSettings()
    docs: DocsSettings = DocsSettings()
    base_url: str | None = None
    """The URL of the published docs site (`fiddlehead docs`)."""
    rules: tuple[RuleSetting, ...] = ()
    """The severities of codes (`[rules]`)."""
    api: Node | None = None
    """The API settings of generators.yml: `auth`, `auth-schemes`, `headers`, `environments` and
    others, in Fern's format. They take precedence over the description."""
    fern: Path | None = None
    """The Fern folder of the descriptions and settings: the folder of the API."""
    file: Path | None = None
    """The settings file, for messages."""
    places: Mapping[str, Span] = field(default_factory=dict[str, Span], compare=False, repr=False)
    """The locations of naming settings in that file, for messages: by `rename.types.EmbedJob`, with
    underscores instead of dashes."""

    @property
    def import_name(self) -> str:
        """The name by which users import the package."""
        path = self.python.package_path
        return f"{self.package}.{path.replace('/', '.')}" if path else self.package

    def with_package_path(self) -> Settings:
        """The settings with the folder of a package that is inside `package`."""
        path = self.python.package_path
        if not path:
            return self
        folder = self.output / (self.folder or self.package) / path
        return replace(self, output=folder.parent, folder=folder.name)

    def without_package_path(self) -> Settings:
        """The settings with the folder of `package` itself, as they were before `with_package_path`."""
        path = self.python.package_path
        if not path:
            return self
        package = self.owned_folder.parents[path.count("/")]
        folder = None if package.name == self.package else package.name
        return replace(self, output=package.parent, folder=folder)

    @property
    def owned_folder(self) -> Path:
        """The folder of the package."""
        return self.output / (self.folder or self.package)

    def is_protected(self, path: str) -> bool:
        """Whether the module of the package at `path` is written by hand."""
        return f"{self.folder or self.package}/{path}" in self.protected

    def descriptions(self) -> Iterator[Settings]:
        """The settings for each single description, starting with the one of `spec`."""
        yield replace(self, further=(), one_of_several=bool(self.further))
        for further in self.further:
            yield replace(
                self,
                spec=further.spec,
                spec_label=further.spec.name,
                namespace=further.namespace,
                overrides=further.overrides,
                overlays=further.overlays,
                importer=further.importer,
                further=(),
                one_of_several=True,
            )

    @property
    def channels(self) -> bool:
        """Whether anything is generated for the channels of an API."""
        return self.python.websocket_clients

    @property
    def http_library(self) -> Literal["auto", "httpx2", "httpx"]:
        """The HTTP library of the package. `auto` is httpx2 if the Python version supports it;
        Fern's clients use httpx."""
        return self.python.http_library or ("httpx" if self.layout == "fern" else "auto")
