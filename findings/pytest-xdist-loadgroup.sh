#!/bin/sh
# pytest-xdist: `--dist loadgroup` does not keep groups together with the newest pytest.
#
# Seen with pytest-xdist 3.8.0 and pytest 9.2.0 (and 9.1.0, where it works) on CPython 3.11.
#
# Expected: tests with the mark `xdist_group("one")` run on one worker, or xdist says that it cannot
# do so. Its requirement, `pytest>=7.0.0`, has no upper bound.
# Seen: the tests are spread over all workers without a message, so that fixtures of a module or
# session are made in each of them. A suite only becomes slower.
#
# Output seen:
#   pytest 9.1.0: 20 tests on 1 worker(s)
#   pytest 9.2.0: 20 tests on 2 worker(s)
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
cat >test_group.py <<'PYTHON'
import time

import pytest


@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("number", range(20))
def test(number, worker_id):
    time.sleep(0.05)
    with open("workers", "a") as file:
        file.write(f"{worker_id}\n")
PYTHON
for version in 9.1.0 9.2.0; do
  venv/bin/python -m pip install --quiet pytest-xdist==3.8.0 "pytest==$version"
  : >workers
  venv/bin/python -m pytest -q -p no:cacheprovider -n 2 --dist loadgroup >log
  echo "pytest $version: $(wc -l <workers) tests on $(sort -u workers | wc -l) worker(s)" >>seen
done
cat seen
diff seen - <<'EXPECTED'
pytest 9.1.0: 20 tests on 1 worker(s)
pytest 9.2.0: 20 tests on 2 worker(s)
EXPECTED
