# make book and make test: each first makes .venv from requirements.txt when there is none that is whole and of this place.

BIN := .venv/bin
# Vulnerabilities that `make check` accepts, each with its reason here.
ACCEPTED :=
LAB_SETTINGS := .venv/etc/jupyter/labconfig/default_setting_overrides.json
CONFIG := _config.yml
BRANCH := launch
# make book and make test with OFFLINE=1: no network but loopback, through which kernels talk, where the system permits it.
NO_NETWORK := unshare --map-root-user --net sh -c 'ip link set lo up && exec "$$0" "$$@"'
PERMITTED = $(shell unshare --map-root-user --net ip link set lo up 2> /dev/null && echo yes)
ISOLATED = $(if $(OFFLINE),$(if $(PERMITTED),$(NO_NETWORK),echo "No network namespace is permitted: it stays." >&2;))
# Types that the live page's modules state in their comments.
TSC := npm exec --yes --package=typescript@5.9.3 -- tsc --noEmit --allowJs --checkJs --target es2022 --module es2022 \
	--moduleResolution bundler --lib es2023,dom,dom.iterable
MODULES := $(wildcard _ext/live*.js)
TIMED := tests/web/test_live_page.py::test_how_long_all_bounds_take_is_reported
PAGES = $(shell grep -l '^kernelspec:' book/*.md)
SLOW_PAGES = $(shell sed -n 's/.*slow_pages: \[\(.*\)\].*/\1/p' _config.yml | tr -d ,)
NOTEBOOKS = $(patsubst book/%,_build/nb/%.ipynb,$(SLOW_PAGES) $(filter-out $(SLOW_PAGES),$(PAGES:.md=)))  # in that order
WARM := $(BIN)/python _ext/kernels.py  # what runs behind it has kernels that start at once

# Each process has one processor: matrices are small, and a sum has one order on every machine.
export OPENBLAS_NUM_THREADS = 1
# The user's settings do not reach what is computed: packages and kernels from elsewhere, styles, start-up files.
unexport $(filter PYTHON% JUPYTER% IPYTHON% MPL% MATPLOTLIB% DASK% ZARR%,$(.VARIABLES))
export JUPYTER_PREFER_ENV_PATH = 1
export JUPYTER_CONFIG_DIR := $(CURDIR)/_build/jupyter
export IPYTHONDIR := $(CURDIR)/_build/ipython
export MATPLOTLIBRC := $(CURDIR)/_ext/matplotlibrc
export MPLCONFIGDIR := $(CURDIR)/_build/matplotlib
export PYTHONNOUSERSITE = 1
export PYTHONUTF8 = 1
export HOME ?= $(CURDIR)/_build/home

.NOTPARALLEL:  # the targets share _build; each uses every processor by itself
.PHONY: help book test test-slow test-others test-oldest test-web test-wheel faults check types bench ten-million tables notebooks hepdata lab \
	mutants pages pdf launch readme lock clean environment

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

book: environment  ## the book in _build/html/index.html, the figures in _build/figures/
	$(ISOLATED) $(BIN)/python _ext/build.py --config $(CONFIG)

test: notebooks  ## every page of the book as a test, and the quick unit tests
	$(ISOLATED) $(WARM) $(BIN)/pytest -n auto --dist loadscope --no-loadscope-reorder -m "not slow" --nbval-lax $(NOTEBOOKS) \
		tests zputils

test-slow: environment  ## the other unit tests: long integrals, builds, installs, kills, scans, the live page in Node
	$(BIN)/pytest -n auto --dist loadscope -m slow tests

test-web: environment  ## the built book: its files, and in Chromium, without a network, where there is one
	$(BIN)/pytest -q -rs -n auto --dist worksteal --deselect $(TIMED) tests/web
	$(BIN)/pytest -q -rs $(TIMED)  # alone

test-wheel: environment  ## the wheel in a fresh environment, asked from another folder
	$(BIN)/python .ci/wheel.py

test-others: environment  ## unit tests on every other Python that is found
	.ci/others

test-oldest: environment environment-oldest  ## unit tests and the figures' numbers with the oldest libraries supported
	.venv-oldest/bin/pytest -o addopts=--doctest-modules -n auto --dist loadscope -rs --doctest-ignore-import-errors \
		--ignore=tests/test_docstrings.py tests zputils  # which imports everything, optional dependencies too
	$(BIN)/pytest tests/test_determinism.py

faults: environment  ## kill builds, installs, table runs and scans at random points; fill the disk; move the tree
	$(BIN)/python tests/faults.py

mutants: environment  ## change the live page's modules and numbers one by one: who survives its tests
	$(BIN)/python tests/mutants.py numbers
	$(BIN)/python tests/mutants.py modules

check: environment environment-tools types  ## style, types, known vulnerabilities of every lock, the citation file
	$(BIN)/ruff check
	.venv-tools/bin/cffconvert --validate
	.venv-tools/bin/python .ci/audit.py $(ACCEPTED) -- requirements*.txt

types: environment environment-tools  ## the types that the package states
	.venv-tools/bin/mypy --python-executable $(BIN)/python
	@if command -v npm > /dev/null; then $(TSC) $(MODULES); else echo "NOT CHECKED without npm: $(MODULES)" >&2; fi

bench: environment  ## speed, each against a plain implementation of the same equations, as one table
	$(BIN)/python -m bench

ten-million: environment  ## bench/ten_million.csv anew: the large scan of the book's page, which takes minutes
	$(BIN)/python -m bench.ten_million

tables: environment  ## the computed tables in data/ and zputils/measured.py, anew
	$(BIN)/python publish/constants.py
	$(BIN)/python -m zputils.physics.trident_tables
	$(BIN)/python -m zputils.physics.cosmology

notebooks: environment  ## the pages as .ipynb in _build/nb/
	rm -rf _build/nb && mkdir -p _build/nb
	$(BIN)/jupytext --quiet --to '../_build/nb//ipynb' $(PAGES)

hepdata: environment  ## every figure's numbers as a HEPData submission in _build/hepdata/
	$(BIN)/python -m zputils.pages.hepdata

lab: environment  ## the pages in JupyterLab, as notebooks; saving writes the page
	$(BIN)/jupytext-config --settings-file $(LAB_SETTINGS) set-default-viewer markdown
	env -u JUPYTER_CONFIG_DIR $(BIN)/jupyter lab book

pages: environment  ## the pages' text as JupyterLab saves it
	$(BIN)/python publish/pages.py

pdf: environment  ## the book as _build/book.pdf, printed by Chromium
	$(BIN)/python publish/pdf.py find
	$(MAKE) book
	$(BIN)/python _ext/build.py --builder custom --custom-builder singlehtml
	$(BIN)/python publish/pdf.py

launch: environment  ## the book with Binder and Colab buttons: REPOSITORY=https://github.com/OWNER/NAME
	$(BIN)/python publish/launch.py "$(REPOSITORY)" "$(BRANCH)"
	$(MAKE) book CONFIG=_build/launch.yml

readme: environment  ## the picture and the badges of the README, anew
	$(BIN)/python publish/picture.py
	$(BIN)/python publish/badges.py

COMPILE := _build/uv/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" --override requirements-overrides.in

lock: environment  ## requirements*.txt from requirements*.in, for every supported Python
	for lock in requirements-uv requirements requirements-tools; do \
		$(COMPILE) --upgrade -o $$lock.txt $$lock.in || exit 1; done
	$(COMPILE) --upgrade --resolution lowest-direct -o requirements-oldest.txt requirements-oldest.in pyproject.toml

clean:  ## everything a build made, .venv included
	rm -rf _build .venv .venv-* zputils.egg-info book/*.ipynb

# PYTHON=python3.12 makes it with that one; without, the first that is recent enough.
environment:
	@.ci/environment .venv requirements.txt $(PYTHON)

environment-%:  # not phony: of those make would not look for a pattern
	@.ci/environment .venv-$* requirements-$*.txt $(PYTHON)
