# make book and make test: each first makes .venv from requirements.txt when it is missing.

PYTHON ?= python3
BIN := .venv/bin
VENV := .venv/complete
LAB_SETTINGS := .venv/etc/jupyter/labconfig/default_setting_overrides.json
CONFIG := _config.yml
BRANCH := launch
PAGES = $(shell grep -l '^kernelspec:' book/*.md)

# The kernel of this environment, whatever kernels the reader has installed elsewhere.
export JUPYTER_PREFER_ENV_PATH = 1

.PHONY: help book test test-web bench tables notebooks hepdata lab pdf launch readme lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

book: $(VENV)  ## the book in _build/html/index.html, the figures in _build/figures/
	rm -rf _build/html _build/.doctrees _build/.jupyter_cache _build/jupyter_execute
	$(BIN)/jupyter-book build . --config $(CONFIG) -W -n --keep-going

test: notebooks  ## unit tests, then every page of the book as a test
	$(BIN)/pytest -n auto --dist loadscope --nbval-lax tests zputils _build/nb

test-web: $(VENV)  ## the built book in Chromium, without a network; skipped where there is none
	$(BIN)/pytest -q -rs tests/web

bench: $(VENV)  ## speed, each against a plain implementation of the same equations; the pages, slowest first
	$(BIN)/pytest bench --benchmark-only --benchmark-sort=min --benchmark-columns=min,median,rounds
	$(BIN)/python bench/pages.py

tables: $(VENV)  ## the computed tables in data/, anew
	$(BIN)/python -m zputils.trident_tables
	$(BIN)/python -m zputils.cosmology

notebooks: $(VENV)  ## the pages as .ipynb in _build/nb/
	rm -rf _build/nb && mkdir -p _build/nb
	$(BIN)/jupytext --quiet --to '../_build/nb//ipynb' $(PAGES)

hepdata: $(VENV)  ## every figure's numbers as a HEPData submission in _build/hepdata/
	$(BIN)/python -m zputils.hepdata

lab: $(VENV)  ## the pages in JupyterLab, as notebooks; saving writes the page
	$(BIN)/jupytext-config --settings-file $(LAB_SETTINGS) set-default-viewer markdown
	$(BIN)/jupyter lab book

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

lock:  ## requirements*.txt from requirements*.in, for every supported Python
	$(PYTHON) -m venv --clear _build/lock
	_build/lock/bin/pip install --quiet uv
	for name in requirements requirements-tools; do \
		_build/lock/bin/uv pip compile --quiet --upgrade --universal --fork-strategy fewest --python-version 3.11 \
			--generate-hashes --no-emit-index-url --custom-compile-command "make lock" -o $$name.txt $$name.in || exit 1; \
	done

clean:  ## everything a build made, .venv included
	rm -rf _build .venv zputils.egg-info book/*.ipynb

$(VENV): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@
