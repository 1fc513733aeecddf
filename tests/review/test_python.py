"""The Python layer: changes of the client after a change of the description or the settings."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fiddlehead import package as py
from fiddlehead.review import Finding
from fiddlehead.review.python import compare_packages
from fiddlehead.review.rules import RULES
from fiddlehead.typing_.types import optional

from .clients import JOBS, Client, client, compared

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

WAITER = "      x-fiddlehead-waiter: {name: wait, property: $response.status, success: [done]}\n"

# rule: (location, what is replaced, by what)
CHANGES: dict[str, tuple[str, str, str]] = {
    "python-method-removed": (
        "jobs.events",
        "    events: {method: GET, path: /events, response: list<Event>}\n",
        "",
    ),
    "python-method-added": (
        "jobs.stop",
        "    events:",
        "    stop: {method: PUT, path: /a}\n    events:",
    ),
    "python-method-renamed": ("jobs.choose", "    choose:", "    pick:"),
    "python-method-call-changed": ("jobs.choose", "path: /either", "path: /other"),
    "python-method-stream-changed": (
        "jobs.choose",
        "path: /either, response: Either",
        "path: /either, response-stream: Either",
    ),
    "python-method-return-type-changed": ("jobs.choose", "response: Either", "response: Job"),
    "python-argument-removed": (
        "jobs.create.dry",
        "query-parameters: {dry: optional<boolean>}",
        "",
    ),
    "python-argument-renamed": (
        "jobs.create.dry",
        "dry: optional<boolean>",
        "dry: {type: optional<boolean>, name: only_check}",
    ),
    "python-argument-added-required": ("jobs.create.owner", "{dry:", "{owner: string, dry:"),
    "python-argument-added-optional": (
        "jobs.create.owner",
        "{dry:",
        "{owner: optional<string>, dry:",
    ),
    "python-argument-became-required": (
        "jobs.create.name",
        "{name: optional<string>",
        "{name: string",
    ),
    "python-argument-became-optional": (
        "jobs.create.order",
        "order: Order,",
        "order: optional<Order>,",
    ),
    "python-argument-type-widened": ("jobs.create.code", "code: integer", "code: Either"),
    "python-argument-type-narrowed": ("jobs.create.mark", "mark: Either", "mark: string"),
    "python-argument-type-changed": ("jobs.create.dry", "optional<boolean>", "optional<integer>"),
    "python-class-added": (
        "jobs.types.Plan",
        "  Truncate:",
        "  Plan: {properties: {id: string}}\n  Truncate:",
    ),
    "python-class-kind-changed": (
        "jobs.types.Status",
        "{enum: [waiting, done]}",
        "{properties: {waiting: string}}",
    ),
    "python-field-removed": ("jobs.types.Job.size", "      size: integer\n", ""),
    "python-field-added": (
        "jobs.types.Job.color",
        "      size:",
        "      color: optional<string>\n      size:",
    ),
    "python-field-renamed": (
        "jobs.types.Job.size",
        "size: integer",
        "size: {type: integer, name: length}",
    ),
    "python-field-added-required": (
        "jobs.types.Order.by",
        "      wish:",
        "      by: string\n      wish:",
    ),
    "python-field-became-required": ("jobs.types.Order.parts", "optional<integer>", "integer"),
    "python-field-became-optional": (
        "jobs.types.Order.wish",
        "wish: string",
        "wish: optional<string>",
    ),
    "python-field-type-widened": (
        "jobs.types.Job.size",
        "size: integer",
        "size: optional<integer>",
    ),
    "python-field-type-narrowed": ("jobs.types.Job.note", "note: optional<string>", "note: string"),
    "python-field-takes-more": ("jobs.types.Order.how", "how: string", "how: Either"),
    "python-field-takes-less": ("jobs.types.Order.what", "what: Either", "what: string"),
    "python-field-type-changed": ("jobs.types.Job.size", "size: integer", "size: string"),
    "python-type-value-added": ("jobs.types.Status", "[waiting, done]", "[waiting, done, lost]"),
    "python-type-value-no-longer-received": ("jobs.types.Status", "[waiting, done]", "[done, x]"),
    "python-type-value-removed": ("jobs.types.Truncate", "[START, END]", "[START, NONE]"),
    "python-type-member-added": (
        "jobs.types.Event",
        "{started: Job,",
        "{started: Job, paused: Job,",
    ),
    "python-type-member-no-longer-received": ("jobs.types.Event", "{started: Job, ended", "{ended"),
    "python-type-changed": ("jobs.types.Either", "[string, integer]", "[string, integer, boolean]"),
    "python-error-status-changed": ("jobs.errors.Missing", "status-code: 404", "status-code: 410"),
    "python-error-body-changed": ("jobs.errors.Missing", "404, type: string", "404, type: Job"),
}


@pytest.mark.parametrize("rule", CHANGES)
def test_each_change_of_the_description_is_found(rule: str, tmp_path: Path) -> None:
    location, old, new = CHANGES[rule]
    assert JOBS.count(old) == 1
    before, after = client(tmp_path / "old"), client(tmp_path / "new", JOBS.replace(old, new))
    result = compared(before, after).findings
    assert (rule, location) in {(finding.rule, finding.location) for finding in result}


def python_layer(old: Client, new: Client) -> list[Finding]:
    return [finding for finding in compared(old, new).findings if finding.layer == "python"]


def rules(actual: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.rule, finding.location) for finding in actual}


def test_a_class_of_the_same_shape_is_a_rename(tmp_path: Path) -> None:
    old = client(tmp_path / "old")
    new = client(tmp_path / "new", JOBS.replace("Truncate", "Truncation").replace("Job", "Task"))
    results = {argument.location: argument for argument in python_layer(old, new)}
    # The fields and methods that only name the class otherwise are not findings of their own.
    assert {value.rule for value in results.values()} == {"python-class-renamed"}
    assert set(results) == {"jobs.types.Job", "jobs.types.Truncate"}
    assert results["jobs.types.Job"].message == "jobs.types.Job is now jobs.types.Task"
    assert results["jobs.types.Job"].setting == '[naming.aliases]\n"jobs.types.Task" = ["Job"]'


def test_a_class_of_another_shape_is_no_rename(tmp_path: Path) -> None:
    old = client(tmp_path / "old")
    changed = JOBS.replace("Job", "Task").replace("      size: integer\n", "      weight: double\n")
    result = rules(python_layer(old, client(tmp_path / "new", changed)))
    assert ("python-class-removed", "jobs.types.Job") in result
    assert ("python-class-added", "jobs.types.Task") in result


RENAMES = {
    "class": ("Truncate", "Truncation"),
    "method": ("    choose:", "    pick:"),
    "argument": ("dry: optional<boolean>", "dry: {type: optional<boolean>, name: only_check}"),
    "field": ("size: integer", "size: {type: integer, name: length}"),
}


@pytest.mark.parametrize("thing", RENAMES)
def test_the_setting_of_a_rename_avoids_the_break(thing: str, tmp_path: Path) -> None:
    text = JOBS.replace(*RENAMES[thing])
    old, new = client(tmp_path / "old"), client(tmp_path / "new", text)
    finding = next(finding for finding in python_layer(old, new) if "renamed" in finding.rule)
    assert finding.rule == f"python-{thing}-renamed"
    assert finding.setting is not None
    (path, names), *rest = tomllib.loads(finding.setting)["naming"]["aliases"].items()
    assert rest == []
    sdk = client(tmp_path / "kept", text, aliases={path: tuple(names)})
    assert [finding for finding in python_layer(old, sdk) if finding.level == "breaking"] == []


def test_a_rename_in_the_settings_alone_is_found(tmp_path: Path) -> None:
    old = client(tmp_path / "old")
    new = client(tmp_path / "new", rename={"jobs.types.Job": "Task", "jobs.choose": "pick"})
    assert rules(python_layer(old, new)) == {
        ("python-class-renamed", "jobs.types.Job"),
        ("python-method-renamed", "jobs.choose"),
    }
    assert not [finding for finding in compared(old, new).findings if finding.layer == "api"]


def test_a_group_with_another_name_is_one_finding(tmp_path: Path) -> None:
    old, new = client(tmp_path / "old"), client(tmp_path / "new")
    (tmp_path / "other").mkdir()
    moved = client(tmp_path / "moved", "{}", files={"tasks.yml": JOBS})
    assert compared(old, new).findings == ()
    result = rules(python_layer(old, moved))
    assert ("python-group-renamed", "jobs") in result
    assert not {rule for rule, _ in result} & {"python-method-renamed", "python-method-removed"}


def test_an_added_or_removed_waiter_is_a_method(tmp_path: Path) -> None:
    waits = JOBS.replace(
        "      response: Job\n      errors", f"      response: Job\n{WAITER}      errors"
    )
    plain, waiting = client(tmp_path / "old"), client(tmp_path / "new", waits)
    assert ("python-method-added", "jobs.wait") in rules(python_layer(plain, waiting))
    assert ("python-method-removed", "jobs.wait") in rules(python_layer(waiting, plain))


def test_a_changed_order_of_positional_arguments_is_reported(tmp_path: Path) -> None:
    one = JOBS.replace(
        "/{id}\n      path-parameters: {id: string}",
        "/{id}/{part}\n      path-parameters: {id: string, part: string}",
    )
    other = one.replace("/{id}/{part}", "/{part}/{id}")
    result = rules(python_layer(client(tmp_path / "old", one), client(tmp_path / "new", other)))
    assert ("python-argument-moved", "jobs.get.id") in result


def changed(built: Client, **values: object) -> list[Finding]:
    """The findings between a package and itself with other values."""
    new = replace(built.package, **values)
    return compare_packages(built.api, built.api, built.package, new)


def test_changes_of_the_whole_client(tmp_path: Path) -> None:
    sdk = client(tmp_path / "old")
    root, environment = sdk.package.root, sdk.package.environment
    assert environment is not None
    assert ("python-package-renamed", "import") in rules(changed(sdk, name="other"))
    sync = replace(root.resource.sync, name="Other")
    renamed = replace(root, resource=replace(root.resource, sync=sync))
    assert ("python-client-renamed", root.name) in rules(changed(sdk, root=renamed))
    other = changed(sdk, http_library="httpx")
    assert ("python-http-library-changed", root.name) in rules(other)
    member = environment.members[0].name
    where = f"{environment.name}.{member}"
    moved = replace(environment, members=(replace(environment.members[0], urls=(("", "'u'"),)),))
    assert ("python-environment-changed", where) in rules(changed(sdk, environment=moved))
    gone = replace(environment, members=())
    assert ("python-environment-removed", where) in rules(changed(sdk, environment=gone))
    wide = replace(
        environment, members=(*environment.members, py.EnvironmentMember(name="EU", urls=()))
    )
    result = rules(changed(sdk, environment=wide))
    assert ("python-environment-added", f"{environment.name}.EU") in result


def test_changed_arguments_of_the_constructor_are_reported(tmp_path: Path) -> None:
    sdk = client(tmp_path / "old")
    root = sdk.package.root
    first, *rest = root.arguments
    later = next(declared for declared in rest if declared.name == "timeout")
    without = replace(root, arguments=(first, *(item for item in rest if item is not later)))
    assert ("python-argument-removed", f"{root.name}.timeout") in rules(changed(sdk, root=without))
    slow = replace(later, default="5.0")
    slower = replace(root, arguments=tuple(slow if a is later else a for a in root.arguments))
    result = rules(changed(sdk, root=slower))
    assert ("python-argument-default-changed", f"{root.name}.timeout") in result
    swapped = replace(later, kind="positional")
    positional = replace(root, arguments=(swapped, first))
    result = rules(changed(sdk, root=positional))
    assert ("python-argument-became-positional", f"{root.name}.timeout") in result


def with_method(built: Client, name: str, **values: object) -> list[Finding]:
    groups = tuple(
        replace(
            group,
            methods=tuple(
                replace(method, **values) if method.name == name else method
                for method in group.methods
            ),
        )
        for group in built.package.resources
    )
    return changed(built, resources=groups)


def test_settings_that_change_a_method(tmp_path: Path) -> None:
    sdk = client(tmp_path / "old")
    get = next(declared for _, declared in sdk.package.methods() if declared.name == "get")
    named = tuple(replace(argument, kind="keyword") for argument in get.arguments)
    result = rules(with_method(sdk, "get", arguments=named))
    assert ("python-argument-became-keyword-only", "jobs.get.id") in result
    assert rules(with_method(sdk, "get", deprecated="Use choose.")) == {
        ("python-method-became-deprecated", "jobs.get")
    }
    choose = next(item for _, item in sdk.package.methods() if item.name == "choose")
    wide = with_method(sdk, "choose", returns=optional(choose.returns))
    assert [(item.rule, item.kind) for item in wide] == [
        ("python-method-return-type-changed", "TYPE")
    ]
    none = replace(sdk.package, resources=())
    assert ("python-group-removed", "jobs") in rules(changed(sdk, resources=()))
    back = compare_packages(sdk.api, sdk.api, none, sdk.package)
    assert ("python-group-added", "jobs") in rules(back)
    group = sdk.package.resources[0]
    maybe = [replace(item, returns=optional(item.returns)) for item in group.methods]
    wide_package = replace(sdk.package, resources=(replace(group, methods=tuple(maybe)),))
    narrowed = compare_packages(sdk.api, sdk.api, wide_package, sdk.package)
    assert ("python-method-return-type-narrowed", "jobs.get") in rules(narrowed)


def with_type(built: Client, name: str, new: py.TypeDef, old: py.TypeDef) -> list[Finding]:
    before = replace(built.package, types={**built.package.types, name: old})
    after = replace(built.package, types={**built.package.types, name: new})
    return compare_packages(built.api, built.api, before, after)


def test_settings_that_change_a_class(tmp_path: Path) -> None:
    sdk = client(tmp_path / "old")
    types = {type_.name: (id, type_) for id, type_ in sdk.package.types.items()}
    id, job = types["Job"]
    assert isinstance(job, py.Model)
    based = replace(job, bases=("Base", *job.bases))
    assert rules(with_type(sdk, id, job, based)) == {
        ("python-class-base-removed", "jobs.types.Job")
    }
    assert rules(with_type(sdk, id, based, job)) == {("python-class-base-added", "jobs.types.Job")}
    id, order = types["Order"]
    assert isinstance(order, py.Model)
    parts = [
        replace(field, default="3") if field.name == "parts" else field for field in order.fields
    ]
    assert rules(with_type(sdk, id, replace(order, fields=tuple(parts)), order)) == {
        ("python-field-default-changed", "jobs.types.Order.parts")
    }
    id, status = types["Status"]
    values = tuple(py.Value(expression=f'"{name}"', name=name.upper()) for name in ("a", "b"))
    wide = py.EnumClass(name="Status", base="str", values=values, key=status.key, id=status.id)
    narrow = replace(wide, values=values[:1])
    assert rules(with_type(sdk, id, narrow, wide)) == {
        ("python-enum-member-removed", "jobs.types.Status.B")
    }
    assert rules(with_type(sdk, id, wide, narrow)) == {
        ("python-type-value-added", "jobs.types.Status.B")
    }
    # A union that users send.
    id, either = types["Either"]
    assert isinstance(either, py.Alias)
    sent = replace(either, id=order.id)
    less = replace(sent, variants=sent.variants[:1])
    assert rules(with_type(sdk, id, less, sent)) == {
        ("python-type-member-removed", "jobs.types.Either")
    }


def test_a_class_that_moved_to_another_group_is_imported_from_elsewhere(tmp_path: Path) -> None:
    shared = "types:\n  Truncate: {enum: [START, END]}\n"
    moved = "imports: {shared: shared.yml}\n" + JOBS.replace(
        "  Truncate: {enum: [START, END]}\n", ""
    ).replace("optional<Truncate>", "optional<shared.Truncate>")
    old = client(tmp_path / "old")
    new = client(tmp_path / "new", moved, files={"shared.yml": shared})
    result = rules(python_layer(old, new))
    assert ("python-import-moved", "import jobs.types Truncate") in result
    assert {rule for rule, _ in result} <= {"python-import-moved", "python-import-added"}


def test_names_that_are_imported_from_elsewhere(tmp_path: Path) -> None:
    sdk = client(tmp_path / "old")

    def exporting(*names: str, path: str = "extra/__init__.py") -> Client:
        exports = py.Exports(names=tuple(py.Export(name, ".x") for name in names))
        module = py.Module(path=path, items=(exports,))
        return Client(sdk.api, replace(sdk.package, modules=(*sdk.package.modules, module)))

    def actual(old: Client, new: Client) -> set[tuple[str, str]]:
        return rules(python_layer(old, new))

    assert actual(exporting("Job"), sdk) == {("python-import-moved", "import extra Job")}
    assert actual(sdk, exporting("Job")) == {("python-import-added", "import extra Job")}
    assert actual(exporting("Mine"), sdk) == {("python-import-removed", "import extra Mine")}


def test_every_rule_of_the_layer_is_tested() -> None:
    """Rules that are not in the table above have a test of their own."""
    names = ("test_python.py", "test_truth.py", "test_no_false_alarm.py")
    files = [Path(__file__).with_name(name) for name in names]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    missing = [
        rule.id for rule in RULES.values() if rule.layer == "python" and f'"{rule.id}"' not in text
    ]
    assert [name for name in missing if not name.endswith("-renamed")] == []


def test_the_setting_of_a_group_keeps_its_name(tmp_path: Path) -> None:
    old = client(tmp_path / "old")
    moved = {"tasks.yml": JOBS}
    new = client(tmp_path / "new", "{}", files=moved)
    finding = next(
        finding for finding in python_layer(old, new) if finding.rule == "python-group-renamed"
    )
    assert finding.setting is not None
    names = tomllib.loads(finding.setting)["naming"]["rename"]
    sdk = client(tmp_path / "kept", "{}", files=moved, rename=names)
    assert python_layer(old, sdk) == []


def test_an_old_name_of_a_group_is_as_good_as_the_group(tmp_path: Path) -> None:
    old = client(tmp_path / "old")
    new = client(tmp_path / "new", "{}", files={"tasks.yml": JOBS}, aliases={"tasks": ("jobs",)})
    result = python_layer(old, new)
    assert [finding for finding in result if finding.level == "breaking"] == []
    assert ("python-group-added", "tasks") in rules(result)


CHANNEL = """
channel:
  path: /live/{id}
  auth: true
  path-parameters: {id: string}
  query-parameters: {model: optional<string>}
  messages:
    say: {origin: client, body: string}
    wave: {origin: client, body: {name: Wave, properties: {height: integer}}}
    heard: {origin: server, body: string}
"""


def test_channels_and_their_messages(tmp_path: Path) -> None:
    old = client(tmp_path / "old", CHANNEL)
    changed = (
        CHANNEL.replace("model: optional<string>", "voice: optional<string>")
        .replace("    say:", "    shout:")
        .replace("{name: Wave, properties: {height: integer}}", "string")
    )
    result = rules([*compared(old, client(tmp_path / "new", changed)).findings])
    assert {
        ("channel-message-removed", "channel /live/{id} say"),
        ("channel-message-added", "channel /live/{id} shout"),
        ("channel-message-format-changed", "channel /live/{id} wave"),
        ("request-parameter-removed", "channel /live/{id} query.model"),
        ("python-argument-removed", "jobs.connect.model"),
        ("python-argument-type-changed", "JobsSocketClient.send_wave.message"),
        ("python-method-removed", "JobsSocketClient.send_say"),
    } <= result, sorted(result)
    assert compared(old, client(tmp_path / "same", CHANNEL)).findings == ()
    gone = rules([*compared(old, client(tmp_path / "gone")).findings])
    assert ("channel-removed", "channel /live/{id}") in gone
