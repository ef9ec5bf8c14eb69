# Needlepoint. `make help` lists what there is.

# The first Python that really runs: a version manager's shim may answer to the name and then refuse.
PYTHON3 := $(shell for p in python3 python3.12 python3.10 /usr/bin/python3 /usr/local/bin/python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && { echo "$$p"; break; }; done)
RUN := .venv/bin/python -m
SHARED_ROOMS := -p bot.clinical -p bot.knowledge -p bot.reading -p bot.rasa_host -p actions

.DEFAULT_GOAL := help
.PHONY: help run test setup check bench bench-reading eval train-flags soak screenshots lock test-full-rasa clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup  ## start everything in demo mode and print the addresses (PORT changes the port)
	@.venv/bin/needlepoint demo

test: check  ## check, then every test, on both Pythons
	@$(RUN) scripts.run_tests

setup:  ## build both environments from the locks and train the model, where something changed
	@test -n "$(PYTHON3)" || { echo "No Python 3.8 or newer answers to the name python3: please install one." >&2; exit 1; }
	@$(PYTHON3) -m scripts.setup

check: setup  ## lint, format, types, import rules and clinical data rules
	.venv/bin/ruff check --quiet
	.venv/bin/ruff format --check --quiet
	.venv/bin/mypy --no-error-summary
	.venv/bin/mypy --no-error-summary --python-version 3.10 $(SHARED_ROOMS)
	.venv/bin/lint-imports --no-logo
	@if test -e bot/knowledge/lint.py; then echo .venv/bin/needlepoint check-knowledge && .venv/bin/needlepoint check-knowledge; fi

bench: setup  ## measure speed and memory, beside a stock Rasa bot in the same run
	@$(RUN) scripts.bench
	@$(RUN) scripts.bench_reading

bench-reading: setup  ## measure the reader beside medspaCy in the same run, on one core
	@$(RUN) scripts.bench_reading

eval: setup  ## measure how well messages, red flags and intents are read, held-out authors among them
	@$(RUN) scripts.evidence
	@$(RUN) scripts.evaluate $(ARGS)

train-flags: setup  ## train the second net over red flags anew; then make eval measures it
	@.venv-rasa/bin/python -m scripts.train_flags

soak: setup  ## the long run: 100,000 conversations, 1,000 simulated patients, the inbox at 1,000,000, pages and reports at 100,000
	@failed=0; for part in soak soak_inbox soak_pages soak_reports; do $(RUN) scripts.$$part || failed=1; done; exit $$failed

screenshots: setup  ## take the pictures that the README, docs/desk.md and docs/widget.md show
	@$(RUN) scripts.screenshots

lock: setup  ## write the locks anew from requirements/*.in (ARGS=--upgrade takes newer versions)
	@$(PYTHON3) -m scripts.lock $(ARGS)

test-full-rasa: setup  ## prove that the model also trains with Rasa's own full set of packages
	@$(PYTHON3) -m scripts.full_rasa

clean:  ## remove environments, models and caches; conversations in var/ stay
	rm -rf .uv .venv .venv-rasa .venv-rasa-full .venv-bench .setup .rasa models
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
