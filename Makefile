# Requires Python 3.10 or newer, make and git. Everything else is installed into .venv/ on first use, and
# again when pyproject.toml or requirements.lock changes. To use another Python:
#   make test PYTHON=python3.13 VENV=.venv-3.13

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: .black .half-0 .half-1 .mypy .pyright help install generate docs check test test-latest test-oldest bench format demo conformance lock clean

# Tools that the tests start, such as pyright, search for the environment's Python on the path.
test conformance bench demo: export PATH := $(abspath $(BIN)):$(PATH)

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z -]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The tests start hundreds of processes: without compiled modules, each of them compiles all that it imports.
unexport PYTHONDONTWRITEBYTECODE

install: $(VENV)/.installed ## Set up .venv from requirements.lock

generate: $(VENV)/.installed ## Write generated/ from spec/
	@$(BIN)/fiddlehead generate

docs: $(VENV)/.installed ## Write the generated pages of docs/, and the docs site in build/site
	$(BIN)/python -m fiddlehead.openapi > docs/extensions.md
	$(BIN)/python -m fiddlehead.fern > docs/fern-keys.md
	$(BIN)/python -m fiddlehead.cli.rules > docs/rules.md
	$(BIN)/python -m fiddlehead.review > docs/review-rules.md
	$(BIN)/fiddlehead docs --output build/site

check: $(VENV)/.installed ## Check that generated/ is up to date with spec/
	@$(BIN)/fiddlehead check

test: $(VENV)/.installed ## Check style and types, and run every test
	$(BIN)/ruff check
	@$(MAKE) --no-print-directory --jobs 2 .pyright .mypy .black
	$(BIN)/pytest --numprocesses 2

.black .mypy .pyright: $(VENV)/.installed

.black:
	$(BIN)/black --check --quiet .

.mypy:
	$(BIN)/mypy

.pyright:
	$(BIN)/pyright --pythonpath $(BIN)/python

test-latest test-oldest: test-%: $(VENV)/.uv ## Run the tests on the newest or oldest versions that are allowed
	$(BIN)/python -m tests.support.versions $*

conformance: $(VENV)/.installed ## Test real descriptions, and call every method against Prism (needs Node.js)
	$(BIN)/pytest tests/conformance
	$(BIN)/pytest tests/prism

bench: $(VENV)/.installed generate ## Measure speed, compared with other tools
	$(BIN)/python -m bench $(PARTS)

demo: $(VENV)/.installed generate ## Run the README's example against a local server
	@$(BIN)/python -m tests.support.demo

format: $(VENV)/.installed ## Format the sources
	$(BIN)/ruff check --fix --quiet
	$(BIN)/black --quiet .
	$(BIN)/black --quiet --config /dev/null --target-version py310 templates/runtime templates/runtime_fern

clean: ## Remove .venv and everything that was built
	rm -rf $(VENV) .venv-versions .bench .conformance build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "$(PYTHON) is not Python 3.10 or newer; give one: make PYTHON=python3.13" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

# This file is newer than its prerequisites if the environment is up to date.
$(VENV)/.installed: pyproject.toml requirements.lock | $(BIN)/python
	@awk '/^[^ #]/ { count++ } { print > ("$(VENV)/half-" count % 2 ".txt") }' requirements.lock
	@$(MAKE) --no-print-directory --jobs 2 .half-0 .half-1
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# pip unpacks one package after the other: two of them take half as long. The lock has all dependencies.
.half-0 .half-1: .%:
	$(PIP) install --no-compile --no-deps --require-hashes --requirement $(VENV)/$*.txt

$(VENV)/.uv: $(VENV)/.installed
	$(PIP) install 'uv==0.13.9'
	@touch $@

lock: $(VENV)/.uv ## Rewrite requirements.lock with the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --universal --python-version 3.10 --extra dev --generate-hashes --upgrade \
	  --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml
