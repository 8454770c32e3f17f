# `make run` and `make test` are all one needs; `make help` lists the rest.
# On Windows without make: `py scripts\setup.py`, then `.venv\Scripts\annotator --sample`.

PYTHON ?= $(shell for python in python3 python python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
HEADLESS :=
else
BIN := .venv/bin
# Only a Linux or BSD without X and Wayland has no screen to open a window on.
HEADLESS := $(if $(filter Darwin,$(shell uname -s)),,$(if $(DISPLAY)$(WAYLAND_DISPLAY),,yes))
endif

.DEFAULT_GOAL := help
.PHONY: help run test check bench lock wheel pictures clean python setup setup-test

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

run: setup ## Install what is missing and open the window on the sample project; without a screen, make its CSV and picture
ifeq ($(HEADLESS),yes)
	@echo "There is no screen here: working through the sample project without one."
	@QT_QPA_PLATFORM=offscreen $(BIN)/annotator demo --out demo
	@find demo \( -name '*.csv' -o -name '*.png' \) | sort | sed "s|^|Made: $(CURDIR)/|"
else
	@$(BIN)/annotator --sample
endif

test: setup-test check ## Install what is missing and run every check: ruff, mypy and the tests

check: export QT_QPA_PLATFORM = offscreen
check: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

bench: setup-test ## Measure speed and memory (10 minutes; `make bench N=1000` is quick) and write benchmarks.json
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks $(if $(N),-n $(N))

lock: setup-test ## Make requirements/*.txt anew with the newest releases that fit
	scripts/lock.sh

wheel: setup-test ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

pictures: setup-test ## Make the pictures of the user guide anew from the real window
	$(BIN)/python scripts/make_pictures.py

clean: ## Remove everything that was made here, .venv too
	rm -rf .venv build dist demo htmlcov .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@test -n "$(PYTHON)" || { echo "Annotator needs Python 3.11 or newer: https://www.python.org/downloads/" >&2; exit 1; }

setup: python
	@$(PYTHON) scripts/setup.py

setup-test: python
	@$(PYTHON) scripts/setup.py --test
