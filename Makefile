# Two commands do everything on a machine with Python 3.11 or later: `make site` and `make test`.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: site setup test test-edited serve golden lock clean

site: .venv/site.stamp
	$(BIN)/dalil build

# The command alone, for who calls it by itself.
setup: .venv/site.stamp

serve: .venv/site.stamp
	$(BIN)/dalil serve

test: .venv/test.stamp
	tests/ensure-programs
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --strict generator
	$(BIN)/lint-imports --no-logo
	$(BIN)/dalil check --strict || { [ -z "$$GITHUB_ACTIONS" ] || \
	  echo '::error title=data::The data is not ready: the comment says why. No test has run.'; exit 1; }
	$(BIN)/pytest

# Runs the tests on a copy of the project in which the data was edited all over, as editors may: what
# fails there holds the data and not the program. Also programs that tests start take the copy's.
test-edited: .venv/test.stamp
	tests/ensure-programs
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	  $(BIN)/python -m tests.edit_everything "$$folder/dalil" && \
	  cd "$$folder/dalil" && export PYTHONPATH="$$folder/dalil" && \
	  $(abspath $(BIN))/python -m generator.cli check --strict && \
	  $(abspath $(BIN))/python -m pytest

# Renews the files that tests hold the output against: look at the difference before you commit it.
golden: .venv/test.stamp
	$(BIN)/pytest --renew-golden -k golden

# Renews the lock files after a change of versions in pyproject.toml.
lock: .venv/test.stamp
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra build pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra build --extra dev --constraint requirements.lock \
	  pyproject.toml --output-file requirements-dev.lock

clean:
	rm -rf .venv site .site.previous .site-*

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Dalil needs Python 3.11 or later: try make PYTHON=python3.12' >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/site.stamp: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/test.stamp: .venv/site.stamp requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
