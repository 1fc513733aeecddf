#!/bin/sh
# A constraints file with hashes changes what pip accepts as a requirement.
#
# Seen with pip 26.3 on CPython 3.11.
#
# Expected: `--constraint FILE` limits versions and adds no rule of its own; a name that the file pins
# to one version, with its hash, can be installed by that name.
# Seen: one hash in the constraints file turns on --require-hashes for the whole run. The name on the
# command line then fails, because it is not pinned itself, although the constraint pins it. The same
# lines without hashes install. So a lock with hashes cannot be used as constraints for `pip install .`.
#
# Output seen:
#   without hashes: installed
#   with hashes: In --require-hashes mode, all requirements must have their versions pinned with ==.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install --quiet 'pip==26.3'
"$python" -m pip download --quiet --no-deps --dest "$folder" 'iniconfig==2.3.0'
hash=$("$python" -m pip hash "$folder"/iniconfig-2.3.0-*.whl | sed -n 's/^--hash=//p')
echo "iniconfig==2.3.0" >"$folder/plain.txt"
echo "iniconfig==2.3.0 --hash=$hash" >"$folder/hashed.txt"
try() {
  if "$python" -m pip install --quiet --constraint "$folder/$1.txt" iniconfig 2>"$folder/errors"; then
    echo "installed"
  else
    grep --only-matching 'In --require-hashes mode, all requirements must have their versions pinned with ==.' "$folder/errors"
  fi
}
{
  echo "without hashes: $(try plain)"
  "$python" -m pip uninstall --quiet --yes iniconfig
  echo "with hashes: $(try hashed)"
} >"$folder/seen"
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
without hashes: installed
with hashes: In --require-hashes mode, all requirements must have their versions pinned with ==.
EXPECTED
