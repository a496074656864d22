# The whole habit of the project in five words: run, test, check, bench, bundle.
# make test LONG=1 adds the long sweeps.
.PHONY: run test check bench bundle setup words
.DEFAULT_GOAL := run

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

run: setup
	$(BIN)/python packaging/run_demo.py

test: export SYSTEM_FOR = test
test: setup check
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python packaging/translations.py check

bench: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest benchmarks -p no:randomly

bundle: setup
	@echo "The bundle is not built yet: it comes with the installers." && exit 1

setup: $(READY) words
	@sh packaging/system.sh $(SYSTEM_FOR)

words: $(READY)
	@$(BIN)/python packaging/translations.py compile

$(READY): requirements.lock pyproject.toml
	@PYTHON=$(PYTHON) sh packaging/system.sh venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
