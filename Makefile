# For developers. Users install the wheel; the README says how.
# It needs make and Python 3.11 or newer with pip; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python

# The version of pip-tools that makes constraints.txt. It is not part of the environment that it describes.
PIP_TOOLS := 7.6.2
LOCK := .venv-constraints

# What is installed is decided by these files and by the place of the checkout. Their sum is the name of the stamp, so
# that a switch of branches or a moved folder installs again, and a mere change of dates does not.
KEY := $(shell { cat constraints.txt pyproject.toml; pwd; } | cksum | cut -d ' ' -f 1)
STAMP := $(VENV)/installed-$(KEY)

DEMO_CASE := cases/ukraine-2025.yaml
DEMO_OUT := out/ukraine-2025
MANUAL := src/foedus/library/manual

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format bench fuzz docs gallery look site constraints wheel clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1@\2/p' Makefile | awk -F@ '{ printf "%-20s %s\n", $$1, $$2 }'

install: $(STAMP)  ## make .venv and install the pinned packages and Foedus into it

demo: $(STAMP)  ## run the main job on the Ukraine case
	@rm -rf $(DEMO_OUT)
	@$(BIN)/foedus assess $(DEMO_CASE) -o $(DEMO_OUT); code=$$?; \
	case $$code in \
	  0) found="no defect found";; \
	  1) found="defects found (exit code 1), which is what this case shows";; \
	  *) echo "demo: failed, exit code $$code" >&2; exit $$code;; \
	esac; \
	page=$$(ls $(DEMO_OUT)/*.html 2>/dev/null) || { echo "demo: failed, no page in $(DEMO_OUT)" >&2; exit 3; }; \
	echo "demo: done, $$found; open" $$page

test: $(STAMP)  ## everything that must pass: style, types, layers, tests (all are run, also after a failure)
	@status=0; \
	$(BIN)/ruff check --quiet . || { echo "ruff: failed"; status=1; }; \
	$(BIN)/ruff format --quiet --diff . || { echo "format: failed; \`make format\` mends it"; status=1; }; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports || status=1; \
	$(BIN)/pytest -n auto || status=1; \
	exit $$status

lint: $(STAMP)  ## style, types and layers alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)  ## put the code into the house format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(STAMP)  ## timings beside the peers, to the screen and to out/bench.json
	$(PY) bench/run.py

fuzz: $(STAMP)  ## 100,000 broken, hostile and odd files, crashes kept as tests; and new examples for every property
	$(PY) tests/fuzz/run.py --inputs 100000
	$(BIN)/pytest -n auto --hypothesis-profile new $$(grep -rl --include='*.py' 'from hypothesis' tests | grep -v conftest)

docs: $(STAMP)  ## write docs/reference from the program
	$(PY) docs/build.py

gallery: $(STAMP)  ## make the finished briefs in docs/gallery again
	$(PY) docs/gallery.py

look: $(STAMP)  ## make briefs in every format and picture them page by page, into out/look
	$(PY) docs/look.py

site: docs  ## build the manual as a static site into the package, where `foedus docs` finds it
	rm -rf $(MANUAL)
	$(PY) -m sphinx --fail-on-warning --quiet -d out/doctrees docs $(MANUAL)
	rm -rf $(MANUAL)/.buildinfo $(MANUAL)/objects.inv

wheel: site  ## build the wheel, with the manual in it, and the source archive into dist
	rm -rf dist
	$(PY) -m hatchling build

# Resolved on the oldest Python we support; the hashes are those of every file of a release, so that the same list installs
# on Linux, macOS and Windows. Afterwards no line may name a host or a path of the machine that made it.
constraints:  ## renew constraints.txt from pyproject.toml (needs a network and Python 3.11)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "constraints: run it with Python 3.11, as in: make constraints PYTHON=python3.11" >&2; exit 1; }
	rm -rf $(LOCK)
	$(PYTHON) -m venv $(LOCK)
	$(LOCK)/bin/python -m pip install --quiet "pip-tools==$(PIP_TOOLS)"
	$(LOCK)/bin/python -c 'import tomllib; \
	  data = tomllib.load(open("pyproject.toml", "rb")); \
	  groups = data["dependency-groups"]; \
	  flat = lambda items: [one for item in items for one in (flat(groups[item["include-group"]]) if isinstance(item, dict) else [item])]; \
	  project = data["project"]; \
	  extras = sum(project["optional-dependencies"].values(), []); \
	  print(*sorted(set(project["dependencies"] + extras + flat(groups["dev"]))), sep="\n")' > $(LOCK)/all.in
	$(LOCK)/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
	  --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file $(LOCK)/all.txt $(LOCK)/all.in
	@if grep -nE '://|^ *-[^-]|^ *--[^h]|/' $(LOCK)/all.txt; then \
	  echo "constraints: the lines above name a host, a path or an option; constraints.txt is unchanged" >&2; exit 1; fi
	@{ echo "# Every package of the development environment, the core ones included: exact version, hashes of all its files."; \
	  echo "# Made by \`make constraints\` from pyproject.toml; do not edit. Installed by \`make install\`, or by"; \
	  echo "#     python -m pip install --require-hashes -r constraints.txt"; \
	  echo "#     python -m pip install --no-deps --no-build-isolation -e ."; \
	  cat $(LOCK)/all.txt; } > constraints.txt
	rm -rf $(LOCK)

clean:  ## remove everything that make has made
	rm -rf $(VENV) $(LOCK) $(MANUAL) .venv-bootstrap dist out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Three ways to an environment, because Debian ships Python without the part that puts pip into one (python3-venv):
# the plain one; one without pip, filled by the pip outside; virtualenv, in a folder of ours and not in the user's Python.
$(STAMP): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Foedus needs Python 3.11 or newer; \`$(PYTHON)\` is missing or older." >&2; \
	  echo "help: name another one, as in: make $(or $(MAKECMDGOALS),install) PYTHON=python3.12" >&2; exit 1; }
	@if ! $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  rm -rf $(VENV); \
	  if $(PYTHON) -m venv $(VENV) >/dev/null 2>&1; then :; \
	  elif rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) 2>/dev/null; then \
	    echo "install: this Python has no ensurepip; filling $(VENV) with the pip of $(PYTHON)"; \
	  else \
	    echo "install: this Python has no venv; fetching virtualenv into .venv-bootstrap (or install python3-venv)"; \
	    rm -rf $(VENV) .venv-bootstrap; \
	    $(PYTHON) -m pip install --quiet --target .venv-bootstrap virtualenv \
	      && PYTHONPATH=.venv-bootstrap $(PYTHON) -m virtualenv --quiet $(VENV) \
	      || { echo "install: cannot make $(VENV). help: install the package python3-venv, then run make again" >&2; exit 1; }; \
	  fi; \
	fi
	@if $(PY) -m pip --version >/dev/null 2>&1; then pip="$(PY) -m pip"; else pip="$(PYTHON) -m pip --python $(PY)"; fi; \
	set -e; \
	echo "install: the packages of constraints.txt (the first time takes a few minutes)"; \
	$$pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt; \
	$$pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/installed-*
	@touch $@
