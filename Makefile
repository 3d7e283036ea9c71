# Needs Python 3.11 or newer (with venv), git and make; everything else is set up in .venv.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; raise SystemExit(not (3,11) <= sys.version_info < (3,15))' 2>/dev/null \
	&& command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
RUNTIME_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
INPUTS := pyproject.toml constraints.txt

.PHONY: help run install test lint format bench eval lock vectors clean

help: ## What can be done here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: install ## Set everything up and open the application
	@$(BIN)/counterpart ui

install: $(RUNTIME_STAMP) ## Set up .venv with everything a command needs

test: $(DEV_STAMP) ## Run the tests
	$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(DEV_STAMP) ## Style, types and the arrows between folders
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV_STAMP) ## Lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_STAMP) ## Speed, as ratios against a baseline of the same run
	$(BIN)/python -m benchmarks.run

eval: $(DEV_STAMP) ## Quality of advice, on the cases held out from tuning
	$(BIN)/counterpart eval advice

vectors: $(DEV_STAMP) ## Embed the shipped playbook anew, after a card was changed
	$(BIN)/python -m knowledge.shipped

lock: $(DEV_STAMP) ## Choose exact versions anew, into constraints.txt
	{ echo '# Exact versions of everything that is installed; `make lock` writes this file anew.'; \
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --all-extras --no-header --no-annotate pyproject.toml; } > constraints.new
	mv constraints.new constraints.txt

clean: ## Remove what was installed and built here
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache *.egg-info

$(BIN)/uv:
	@test -n "$(PYTHON)" || { echo "Counterpart needs Python 3.11 to 3.14; none was found. Set PYTHON=/path/to/python3." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV) || { echo "This Python has no venv. On Debian or Ubuntu: apt install python3-venv." >&2; exit 2; }
	@# Without uv the same packages are installed by pip, more slowly.
	$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION) || touch $(BIN)/uv

$(RUNTIME_STAMP): $(INPUTS) | $(BIN)/uv
	@echo "Installing what Counterpart needs (about a minute the first time)"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q -c constraints.txt -e . || $(BIN)/python -m pip install -q -c constraints.txt -e .
	@touch $@

$(DEV_STAMP): $(INPUTS) | $(BIN)/uv
	@echo "Installing what the tests need"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q -c constraints.txt -e '.[dev]' || $(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch $@ $(RUNTIME_STAMP)
