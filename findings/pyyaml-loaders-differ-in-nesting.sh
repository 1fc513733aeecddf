#!/bin/sh
# PyYAML's two loaders do not accept the same documents.
#
# Seen with PyYAML 6.0.4, whose wheels have libyaml 0.2.6, on CPython 3.11.
#
# Expected: CSafeLoader and SafeLoader differ in speed alone.
# Seen: libyaml stops at 1,000 nested collections, SafeLoader has no such limit. A flow sequence in
# one line shows one thing more: libyaml's scanner looks ahead for a `:`, so it reports the limit
# before it gives out a single bracket. Who counts brackets in `yaml.scan` sees depth 0 and an error.
#
# Output seen:
#   SafeLoader on 1,001 levels: 1001 brackets
#   CSafeLoader on 1,000 levels: 1000 brackets
#   CSafeLoader on 1,001 levels: 0 brackets, then ScannerError: exceeded maximum nesting depth
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet 'pyyaml==6.0.4'
"$folder/venv/bin/python" - >"$folder/seen" <<'PYTHON'
import yaml

for loader, levels in ((yaml.SafeLoader, 1001), (yaml.CSafeLoader, 1000), (yaml.CSafeLoader, 1001)):
    opened, problem = 0, ""
    try:
        for token in yaml.scan("[" * levels + "]" * levels, Loader=loader):
            opened += isinstance(token, yaml.FlowSequenceStartToken)
    except yaml.MarkedYAMLError as error:
        problem = f", then {type(error).__name__}: {error.problem}"
    print(f"{loader.__name__} on {levels:,} levels: {opened} brackets{problem}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
SafeLoader on 1,001 levels: 1001 brackets
CSafeLoader on 1,000 levels: 1000 brackets
CSafeLoader on 1,001 levels: 0 brackets, then ScannerError: exceeded maximum nesting depth
EXPECTED
