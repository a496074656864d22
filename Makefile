# The whole habit of the project in five words: run, test, check, bench, bundle.
# make test LONG=1 adds the long sweeps; make bundle TEST=1 tries the program in a clean Debian.
.PHONY: run test check bench bundle setup words
.DEFAULT_GOAL := run

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What is shipped is what this environment holds: the program's own libraries and the builder.
BUNDLE_VENV := build/bundle/venv
BUNDLE_BIN := $(BUNDLE_VENV)/bin
BUNDLE_READY := $(BUNDLE_VENV)/.ready

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
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest benchmarks -p no:randomly --timeout=3600

bundle: $(BUNDLE_READY)
	@sh packaging/system.sh bundle
	$(BUNDLE_BIN)/python packaging/bundle.py
	@sh packaging/system.sh windows || true # said by the next line
	PYTHONPATH=packaging:. $(BUNDLE_BIN)/python packaging/windows/windows_bundle.py
	$(if $(TEST),$(BUNDLE_BIN)/python packaging/cleanroom.py)
	$(if $(TEST),PYTHONPATH=packaging:. $(BUNDLE_BIN)/python packaging/windows/windows_trial.py)

setup: $(READY) words
	@sh packaging/system.sh $(SYSTEM_FOR)

words: $(READY)
	@$(BIN)/python packaging/translations.py compile

$(READY): requirements.lock pyproject.toml
	@PYTHON=$(PYTHON) sh packaging/system.sh venv
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python packaging/translations.py compile # a part of the package, so made before it
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(BUNDLE_READY): requirements-bundle.lock
	@PYTHON=$(PYTHON) sh packaging/system.sh venv
	$(PYTHON) -m venv --clear $(BUNDLE_VENV)
	$(BUNDLE_BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bundle.lock
	@touch $(BUNDLE_READY)
