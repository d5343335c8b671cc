# Needs Python 3.11 or newer and make. Everything else is installed into .venv, pinned with hashes.

.DELETE_ON_ERROR:
.PHONY: demo test check prove mutants bench soak effort pictures run lock .venv

ROOMS := bot handlers assistant agendas storage sandbox
BIN := .venv/bin

# A lock names every package, so pip looks for none of its own accord: one published later cannot break the set-up.
QUIETLY := --quiet --disable-pip-version-check

# The first Python on the path that is new enough; or name one: make demo PYTHON=/path/to/python
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

# Tests start Python again and again, so what it compiled is kept, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

# One more than two cores, as some tests wait, and two more for proofs, which wait longer. More do not help: each starts
# a PostgreSQL of its own.
PYTEST := $(BIN)/pytest --numprocesses 3 --dist worksteal

# What is covered is worked out once, here, as that takes ten seconds: pytest-cov would do it twice more.
COVERED := import json, sys; totals = json.load(sys.stdin)["totals"]; \
	shares = {"lines": totals["percent_statements_covered"], "branches": totals["percent_branches_covered"]}; \
	lacking = [f"{share:.1f} % of the {each}" for each, share in shares.items() if share < 90]; \
	sys.exit("Only " + " and ".join(lacking) + " are tested; 90 % are needed. " \
	"Files that lack some: .venv/bin/coverage report --skip-covered" if lacking else 0)

demo: .venv/ready
	@$(BIN)/python -m bot demo $(if $(EMPTY),--empty)

run: .venv/ready
	@$(BIN)/python -m bot run

test: .venv/ready-to-test
	@$(PYTEST)

check: .venv/ready-to-test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(PYTEST)

# Before a release: the tests of which `make test` takes a sample, at full size, 10,000 generated payloads among them.
# Each run draws other examples; SEED= with the number that a run printed draws its examples again. Then every
# verb and all of storage on PostgreSQL, and most of the rest of `make test` once more, both with coverage, which makes
# them take twice as long: the folders left out run the lines of others again, so what they alone reach counts as not
# tested.
prove: .venv/ready-to-test
	@echo "SEED=$(SEED)"
	@$(PYTEST) --numprocesses 4 -m "proof or hypothesis" --hypothesis-profile=full --hypothesis-seed=$(SEED)
	@$(PYTEST) -m "not proof" --cov --cov-report= --database postgres $(ON_POSTGRES:%=tests/%)
	@$(PYTEST) -m "not proof" --cov --cov-append --cov-report= $(patsubst %,--ignore=tests/%,$(AGAIN) $(ON_POSTGRES))
	@$(BIN)/coverage json --quiet -o - | $(BIN)/python -c '$(COVERED)'

AGAIN := bench failures months naive sandbox/page/test_browser.py sandbox/page/test_drawing.py \
	stories/accounts stories/admin stories/answers stories/delivery stories/notices
ON_POSTGRES := storage agendas/verbs

SEED := $(or $(SEED),$(shell date +%s))

# A hundred small changes to the product, one at a time: how many do the tests notice? About forty minutes.
mutants: .venv/ready-to-test
	@$(BIN)/python -m tests.mutants

# What people feel, each figure beside its floor; four minutes, best on a machine with nothing else to do.
bench: .venv/ready-to-test
	@$(BIN)/python -m bench

# Ten minutes of a busy office, and whether the bot's memory grows.
soak: .venv/ready-to-test
	@$(BIN)/python -m bench soak

# The pictures of README and docs, from the demo: the same as before unless what they show has changed.
pictures: .venv/ready-to-test
	@$(BIN)/python -m tests.pictures

# What people have to read and to press, through the sandbox: printed, and kept in docs/effort.md.
effort: .venv/ready-to-test
	@$(BIN)/python -m bench.effort

.venv: .venv/ready-to-test
	@:

# What the bot itself needs, so that a first demo does not wait for the tools of the tests.
.venv/ready: requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then echo "No Python 3.11 or newer was found. Install one, or name it: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python"; exit 1; fi
	@echo "Setting up .venv, once; this takes up to a minute."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install $(QUIETLY) --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install $(QUIETLY) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip check --disable-pip-version-check >/dev/null || { $(BIN)/python -m pip check; exit 1; }
	@$(BIN)/python -m compileall -q $(ROOMS)
	@touch $@

.venv/ready-to-test: requirements-dev.lock .venv/ready
	@echo "Adding what the tests need to .venv, once."
	@$(BIN)/python -m pip install $(QUIETLY) --no-deps --require-hashes --requirement requirements-dev.lock
	@$(BIN)/python -m pip check --disable-pip-version-check >/dev/null || { $(BIN)/python -m pip check; exit 1; }
	@$(BIN)/pytest --collect-only --quiet >/dev/null || true  # compiles the tests, which each of their processes would
	@touch $@

# Brings both lock files to the newest releases that pyproject.toml allows. No index's address is written into them.
lock:
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install $(QUIETLY) uv
	@$(COMPILE) --group build --output-file requirements.lock >/dev/null
	@$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock >/dev/null

COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --upgrade --generate-hashes --no-emit-index-url --universal \
	--python-version 3.11 --custom-compile-command "make lock"
