"""The changes since a previous description: a page, a feed, and redirects for moved pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from ..config import Settings
from ..frozen import dataclass
from ..ir import Api
from ..markdown import code, words
from ..package import Package
from ..python.pages.facts import Facts
from ..python.pages.type_entries import Item, Section
from ..review import Finding, Review
from ..review.finding_groups import Group, grouped
from .markup import SCHEME
from .page import SitePage
from .page_writer import Plan, methods

PATH = "changes"
MOST_FEED_ITEMS = 200
"""The maximum number of changes in the feed, most severe first."""
_LONGEST = 120
"""The maximum length of a type that is shown before and after."""
_TITLES = (("breaking", "Breaking"), ("notice", "Worth a look"), ("info", "New and changed"))


@dataclass(frozen=True)
class Changes:
    """The previous API, and the findings of the review."""

    review: Review
    old_api: Api
    old_package: Package

    def moved(self, settings: Settings, new: Facts, plan: Plan) -> dict[str, str]:
        """The old and new addresses of methods and types that moved."""
        old = Facts(self.old_api, self.old_package, settings)
        before = Plan.of(old).paths
        by_method = {method.id: method.key for _, method in methods(new)}
        by_name = {type_def.name: id_ for id_, type_def in new.types}
        renamed = {
            finding.before: finding.after
            for finding in self.review.findings
            if finding.rule == "python-class-renamed"
        }
        keys = {method.key: by_method.get(method.id) for _, method in methods(old)}
        for id_, type_def in old.types:
            name = renamed.get(type_def.name, type_def.name)
            keys[id_] = by_name.get(name or "") or (id_ if id_ in plan.paths else None)
        taken = {path.casefold() for path in plan.paths.values()}
        return {
            before[key]: plan.paths[now]
            for key, now in keys.items()
            if now is not None and before[key].casefold() not in taken
        }

    def page(self, new: Facts, pages: Sequence[SitePage]) -> SitePage:
        """The page with all changes."""
        places = _places(new, pages)
        sections = [
            Section(title, items=tuple(_item(finding, places) for finding in grouped(findings)))
            for level, title in _TITLES
            if (findings := [x for x in self.review.findings if x.level == level])
        ]
        before, after = self.old_api.version, new.api.version
        versions = before and after and before != after
        since = f"from version {words(before or '')} to {words(after or '')}"
        text = f"What changed {since if versions else 'since the previous version'}."
        if not sections:
            text = "Nothing changed since the previous version."
        return SitePage(
            PATH, "What changed", text=text, label="What changed", sections=tuple(sections)
        )

    def entries(self) -> Iterator[Mapping[str, str]]:
        """The entries of the feed."""
        ranks = [level for level, _ in _TITLES]
        findings = sorted(self.review.findings, key=lambda finding: ranks.index(finding.level))
        for finding in findings[:MOST_FEED_ITEMS]:
            yield {
                "title": finding.message,
                "category": dict(_TITLES)[finding.level],
                "place": finding.location,
                "anchor": anchor(finding),
            }


def anchor(finding: Finding) -> str:
    """The anchor of a change; it does not depend on other changes."""
    identity = "\0".join((finding.rule, finding.location, finding.message))
    return f"change-{hashlib.sha256(identity.encode()).hexdigest()[:12]}"


def _item(group: Group, places: Mapping[str, SitePage]) -> Item:
    """The changes at one location: a sentence, or a list for several of one kind."""
    first = group.first
    page = _page(first, places)
    see = f" See [{words(page.title)}]({SCHEME}{page.path})." if page is not None else ""
    if not group.several:
        return Item(first.location, text=f"{_sentence(first)}{see}", wire=anchor(first))
    listed = "\n".join(f"- {_sentence(finding)}" for finding in group.findings)
    text = f"{len(group.findings)} changes of one kind.{see}\n\n{listed}"
    return Item(group.parent, text=text, wire=anchor(first))


def _sentence(finding: Finding) -> str:
    text = f"{words(finding.message).rstrip('.')}."
    sides = finding.sides
    if sides is not None and all(len(side) <= _LONGEST for side in sides):
        text += f" Before: {code(sides[0])}. Now: {code(sides[1])}."
    return text


def _places(new: Facts, pages: Sequence[SitePage]) -> dict[str, SitePage]:
    """The pages by the names in findings: an operation, a method, a class."""
    result: dict[str, SitePage] = {}
    for page in pages:
        if page.url:
            result[page.summary.removeprefix("client.")] = page
        elif page.group == "types":
            result[page.title] = page
    by_path = {page.path: page for page in pages}
    plan = Plan.of(new).paths
    for _, method in methods(new):
        if method.kind != "wait" and plan[method.key] in by_path:
            result[method.id] = by_path[plan[method.key]]
    return result


def _page(finding: Finding, places: Mapping[str, SitePage]) -> SitePage | None:
    """The page for a finding: the one for the longest prefix of its location."""
    for wanted in (finding.location, *finding.operations[:1]):
        text = wanted
        while text:
            if text in places:
                return places[text]
            cut = max(text.rfind(" "), text.rfind("."), text.rfind("("))
            text = text[: max(cut, 0)]
    return None
