# Needs Python 3.11 or newer, git and make; everything else goes into .venv from the locks.
#   make demo    the sample team in the browser; its store is ./demo-store
#   make test    all tests
#   make check   formatting, lint, types and the direction of imports
#   make front   the script of the pages, anew, with its types checked
#   make bench   what things cost, beside their baselines
#   make screenshots   pictures of all pages into docs/img (needs Chromium)
#   make docs    the documentation as pages in build/docs, with its links checked

PYTHON ?=
VENV   := .venv
BIN    := $(VENV)/bin
STORE  := demo-store
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq install --require-hashes
SELF   := $(BIN)/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --editable .

export PYTHONDONTWRITEBYTECODE :=
unexport PYTHONPATH PYTHONHOME PIP_REQUIRE_VIRTUALENV

.PHONY: demo test check front bench docs screenshots clean
.DEFAULT_GOAL := test

# The first Python that is new enough: PYTHON, python3, then the versioned names.
$(VENV)/.made:
	@found=; for p in $(if $(PYTHON),"$(PYTHON)",python3 python3.13 python3.12 python3.11 python); do \
	  if command -v "$$p" >/dev/null 2>&1 && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then found="$$p"; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "kb needs Python 3.11 or newer, and $(if $(PYTHON),$(PYTHON),python3) is not; name one with: make PYTHON=/path/to/python" >&2; exit 2; fi; \
	command -v git >/dev/null 2>&1 || { echo "kb needs git, and there is none on the PATH." >&2; exit 2; }; \
	echo "Creating $(VENV) with $$found (once)"; \
	"$$found" -m venv --clear $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements.lock requirements-build.lock pyproject.toml
	@echo "Installing what kb needs into $(VENV)"
	@$(PIP) -r requirements.lock -r requirements-build.lock
	@$(SELF)
	@$(BIN)/python -m compileall -q kb
	@touch $@

$(VENV)/.dev: $(VENV)/.made requirements-dev.lock pyproject.toml
	@echo "Installing what the tests need into $(VENV)"
	@$(PIP) -r requirements-dev.lock
	@$(BIN)/python hatch_build.py --dev
	@$(SELF)
	@$(BIN)/python -m compileall -q kb
	@touch $@ $(VENV)/.runtime

# An older demo store is replaced, unless somebody wrote in it. PORT=9000 takes another port.
demo: $(VENV)/.runtime
	@$(BIN)/python hatch_build.py
	@env -u KB_NOW -u KB_STORE -u KB_MEMBER $(BIN)/kb demo $(STORE) --serve $(if $(PORT),--port $(PORT))

test: $(VENV)/.dev
	@$(BIN)/python hatch_build.py --dev
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal $(ARGS)

check: $(VENV)/.dev
	@$(BIN)/python hatch_build.py --dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Packages from npm stay in build/front/node_modules; they are fetched again when their lock changes.
front: $(VENV)/.dev
	@$(BIN)/python hatch_build.py --dev

bench: $(VENV)/.dev
	@$(BIN)/python -m compileall -q kb
	@$(BIN)/python -m bench $(ARGS)

docs: $(VENV)/.dev
	@$(BIN)/python docs/build.py build/docs

screenshots: $(VENV)/.dev front
	@$(BIN)/python tests/web/pictures.py $(ARGS)

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
