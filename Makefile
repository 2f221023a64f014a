# The two commands of the project: `make run` and `make test`. Everything else is for its makers.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
DATA ?= data
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python

.PHONY: run test test-wide soak bench words lint fmt types lock clean

run: .stamps/run
	@$(BIN)/vouchsafe serve --data $(DATA) --port $(PORT) --story

test: .stamps/dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/run.sh quick

test-wide: .stamps/dev .stamps/providers
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/run.sh wide

soak: .stamps/dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/run.sh soak

bench: .stamps/dev
	@$(BIN)/python -m bench

# Sentences of the source into the catalogues, and the catalogues compiled (docs/translating.md).
words: .stamps/dev
	@$(BIN)/python -m catalogues

fmt: .stamps/dev
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: .stamps/uv
	@sh requirements/lock.sh

# Stamps follow the lock files, not the folder; `run` never removes what `test` brought.
.stamps/uv: requirements/uv.txt
	@mkdir -p .stamps
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.stamps/run: .stamps/uv requirements/run.txt pyproject.toml
	@if [ -f .stamps/dev ] && [ .stamps/dev -nt requirements/dev.txt ]; then :; else $(UV) requirements/run.txt; fi
	@$(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python -e .
	@touch $@

.stamps/dev: .stamps/uv requirements/dev.txt pyproject.toml
	@$(UV) requirements/dev.txt
	@$(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python -e .
	@touch $@

# What tests sign in at, beside the environment and not in it.
.stamps/providers: .stamps/uv requirements/providers.txt
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .stamps/provider
	@$(BIN)/uv pip sync --quiet --require-hashes --python .stamps/provider/bin/python requirements/providers.txt
	@touch $@

clean:
	rm -rf $(VENV) .stamps build dist
