"""The methods of generated clients, called with all arguments, send requests that Prism accepts."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ..conformance import subjects
from ..conformance.workshop import Workshop
from ..support import examples, pipeline
from ..support.pipeline import ROOT, SHARED, Generated
from . import mock, violations
from .conftest import Record
from .violations import Report, Violation

KNOWN_FILE = Path(__file__).parent / "known_violations.yaml"
FAULTS = ("description", "prism")

SPECS = SHARED / "specs"
DESCRIPTIONS = {
    name: path
    for name, path in {
        "cohere": SPECS / "cohere" / "openapi.yaml",
        "resend": SPECS / "resend.yaml",
        "petstore": SPECS / "petstore.yaml",
        "qdrant": SPECS / "qdrant.json",
        "adyen": SPECS / "adyen" / "CheckoutService-v71.yaml",
        "twilio_lookups_v1": SPECS / "twilio_lookups_v1.yaml",
        "asana": SPECS / "asana.yaml",
        "figma": SPECS / "figma.yaml",
        "mistral": SPECS / "mistral.yaml",
        "openai": SPECS / "openai.yaml",
        "kestra": SPECS / "kestra.yml",
        "label_studio": SPECS / "label-studio" / "openapi" / "openapi.yaml",
    }.items()
    if path.exists()
}

pytestmark = pytest.mark.skipif(not mock.is_possible(), reason="needs Node.js and npm, for Prism")


@dataclass(frozen=True)
class Known:
    """An entry of the list of violations that are not the client's."""

    actual: Violation
    """A message that ends in `*` is the beginning of messages."""
    fault: str
    reason: str

    def covers(self, violation: Violation) -> bool:
        message = self.actual.message
        if violation.operation != self.actual.operation:
            return False
        if message.endswith("*"):
            return violation.message.startswith(message[:-1])
        return violation.message == message


def known(name: str) -> Iterator[Known]:
    """The entries of a description, one for each violation of each operation."""
    document = yaml.safe_load(KNOWN_FILE.read_text(encoding="utf-8"))
    for entry in document.get(name) or ():
        assert entry["fault"] in FAULTS and entry["reason"].strip(), entry
        for operation in entry["operations"]:
            for message in entry["violations"]:
                yield Known(Violation(operation, message), entry["fault"], entry["reason"])


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    mock.install()


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("prism"))


def test_the_committed_client(tmp_path: Path, record: Record) -> None:
    spec = ROOT / "spec" / "openapi.yaml"
    built = pipeline.make(spec, "cohere", ROOT / "fiddlehead.toml")
    check("committed", built, spec, ROOT / "generated", tmp_path, record)


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_real_description(workshop: Workshop, tmp_path: Path, record: Record, name: str) -> None:
    spec = DESCRIPTIONS[name]
    built = workshop.get(subjects.subject(name, spec, "compact"))
    check(name, built.generated, spec, built.folder, tmp_path, record)


def check(
    name: str, generated: Generated, spec: Path, folder: Path, place: Path, record: Record
) -> None:
    """Calls every method of the package in `folder`, and compares Prism's violations with the
    list."""
    package = generated.package.name
    prism = mock.Prism(mock.readable(spec, place), place / "prism.log")
    with prism, examples.importable(folder, package):
        report = violations.find(generated, prism, importlib.import_module(package))
    expected = list(known(name))
    results = set(report.violations)
    record(name, report.called, report.requests, len(results))
    assert report.called == sum(
        method.alias_of is None and method.kind != "wait"
        for _, method in generated.package.methods()
    )
    new = sorted((v for v in results if not any(e.covers(v) for e in expected)), key=str)
    assert not new, text(new, report)
    gone = [item.actual for item in expected if not any(map(item.covers, results))]
    assert not gone, f"listed in {KNOWN_FILE.name}, but does not occur: {gone}"
    unreported = [item for item in prism.logged() if item not in texts(report)]
    assert not unreported, f"only in Prism's log: {unreported}"


def texts(report: Report) -> str:
    return "\n".join(violation.message for violation in report.violations)


def text(new: list[Violation], report: Report) -> str:
    """Violations, and the requests that have them."""
    lines = [f"{diagnostic.operation} | {diagnostic.message}" for diagnostic in new]
    operations = dict.fromkeys(item.operation for item in new)
    details = [f"--- {operation}\n{report.details[operation]}" for operation in operations]
    return "\n".join(["violations that are not listed:", *lines, *details])[:20_000]
