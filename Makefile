# The commands of a checkout. `make help` lists them.
# Needs git, make and Python 3.11 or newer with venv; everything else comes by itself, locked (infra/prepare.py).

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$python"; break; }; done)
BIN := .venv/bin
PREPARE := $(PYTHON) infra/prepare.py
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet

.DEFAULT_GOAL := help
.PHONY: help run demo test nightly check bench wheel format lock icons python

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: python ## run Leeward on http://127.0.0.1:8000, with a database in ./data
	@$(PREPARE) run
	@exec $(BIN)/leeward serve --stop-with-parent

demo: python ## the same with four months of two people's check-ins, in ./data-demo
	@$(PREPARE) run
	@exec $(BIN)/leeward demo --stop-with-parent

test: python ## everything: style, types, layers, every test, in Chromium and Firefox too
	@$(PREPARE) test
	@$(BIN)/python infra/check.py --all

nightly: python ## the same with every browser test in both browsers and ten times the random histories: hours
	@$(PREPARE) test
	@$(BIN)/python infra/check.py --nightly

check: python ## the inner loop: the same without browsers and long tests, about two minutes
	@$(PREPARE) dev
	@$(BIN)/python infra/check.py

bench: python ## measure, and write the figures into tests/load/README.md
	@$(PREPARE) test
	@exec $(BIN)/python -m tests.load

wheel: python ## build dist/leeward-*.whl with the app inside
	@$(PREPARE) run
	@$(BIN)/hatchling build --target wheel --directory dist

format: python ## put Python, TypeScript and Svelte into shape
	@$(PREPARE) dev
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format --quiet
	@PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/eslint --fix . || true
	@PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/prettier --write --log-level warn .

lock: python ## lock the dependencies anew, with hashes and without addresses (UPGRADE=--upgrade for newer ones)
	@$(PREPARE) dev
	$(LOCK) $(UPGRADE) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(LOCK) $(UPGRADE) pyproject.toml -o requirements/run.txt
	$(LOCK) $(UPGRADE) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) pyproject.toml --group build -c requirements/dev.txt -o requirements/build.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --ignore-scripts

icons: python ## draw the icons of the home screen anew
	@$(PREPARE) test
	@$(BIN)/python infra/draw_icons.py

python:
	@test -n "$(PYTHON)" || { echo "Leeward needs Python 3.11 or newer, and here is none (Debian: apt install python3 python3-venv)."; exit 1; }
