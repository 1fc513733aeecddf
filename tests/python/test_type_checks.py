"""Type checkers accept generated packages of many kinds: one run of each checker over all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from ..support import checkers
from . import test_custom_pagers, test_errors, test_extras, test_honoured, test_types, test_webhooks
from .workbench import make


@dataclass(frozen=True)
class Checked:
    """A description, the settings, and modules that use the package."""

    text: str | Mapping[str, str]
    settings: str = ""
    layout: str = "compact"
    uses: Mapping[str, str] = field(default_factory=dict[str, str])


EXTRAS = """
from .client import AcmeClient
from .types import Limit, TeamLimits


def calls(client: AcmeClient, team: TeamLimits) -> int:
    found: Limit = client.limits().__pydantic_extra__["chat"]
    return found.calls + team.__pydantic_extra__["chat"].calls
"""

ERRORS = {path.name: path.read_text(encoding="utf-8") for path in test_errors.CASE.iterdir()}
PAGER = '[python]\ncustom-pager-name = "LinkPager"\n'
PACKAGES = {
    "names_that_are_taken": Checked(test_types.TAKEN),
    "old_names": Checked(test_types.RENAMED, test_types.RENAMES),
    "old_names_of_a_group": Checked(test_types.RENAMED, test_types.RENAMED_GROUP),
    "further_properties": Checked(test_extras.SCHEMAS, uses={"use.py": EXTRAS}),
    "flat_unions": Checked(test_honoured.PAYMENTS, test_honoured.FLAT),
    "keepalive": Checked(test_honoured.PAYMENTS, test_honoured.KEEPALIVE),
    "webhooks_by_secret": Checked(test_webhooks.OPENAPI),
    "webhooks_by_key": Checked(test_webhooks.BY_KEY_AND_BY_SECRET),
    **{
        kind: Checked(test_types.ENUM, f'[python.pydantic]\nenum_type = "{kind}"\n')
        for kind in ("python_enums", "forward_compatible_python_enums")
    },
    **{
        f"errors_of_one_status_{layout}": Checked(ERRORS, layout=layout)
        for layout in ("compact", "fern")
    },
    **{
        f"custom_pagers_{layout}": Checked(test_custom_pagers.OPENAPI.lstrip(), PAGER, layout)
        for layout in ("compact", "fern")
    },
}


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, checkers.Errors]:
    """The errors of each checker for each package."""
    folder = tmp_path_factory.mktemp("checked")
    for name, package in PACKAGES.items():
        place = tmp_path_factory.mktemp(name)
        built = make(place, package.text, package.settings, layout=package.layout)
        inside = {
            path.removeprefix("acme/"): text
            for path, text in built.files.items()
            if path.startswith("acme/")
        }
        for path, text in {**inside, **package.uses}.items():
            file = folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    both = (checkers.mypy, checkers.pyright)
    return {checker.__name__: checker(folder, [*PACKAGES]) for checker in both}


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
@pytest.mark.parametrize("name", PACKAGES)
def test_it_has_no_type_errors(
    errors: Mapping[str, checkers.Errors], name: str, checker: str
) -> None:
    assert errors[checker][name] == []
