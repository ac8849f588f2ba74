# make book and make test: each first makes .venv from requirements.txt when it is missing.

PYTHON ?= python3
BIN := .venv/bin
VENV := .venv/complete
# Vulnerabilities that `make check` accepts, each with its reason here.
ACCEPTED :=
LAB_SETTINGS := .venv/etc/jupyter/labconfig/default_setting_overrides.json
CONFIG := _config.yml
BRANCH := launch
# make book OFFLINE=1 builds with no network but loopback, through which kernels talk, where the system permits it.
NO_NETWORK := unshare --map-root-user --net sh -c 'ip link set lo up && exec "$$0" "$$@"'
PERMITTED = $(shell unshare --map-root-user --net ip link set lo up 2> /dev/null && echo yes)
ISOLATED = $(if $(OFFLINE),$(if $(PERMITTED),$(NO_NETWORK),echo "No network namespace is permitted: it stays." >&2;))
PAGES = $(shell grep -l '^kernelspec:' book/*.md)

# The kernel of this environment, whatever kernels the reader has installed elsewhere.
export JUPYTER_PREFER_ENV_PATH = 1

.PHONY: help book test test-oldest test-web faults check bench tables notebooks hepdata lab pages pdf launch readme lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

book: $(VENV)  ## the book in _build/html/index.html, the figures in _build/figures/
	rm -rf _build/html _build/.doctrees _build/.jupyter_cache _build/jupyter_execute
	$(ISOLATED) $(BIN)/jupyter-book build . --config $(CONFIG) -W -n --keep-going

test: notebooks  ## unit tests, then every page of the book as a test
	$(BIN)/pytest -n auto --dist loadscope --nbval-lax tests zputils _build/nb

test-web: $(VENV)  ## the built book in Chromium, without a network; skipped where there is none
	$(BIN)/pytest -q -rs tests/web

test-oldest: $(VENV) .venv-oldest/complete  ## unit tests and the figures' numbers with the oldest libraries supported
	.venv-oldest/bin/pip install --quiet --no-deps --no-build-isolation -e .
	.venv-oldest/bin/pytest -n auto --dist loadscope -rs --doctest-ignore-import-errors \
		--ignore=tests/test_docstrings.py tests zputils  # which imports everything, optional dependencies too
	$(BIN)/pytest tests/test_determinism.py

faults: $(VENV)  ## kill builds, table runs and scans at random points; fill the disk
	$(BIN)/python tests/faults.py

check: $(VENV) .venv-tools/complete  ## style, known vulnerabilities of every lock, the citation file
	$(BIN)/ruff check
	.venv-tools/bin/cffconvert --validate
	for lock in requirements*.txt; do \
		.venv-tools/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
			$(ACCEPTED:%=--ignore-vuln %) -r $$lock || exit 1; \
	done

bench: $(VENV)  ## speed, each against a plain implementation of the same equations; the pages, slowest first
	$(BIN)/pytest bench --benchmark-only --benchmark-sort=min --benchmark-columns=min,median,rounds
	$(BIN)/python bench/pages.py

tables: $(VENV)  ## the computed tables in data/, anew
	$(BIN)/python -m zputils.physics.trident_tables
	$(BIN)/python -m zputils.physics.cosmology

notebooks: $(VENV)  ## the pages as .ipynb in _build/nb/
	rm -rf _build/nb && mkdir -p _build/nb
	$(BIN)/jupytext --quiet --to '../_build/nb//ipynb' $(PAGES)

hepdata: $(VENV)  ## every figure's numbers as a HEPData submission in _build/hepdata/
	$(BIN)/python -m zputils.pages.hepdata

lab: $(VENV)  ## the pages in JupyterLab, as notebooks; saving writes the page
	$(BIN)/jupytext-config --settings-file $(LAB_SETTINGS) set-default-viewer markdown
	$(BIN)/jupyter lab book

pages: $(VENV)  ## the pages' text as JupyterLab saves it
	$(BIN)/python publish/pages.py

pdf: $(VENV)  ## the book as _build/book.pdf, printed by Chromium
	$(BIN)/python publish/pdf.py find
	$(MAKE) book
	$(BIN)/jupyter-book build . --builder custom --custom-builder singlehtml -W -n --keep-going
	$(BIN)/python publish/pdf.py

launch: $(VENV)  ## the book with Binder and Colab buttons: REPOSITORY=https://github.com/OWNER/NAME
	$(BIN)/python publish/launch.py "$(REPOSITORY)" "$(BRANCH)"
	$(MAKE) book CONFIG=_build/launch.yml

readme: $(VENV)  ## the picture and the badges of the README, anew
	$(BIN)/python publish/picture.py
	$(BIN)/python publish/badges.py

COMPILE := _build/lock/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"

lock:  ## requirements*.txt from requirements*.in, for every supported Python
	$(PYTHON) -m venv --clear _build/lock
	_build/lock/bin/pip install --quiet uv
	$(COMPILE) --upgrade -o requirements.txt requirements.in
	$(COMPILE) --upgrade -o requirements-tools.txt requirements-tools.in
	$(COMPILE) --upgrade --resolution lowest-direct -o requirements-oldest.txt requirements-oldest.in pyproject.toml

clean:  ## everything a build made, .venv included
	rm -rf _build .venv .venv-oldest .venv-tools zputils.egg-info book/*.ipynb

$(VENV): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.venv-%/complete: requirements-%.txt
	$(PYTHON) -m venv --clear .venv-$*
	.venv-$*/bin/pip install --quiet --require-hashes -r $<
	touch $@
