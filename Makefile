# Two commands matter: `make run` shows the product, `make test` proves it. The rest is for those who work on it.

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2])' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test bench lint format messages outdated clean

run: .venv/.run
	@exec $(BIN)/python -m config.run

test: .venv/.dev
	@exec $(BIN)/python -m tests.everything

bench: .venv/.dev
	@exec $(BIN)/python -m bench

lint: .venv/.dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: .venv/.dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

messages: .venv/.run
	$(BIN)/python manage.py messages

outdated: .venv/.dev
	$(BIN)/pip list --outdated

clean:
	rm -rf .venv var

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Cent Jours needs Python 3.11 or newer, and found none. Install it (Debian: apt-get install python3) or name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv >.venv.log 2>&1 || { rm -rf .venv .venv.log; echo "$(PYTHON) cannot make a virtual environment: its venv module is missing. Install it (Debian: apt-get install python3-venv), then run make again."; exit 1; }
	@rm -f .venv.log

# Stamps: a second start installs nothing. Each is as new as the requirements it has installed.
.venv/.run: requirements.txt | $(BIN)/pip
	@echo "Installing what requirements.txt names …"
	@$(BIN)/pip install -qq -r requirements.txt || { echo "The packages could not be installed: is the package index (PyPI) reachable?"; exit 1; }
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt | $(BIN)/pip
	@echo "Installing what requirements-dev.txt names …"
	@$(BIN)/pip install -qq -r requirements-dev.txt || { echo "The packages could not be installed: is the package index (PyPI) reachable?"; exit 1; }
	@touch .venv/.run $@
