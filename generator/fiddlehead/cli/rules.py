"""The codes that fiddlehead can print, and their severities in the settings.

`fiddlehead lint --rules` and docs/rules.md list them: `python -m fiddlehead.cli.rules >
docs/rules.md` writes the page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..config import RuleSetting, Settings
from ..diagnostics import CODES, Diagnostics, SeverityRule, Span
from ..frontends import frontend_of
from ..frozen import dataclass
from ..source import Node, Sources
from ..source.json_pointer import unescape

CHECK_RULES = {
    "edited": "A generated file was edited by hand.",
    "outdated": "A run would change a generated file.",
    "missing": "A generated file is missing.",
    "stale": "A generated file is no longer generated.",
}
"""The codes of `fiddlehead check`."""


@dataclass(frozen=True)
class RuleEntry:
    """A code with its default severity, the command that prints it, and its meaning."""

    code: str
    severity: str
    command: str
    meaning: str
    fixed: bool = False
    """Whether settings cannot change the severity."""


def listed() -> Iterator[RuleEntry]:
    """Every code, those of descriptions first, each table sorted by code."""
    from ..review import RULES

    for code, lint in sorted(CODES.items()):
        severity = "error" if lint.required else "warning"
        yield RuleEntry(code, severity, "lint", lint.meaning, lint.required)
    for code, meaning in sorted(CHECK_RULES.items()):
        yield RuleEntry(code, "error", "check", meaning)
    for code, rule in sorted(RULES.items()):
        severity = "error" if rule.bump == "major" else "info" if rule.kind == "INFO" else "warning"
        yield RuleEntry(code, severity, "diff", rule.meaning)


def check_codes(settings: Settings, diagnostics: Diagnostics) -> None:
    """Report an error for each unknown code and each code that cannot be changed."""
    if not settings.rules:
        return
    import difflib

    known = {entry.code: entry for entry in listed()}
    for rule in settings.rules:
        rule_entry = known.get(rule.code)
        if rule_entry is None:
            near = difflib.get_close_matches(rule.code, sorted(known), n=1)
            diagnostics.error(
                "bad-config",
                f"unknown code '{rule.code}'",
                rule.span,
                hint=(
                    f"did you mean '{near[0]}'?" if near else "`fiddlehead lint --rules` lists them"
                ),
            )
        elif rule_entry.fixed and rule.severity != "error":
            diagnostics.error(
                "bad-config",
                f"'{rule.code}' is always an error",
                rule.span,
                hint="remove the line from [rules]",
            )


def everywhere(settings: Settings) -> tuple[SeverityRule, ...]:
    """The rules of the settings without a location."""
    return tuple(SeverityRule(x.code, x.severity) for x in settings.rules if x.at is None)


def resolve(
    settings: Settings, sources: Sources, diagnostics: Diagnostics, spec: Path | None = None
) -> tuple[SeverityRule, ...]:
    """The rules of the settings with the spans of their locations in a description.

    A pointer without a target is a warning.
    """
    result: list[SeverityRule] = []
    for rule in settings.rules:
        if rule.at is None:
            result.append(SeverityRule(rule.code, rule.severity))
            continue
        spans = _spans(rule, sources, spec or settings.spec)
        if spans is None:
            diagnostics.warning(
                "unused-setting",
                f"rules: the description has no '{rule.at}'",
                rule.span,
                hint="write a JSON Pointer such as #/paths/~1trees/get, with '~1' for '/'",
            )
        else:
            result.append(SeverityRule(rule.code, rule.severity, spans))
    return tuple(result)


def _spans(rule: RuleSetting, sources: Sources, spec: Path) -> tuple[Span, ...] | None:
    """The spans of the value that a pointer refers to, and of its key."""
    name, _, pointer = (rule.at or "").partition("#")
    path = frontend_of(spec).folder(spec) / name if name else spec
    node = sources.as_written(path) if path.is_file() else None
    key: Span | None = None
    for step in pointer.split("/")[1:]:
        if node is None:
            return None
        step = unescape(step)
        key = node.key_span(step) if node.mapping is not None else None
        node = _child(node, step)
    if node is None:
        return None
    return (node.span,) if key is None else (node.span, key)


def _child(node: Node, step: str) -> Node | None:
    if node.mapping is not None:
        return node.mapping.get(step)
    if node.list is not None and step.isdigit() and int(step) < len(node.list):
        return node.list[int(step)]
    return None


def text(entries: Iterable[RuleEntry]) -> str:
    """The text of `fiddlehead lint --rules`: a line for each code."""
    rows = list(entries)
    width = max(len(row.code) for row in rows)
    lines = [
        f"{row.code:{width}}  {row.severity + ('!' if row.fixed else ''):8}"
        f"  {row.command:5}  {row.meaning}"
        for row in rows
    ]
    return "\n".join([*lines, "", "! always an error; [rules] cannot change it", ""])


_TITLES = {
    "lint": ("Descriptions and settings", "Printed by every command that reads a description."),
    "check": ("Generated files", "Printed by `fiddlehead check`."),
    "diff": (
        "Changes",
        "Printed by `fiddlehead diff`. [review-rules.md](review-rules.md) has their classes and bumps.",
    ),
}

_HEAD = """\
# Rules

Every code that fiddlehead can print, with its default severity. This page is generated:
`python -m fiddlehead.cli.rules > docs/rules.md` writes it, and
`fiddlehead lint --rules` prints the same list.

The table `rules` of the settings changes the severity of a code, everywhere or at one location of the description:

```toml
[rules]
"bad-default" = "off"
"duplicate-argument" = "info"
"unknown-key" = "error"
"python-method-renamed" = "warning"
"bad-value" = {severity = "off", at = "#/paths/~1trees/get/parameters/0"}
```

- `error` stops a run with exit code 3, and makes `diff` and `check` exit 1.
- `warning` is printed and counted. With `--strict`, the remaining warnings are errors; it is applied
  after the rules.
- `info` is printed but not counted.
- `off` is not printed.

`at` is a JSON Pointer (RFC 6901) into the description. If there are several files, the file is before the `#`:
`jars.yml#/types/Jar`. The rule applies to everything below that location, and takes precedence over a rule without a
location. For several locations, use a list of tables. A code that is always an error cannot be changed, because the
description could not be read, or the output not written. An unknown code is an error in the settings.
"""


def page() -> str:
    """The text of docs/rules.md."""
    lines = [_HEAD]
    rows = list(listed())
    for command, (title, note) in _TITLES.items():
        lines += [f"## {title}", "", note, "", "| code | severity | meaning |", "|---|---|---|"]
        for row in rows:
            if row.command == command:
                severity = f"always {row.severity}" if row.fixed else row.severity
                lines.append(f"| `{row.code}` | {severity} | {row.meaning} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
